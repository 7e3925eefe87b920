"""How quickly programs are told a page of opportunities, by the server that ``./setu up`` starts."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from django.db import connection
from django.utils import timezone

from portal.accounts.api_tokens import make_token
from portal.accounts.models import ApiToken, Membership
from tests.bench.api_load import Request, ask, load, served, times_of
from tests.bench.figures import Figure
from tests.bench.made_up_market import build_market
from tests.bench.page_figures import SEARCHES

OPPORTUNITIES = 100_000
PROGRAMS = 100  # each with a token of its own: one alone may not ask so often
TIMES = 40  # of each kind, one after the other, after a few that warm the server up
NAIVE_TIMES = 15
WARM_UP = 5
SECONDS = 8.0  # of each load
GOAL, GOAL_UNDER_LOAD = 60, 200  # milliseconds; requests a second
DEEP = 100  # pages of a hundred before the deep one
PEER = "ModelSerializer and ModelViewSet without a token, a pace, words understood or ETags"
_LIST = "/api/v1/opportunities"
_SPARSE = "id,title,submission_deadline"
# What programs ask that fetch all there is, and, with words, people's programs: in tenths
_LOADS = {
    "pages": {"first": 3, "deep": 4, "sparse": 1, "unchanged": 2},
    "mixed": {"first": 3, "deep": 2, "words": 2, "sparse": 1, "unchanged": 2},
}


def measure() -> Iterator[Figure]:
    """The 95th percentile of each kind alone, then how many a second there are of several kinds mixed."""
    with tempfile.TemporaryDirectory() as folder:
        build_market(opportunities=OPPORTUNITIES, profiles=PROGRAMS, folder=Path(folder), now=timezone.now())
    with connection.cursor() as cursor:  # as the database does by itself within minutes
        cursor.execute("VACUUM ANALYZE")
    with served(settings="portal.settings") as port:
        ours = _measured(port, _requests(port), times=TIMES)
    with served(settings="tests.bench.naive_settings") as port:
        naive = _measured(port, _naive_requests(), times=NAIVE_TIMES)
    for name, taken in ours.p95.items():
        yield Figure(f"api.{name}.p95", taken, "ms", GOAL, "less", PEER, naive.p95[name] / taken)
    for name, a_second in ours.a_second.items():
        ratio = a_second / naive.a_second[name]
        yield Figure(f"api.{name}", a_second, "answers/s", GOAL_UNDER_LOAD, "more", PEER, ratio)


@dataclass(frozen=True, slots=True)
class _Measured:
    p95: Mapping[str, float]  # milliseconds of each kind, one after the other
    a_second: Mapping[str, float]  # answers of each mixture, while the server has all that it can do


def _measured(port: int, requests: Mapping[str, Sequence[Request]], *, times: int) -> _Measured:
    p95 = {
        name: _p95(times_of(port, _so_many(kind, times + WARM_UP))[WARM_UP:])
        for name, kind in requests.items()
    }
    a_second = {
        name: len(load(port, _mixed(requests, shares), seconds=SECONDS)) / SECONDS
        for name, shares in _LOADS.items()
    }
    return _Measured(p95, a_second)


def _mixed(requests: Mapping[str, Sequence[Request]], shares: Mapping[str, int]) -> list[Request]:
    """Each program asks each kind as often as its share says, in a mixture that is the same each time."""
    mixed = [one for name, share in shares.items() for one in _so_many(requests[name], PROGRAMS * share)]
    random.Random(10).shuffle(mixed)  # noqa: S311  repeatable, not secret
    return mixed


def _requests(port: int) -> dict[str, list[Request]]:
    """The kinds, each asked by every program in turn."""
    programs = [{"Authorization": f"Bearer {secret}", "Accept-Language": "en"} for secret in _tokens()]
    deep = _deep_address(port, programs)
    return {
        "first": [Request(_LIST, told) for told in programs],
        "deep": [Request(deep, told) for told in programs],
        "words": [
            Request(f"{_LIST}?{SEARCHES[number % len(SEARCHES)]}", told)
            for number, told in enumerate(programs)
        ],
        "sparse": [Request(f"{_LIST}?fields={_SPARSE}", told) for told in programs],
        "unchanged": [
            Request(_LIST, told | {"If-None-Match": ask(port, Request(_LIST, told)).etag}, expected=304)
            for told in programs
        ],
    }


def _naive_requests() -> dict[str, list[Request]]:
    """The same as far as it can be told: all fields, and what hasn't changed in full."""
    first = Request("/opportunities/")
    return {
        "first": [first],
        "deep": [Request(f"/opportunities/?page={DEEP * 2 + 1}")],
        "words": [Request(f"/opportunities/?{search}") for search in SEARCHES],
        "sparse": [first],
        "unchanged": [first],
    }


def _tokens() -> list[str]:
    """What opens the API to so many programs, of as many people as there are."""
    members = Membership.objects.filter(user__email__startswith="market-").select_related("user", "company")
    now = timezone.now()
    scopes, life = [ApiToken.Scope.READ], timedelta(days=1)
    return [
        make_token("Bench", scopes, user=member.user, company=member.company, life=life, now=now).secret
        for member in islice(cycle(members.order_by("pk")[:PROGRAMS]), PROGRAMS)
    ]


def _deep_address(port: int, programs: Sequence[Mapping[str, str]]) -> str:
    """A page of usual length far into the list, found as a program finds it: from page to page."""
    address = f"{_LIST}?limit=100"
    for _, told in zip(range(DEEP), cycle(programs), strict=False):
        following = json.loads(ask(port, Request(address, told)).body)["next"]
        if following is None:
            break
        address = following[following.index(_LIST) :]
    return address.replace("limit=100", "limit=50")


def _so_many(requests: Sequence[Request], count: int) -> list[Request]:
    return list(islice(cycle(requests), count))


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[max(0, int(len(taken) * 0.95) - 1)]
