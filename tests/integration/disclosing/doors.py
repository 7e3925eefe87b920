"""Every way out that a member has, asked as a member would, for two worlds to be compared by their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.access.rows import rows_written
from tests.access.small_world import NOTHING, SmallWorld, value_of
from tests.integration.delivery.world import owe_and_send

# Pages that tell of nothing but people, addresses and words for things. Any other route that answers a
# member is a door by itself, without being named here.
TELLS_NO_OPPORTUNITY = re.compile(
    r"/(about|accessibility|privacy|account/$|account/data/(delete|delete-company|$)|accounts|colleagues|healthz"
    r"|invitations|language|register|webhooks)"
)
# The same pages, asked what only some questions bring to light.
ASKED = (
    "/matches/?q=sensors",
    "/matches/?q=Zyxtown",
    "/explore/?q=Zyxtown",
    "/explore/?q=Zyxtwon",
    "/explore/?q=tunnel+ventilation&closed=1",
    "/explore/?stage=tender&state=MH",
    "/explore/?view=table&order=newest",
    "/explore/?view=map",
    "/explore/export.csv?stage=tender",
    "/searches/new/?stage=tender",
    "/searches/new/?q=Zyxtown",
    "/calendar/?score=0&view=agenda",
    "/early/?stage=dpr",
    "/early/?stage=identified&state=MH",
    "/matches/?download=json",
    "/followed/?download=json",
    "/explore/?download=json",
    "/calendar/?score=0&download=json",
    "/early/?download=json",
    "/buyers/?download=json",
    "/cities/?download=json",
    "/ledger/?download=json",
    "/api/v1/opportunities?q=Zyxtown",
    "/api/v1/opportunities?q=Zyxtwon+sensors&closed=yes",
    "/api/v1/opportunities?sort=newest&limit=3",
    "/api/v1/opportunities/facets?state=MH&state=KL&closed=yes",
    "/api/v1/projects?stage=dpr&state=MH",
    "/api/v1/buyers?q=Zyxtown",
    "/api/v1/matches?q=Zyxtown",
    "/api/v1/matches?sort=newest&limit=3",
    "/api/v1/matches?sort=value&mark=new&stage=early&stage=tender",
)
# What stands for nothing but the moment or the visit
_FLEETING = (
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b""),
    (re.compile(rb'"X-CSRFToken": ?"[^"]*"'), b""),
    (re.compile(rb"\\?&quot;X-CSRFToken\\?&quot;:[^}]*"), b""),
    (re.compile(rb"just now|\d+ (?:min|h) ago"), b""),
    (re.compile(rb'"made_at": "[^"]*"'), b""),
    (re.compile(rb"DTSTAMP:[0-9TZ]*"), b""),
    (re.compile(rb"<updated>[^<]*</updated>"), b""),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, without what stands for the moment."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def doors_of(world: SmallWorld) -> Iterator[str]:
    """The address of every page that answers an owner, and of some questions to them."""
    for row in rows_written():
        if (
            row.method == "GET"
            and row.answer_to("owner") == "200"
            and not TELLS_NO_OPPORTUNITY.match(row.route)
        ):
            yield row.path([(name, value_of(name, row.route, world.values)) for name in row.parameters])
    yield from ASKED


def all_answers(client: Client, doors: list[str]) -> dict[str, Answer]:
    """What each door answers, and each mail that would be sent now."""
    told = {door: _answer(client.get(door)) for door in doors}
    told["why not"] = _answer(client.post("/matches/why-not/", {"text": "Tunnel ventilation and sensors"}))
    return told | _mail()


def _mail() -> dict[str, Answer]:
    mail.outbox.clear()
    now = timezone.now()
    owe_and_send(now.date(), now=now)
    sent = sorted(mail.outbox, key=lambda message: (message.to, message.subject))
    return {
        f"mail {number} to {message.to}": Answer(
            200, (), _without_tokens(f"{message.subject}\n{message.body}")
        )
        for number, message in enumerate(sent)
    }


def _without_tokens(text: str) -> bytes:
    return re.sub(r"/mail/(\w+)/\S+", r"/mail/\1/", text).encode()


def _answer(response: Any) -> Answer:
    told = ("ETag", "Last-Modified", "Location", "Content-Disposition", "Content-Type")
    body = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type", "").endswith("spreadsheetml.sheet"):
        body = str(CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()).encode()
    for fleeting, instead in _FLEETING:
        body = fleeting.sub(instead, body)
    return Answer(
        response.status_code,
        tuple((name, response.headers[name]) for name in told if name in response.headers),
        body,
    )


def answers_about(
    client: Client, world: SmallWorld, hidden: dict[str, int]
) -> Iterator[tuple[str, Answer, Answer]]:
    """Each route that names an opportunity or a project, asked about a hidden one and about none at all.

    Yields the route with both answers, in which the number isn't told apart.
    """
    for row in rows_written():
        asked = [name for name in row.parameters if name in hidden]
        if not asked or row.route.startswith("/office/") or row.answer_to("owner") in ("405", "403"):
            continue
        values = {name: value_of(name, row.route, world.values) for name in row.parameters}
        pair = []
        for number in (str(hidden[asked[0]]), NOTHING):
            address = row.path((values | {asked[0]: number}).items())
            ask = client.get if row.method == "GET" else client.post
            found = _answer(ask(address))
            same = tuple((name, re.sub(rf"/{number}\b", "/#", value)) for name, value in found.headers)
            pair.append(Answer(found.status, same, re.sub(rf"/{number}\b".encode(), b"/#", found.body)))
        yield f"{row.method} {row.route}", pair[0], pair[1]
