"""From a recorded notice to committed matches with their reasons, and the index that follows PostgreSQL.

All of it by the product's own services, on made-up rows. Time is what passes on the clock of a warm worker.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.test.utils import override_settings

from matching.dense.centring_phrases import PHRASES
from matching.index.shares import sweep_in_shares
from matching.models import Match, ScoredRevision
from matching.services import refresh_index, refresh_term_statistics, score_opportunity
from matching.services.check_matches import renew_reaches
from matching.services.encoder import current_encoder
from matching.services.match_index import BEST, index_folder, index_label
from opportunities.models import Opportunity
from tests.bench.figures import Figure
from tests.bench.match_world import (
    NOON,
    PUBLISHER,
    keep_made_up_vectors,
    make_opportunities,
    make_profiles,
    revise,
)

PROFILES = 10_000
OPPORTUNITIES = 5_000
NOTICES = 40
CHANGES = 1_000
MINUTE = timedelta(minutes=1)
# What a worker does once: it reads profiles and loads what is compiled.
WARMING = 5


def committed_figures() -> Iterator[Figure]:
    make_profiles(PROFILES)
    make_opportunities(OPPORTUNITIES)
    encoder = current_encoder()
    if encoder is not None:
        keep_made_up_vectors(encoder)
    refresh_term_statistics(now=NOON)
    with index_of_its_own():
        began = time.perf_counter()
        refresh_index(now=NOON)
        yield Figure("match.index.build", time.perf_counter() - began, "s", None, "less")
        began = _change()
        refresh_index(now=NOON + MINUTE)
        yield Figure("match.index.follow", time.perf_counter() - began, "s", 60, "less")
        best = sweep_in_shares(index_folder(), label=index_label(), count=BEST, now=int(NOON.timestamp()))
        if best is None:
            raise FileNotFoundError(index_folder())
        renew_reaches(best)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield from _scored()


def _scored() -> Iterator[Figure]:
    seconds = []
    for number in range(WARMING + NOTICES):
        opportunity = _record(number)
        began = time.perf_counter()
        score_opportunity(opportunity.pk, now=NOON)
        seconds.append(time.perf_counter() - began)
    if ScoredRevision.objects.count() < len(seconds):
        raise RuntimeError("some opportunities were not scored")
    matches = Match.objects.filter(opportunity__process_id__startswith="new-").count() / len(seconds)
    times = sorted(seconds[WARMING:])
    yield Figure("match.committed.median", times[len(times) // 2] * 1_000, "ms", 500, "less")
    yield Figure("match.committed.p95", times[len(times) * 95 // 100] * 1_000, "ms", None, "less")
    yield Figure("match.committed.matches", matches, "rows", None, "more")


def _change() -> float:
    """Let some opportunities say something else; the moment at which they do."""
    changed = list(Opportunity.objects.order_by("pk")[:CHANGES])
    for opportunity in changed:
        opportunity.title += ", phase two"
    Opportunity.objects.bulk_update(changed, ["title"], batch_size=500)
    revise(changed)
    return time.perf_counter()


def _record(number: int) -> Opportunity:
    phrases = PHRASES["en"]
    one, other = phrases[number * 11 % len(phrases)], phrases[number * 17 % len(phrases)]
    title = f"{one}, and {other.lower()}, lot {number}"
    opportunity = Opportunity.objects.create(
        publisher=PUBLISHER, process_id=f"new-{number}", disclosed_from=NOON, recorded_at=NOON, title=title,
        stage="tender", state="MH", submission_deadline=NOON + timedelta(days=30),
    )  # fmt: skip
    revise([opportunity])
    return opportunity


@contextmanager
def index_of_its_own() -> Iterator[None]:
    current_encoder()  # from the folder that everybody shares
    with TemporaryDirectory(prefix="setu-bench-") as folder, override_settings(DATA_DIR=Path(folder)):
        yield
