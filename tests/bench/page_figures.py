"""How quickly pages are drawn for members where there are 100,000 opportunities and 1,000 profiles."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from matching.models import Match
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.places import STATES
from portal.accounts.models import User
from tests.bench.figures import Figure
from tests.bench.made_up_market import build_market

OPPORTUNITIES, PROFILES = 100_000, 1_000
PLAIN_STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
VISITS = 60  # of as many different people, after a few that warm the process up
WARM_UP = 5
NAIVE_VISITS = 25  # they take long
NAIVE = "the same lines, sorted and narrowed in Python and each asking the database for its own"
# What people type, and two facets with it
SEARCHES = (
    "q=street+lights&state=MH&within=90",
    "q=gatubelysning&stage=tender&state=HP",
    "q=SCADA+water&stage=tender&within=30",
    "q=trafficc+signals&stage=tender&state=GJ",
    "q=avloppsrening&state=AS&within=90",
)
NAIVE_SEARCH = "icontains on title and scope, and a count for each state and stage, in English as it is typed"


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        build_market(opportunities=OPPORTUNITIES, profiles=PROFILES, folder=Path(folder), now=timezone.now())
    with connection.cursor() as cursor:  # as the database does by itself within minutes
        cursor.execute("VACUUM ANALYZE")
    people = list(User.objects.filter(email__startswith="market-").order_by("pk")[: VISITS + WARM_UP])
    shown = [_best_match_of(person).opportunity_id for person in people]
    # No web server stands in front, and no style sheets have been gathered for one.
    plain = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN_STATIC_FILES}}
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False, STORAGES=plain):
        clients = [_signed_in(person) for person in people]
        matches = _p95(clients, lambda _: "/matches/")
        naive = _p95_of([partial(_naive_matches, person) for person in people[:NAIVE_VISITS]])
        yield Figure("pages.matches.p95", matches, "ms", 150, "less", NAIVE, naive / matches)
        explore = _p95(clients, lambda n: f"/explore/?{SEARCHES[n % len(SEARCHES)]}")
        naive = _p95_of([_naive_search] * NAIVE_VISITS)
        yield Figure("pages.explore.p95", explore, "ms", 300, "less", NAIVE_SEARCH, naive / explore)
        opportunity = _p95(clients, lambda n: f"/opportunities/{shown[n]}/")
        yield Figure("pages.opportunity.p95", opportunity, "ms", 150, "less")
        for name, address in (
            ("matches", "/matches/"),
            ("explore", f"/explore/?{SEARCHES[0]}"),
            ("opportunity", f"/opportunities/{shown[-1]}/"),
        ):
            yield Figure(f"pages.{name}.queries", _queries(clients[-1], address), "queries", 12, "less")


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _p95(clients: Sequence[Client], address_of: Callable[[int], str]) -> float:
    return _p95_of([partial(_get, client, address_of(n)) for n, client in enumerate(clients)])


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _p95_of(visits: Sequence[Callable[[], object]]) -> float:
    """Milliseconds that 95 in 100 of the visits stay below, the first few left out."""
    taken = sorted([_milliseconds(visit) for visit in visits][WARM_UP:])
    return taken[int(len(taken) * 0.95) - 1]


def _milliseconds(visit: Callable[[], object]) -> float:
    started = time.perf_counter()
    visit()
    return (time.perf_counter() - started) * 1000


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        _get(client, address)
    return len(asked)


def _best_match_of(person: User) -> Match:
    return Match.objects.filter(profile__company__memberships__user=person).order_by("-score", "pk")[0]


def _naive_matches(person: User) -> list[tuple[str, str, int]]:
    """The first page of Matches as it is written without thinking of queries; no template, no reasons."""
    now = timezone.now()
    (membership,) = person.memberships.all()
    matches = [match for profile in membership.company.profiles.all() for match in profile.matches.all()]
    is_open = [match for match in matches if match.opportunity.is_open_at(now)]
    best = sorted(is_open, key=lambda match: -match.score)[:20]
    return [
        (match.opportunity.title, match.opportunity.revisions.latest("number").notice.kind, match.score)
        for match in best
    ]


def _naive_search() -> list[int]:
    """What a first version of Explore would ask the database."""
    now = timezone.now()
    found = Opportunity.objects.filter(disclosed_from__lte=now, submission_deadline__gte=now).filter(
        Q(title__icontains="street lights") | Q(description__icontains="street lights")
    )
    counts = [found.filter(state=state.code).count() for state in STATES]
    counts += [found.filter(stage=stage).count() for stage in Stage]
    page = found.filter(state="MH").order_by("submission_deadline")[:20]
    return [*counts, *(opportunity.revisions.count() for opportunity in page)]
