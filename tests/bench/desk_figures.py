"""How quickly the office's inbox answers where there are 100,000 opportunities and much waits."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from ingest.models import QuarantinedPart, RawDocument
from opportunities.models import Opportunity
from portal.accounts.models import User
from portal.dashboards.models import CaseEntry
from tests.bench.figures import Figure
from tests.bench.made_up_market import build_market

OPPORTUNITIES, PROFILES = 100_000, 10  # members' profiles play no part in it
HIDDEN, PARTS = 400, 400  # that wait
TIMES = 20  # that each act is done
WARM_UP = 3
GOAL = 150  # milliseconds
PLAIN_STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"

Send = Callable[[int], None]  # does the same to the next of many things


def measure() -> Iterator[Figure]:
    """The median of each act: the whole answer, with the list and the next line, as htmx asks for it."""
    now = timezone.now()
    with tempfile.TemporaryDirectory() as folder:
        build_market(opportunities=OPPORTUNITIES, profiles=PROFILES, folder=Path(folder), now=now)
    hidden, parts = _let_wait(now)
    plain = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN_STATIC_FILES}}
    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        SECURE_SSL_REDIRECT=False,
        OFFICE_SECOND_FACTOR=False,
        STORAGES=plain,
    ):
        office = _Office(User.objects.filter(role=User.Role.OFFICE).earliest("pk"))
        taken: list[float] = []
        for name, send in _acts(office, hidden, parts).items():
            times = [_milliseconds(send, number) for number in range(TIMES + WARM_UP)][WARM_UP:]
            taken += times
            yield Figure(f"desk.{name}.median", median(times), "ms", GOAL, "less")
        yield Figure("desk.act.median", median(taken), "ms", GOAL, "less")


def _acts(office: _Office, hidden: Sequence[int], parts: Sequence[int]) -> dict[str, Send]:
    """Each upon its own part of what waits, the following one named as where to go on."""
    each = TIMES + WARM_UP
    later = f"{timezone.now() + timedelta(days=30):%Y-%m-%dT%H:%M}"

    def disclose(n: int) -> None:
        office.act(f"disclose/{hidden[n]}/", {"from_": later}, following=f"undisclosed-{hidden[n + 1]}")

    def set_aside(n: int) -> None:
        pk = hidden[each + n]
        office.act(
            f"undisclosed-{pk}/settle/",
            {"because": "Too vague"},
            following=f"undisclosed-{hidden[each + n + 1]}",
        )

    def settle(n: int) -> None:
        office.act(f"part-{parts[n]}/settle/", {"because": "A heading"}, following=f"part-{parts[n + 1]}")

    def write(n: int) -> None:
        office.act(f"part-{parts[each + n]}/remark/", {"remark": "Asked CII about it"})

    def take(n: int) -> None:
        office.act(f"part-{parts[2 * each + n]}/give/", {"me": "1"})

    def undo(n: int) -> None:
        settled = CaseEntry.objects.filter(case__kind="part", deed=CaseEntry.Deed.SETTLED)
        office.act(f"done/{settled.order_by('pk')[n].pk}/undo/", {})

    def open_line(n: int) -> None:
        office.open(f"undisclosed-{hidden[3 * each + n]}")

    return {
        "open": open_line,
        "disclose": disclose,
        "set_aside": set_aside,
        "settle": settle,
        "remark": write,
        "take": take,
        "undo": undo,
    }


class _Office:
    """A browser of the office that swaps parts of the page."""

    def __init__(self, person: User) -> None:
        self._client = Client()
        self._client.force_login(person)

    def open(self, key: str) -> None:
        self._checked(self._client.get(f"/office/inbox/?item={key}", headers=_swapping("desk")).status_code)

    def act(self, path: str, sent: dict[str, str], *, following: str = "") -> None:
        address = f"/office/inbox/{path}"
        answer = self._client.post(address, {**sent, "next": following}, headers=_swapping("inbox"))
        self._checked(answer.status_code)

    @staticmethod
    def _checked(status: int) -> None:
        if status != 200:
            raise RuntimeError(f"the inbox answered {status}")


def _swapping(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target}


def _let_wait(now: datetime) -> tuple[list[int], list[int]]:
    """Hide some of the opportunities, and quarantine parts of a document. Return their keys."""
    hidden = list(Opportunity.objects.order_by("-pk").values_list("pk", flat=True)[:HIDDEN])
    Opportunity.objects.filter(pk__in=hidden).update(disclosed_from=None)
    document = RawDocument.objects.earliest("pk")
    made = QuarantinedPart.objects.bulk_create(
        QuarantinedPart(
            document=document,
            place=f"row {number}",
            excerpt="Sr. No. | Work",
            reason="no title",
            quarantined_at=now,
        )
        for number in range(PARTS)
    )
    return hidden, [part.pk for part in made]


def _milliseconds(send: Send, number: int) -> float:
    started = time.perf_counter()
    send(number)
    return (time.perf_counter() - started) * 1000
