"""A day's digests for ten thousand subscribers who have been told things before, and 500 new tenders."""

from __future__ import annotations

import time
from collections.abc import Iterator

from matching.models import DeliveredOpportunity, Delivery, Match, Subscription
from tests.bench.digest_worker import PERIOD
from tests.bench.digest_world import NOON, Size, make_world
from tests.bench.figures import Figure
from tests.bench.pair import work_in_pair

SIZE = Size(subscribers=10_000, one_in=10, old=1_500, new=500, matches_old=40, told_old=30, matches_new=10)
SUBSCRIBERS_OF_PEER = 200
NAIVE = "a query for each match, asking whether it was told"


def measure() -> Iterator[Figure]:
    make_world(SIZE)
    naive = _seconds_of_naive_deciding()
    deciding, deciding_grew, asked_deciding = _two_workers("decide")
    writing, writing_grew, asked_writing = _two_workers("write")
    sent = Delivery.objects.filter(run__period=PERIOD).exclude(sent_at=None).count()
    if sent < SIZE.subscribers // 2 or Delivery.objects.unsent().exists():
        raise RuntimeError(f"{sent} of {SIZE.subscribers} people were written to: that measures nothing")
    people = SIZE.subscribers
    yield Figure("digest.decided_and_written", deciding + writing, "s", 300, "less")
    yield Figure(
        "digest.decided", people / deciding, "people/s", None, "more", NAIVE, naive * people / deciding
    )
    yield Figure("digest.written", sent / writing, "mails/s", None, "more")
    yield Figure("digest.queries.deciding", asked_deciding / people, "a person", 5, "less")
    yield Figure("digest.queries.writing", asked_writing / sent, "a mail", 5, "less")
    yield Figure("digest.queries", (asked_deciding + asked_writing) / people, "a person", 5, "less")
    yield Figure("digest.memory_growth", max(deciding_grew, writing_grew), "MB", 50, "less")


def _seconds_of_naive_deciding() -> float:
    """For one person."""
    profiles = Subscription.objects.wanted().exclude(profile=None).select_related("profile").order_by("pk")
    asked = list(profiles[:SUBSCRIBERS_OF_PEER])
    started = time.perf_counter()
    for subscription in asked:
        matches = Match.objects.filter(profile=subscription.profile).select_related("opportunity")
        for match in matches:
            if match.score >= subscription.least_score and match.opportunity.is_open_at(NOON):
                told = DeliveredOpportunity.objects.filter(opportunity=match.opportunity_id)
                told.filter(delivery__recipient=subscription.recipient_id).exists()
    return (time.perf_counter() - started) / len(asked)


def _two_workers(work: str) -> tuple[float, float, float]:
    """Seconds until the last one's end, by how much the one that grew most did, and their queries."""
    worked = work_in_pair("tests.bench.digest_worker", work)
    grew, queries = zip(*worked.said, strict=True)
    return worked.seconds, max(grew), sum(queries)
