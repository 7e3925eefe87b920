"""R18: from a notice reaching us to its being there to be seen, 95 of 100 within two minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ingest.selectors import freshness
from portal.accounts.models import User
from tests.factories.ingest import ExtractionFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def notices(count: int, *, waiting: timedelta, now: datetime) -> None:
    for _ in range(count):
        extraction = ExtractionFactory.create(document__fetched_at=now - timedelta(hours=1))
        extraction.notice.recorded_at = extraction.document.fetched_at + waiting
        extraction.notice.save(update_fields=["recorded_at"])


@pytest.mark.parametrize(("slow", "is_kept"), [(0, True), (1, True), (3, False)])
def test_r18_a_few_slow_notices_don_t_break_the_promise_and_many_do(
    slow: int, *, is_kept: bool, noon: datetime
) -> None:
    notices(20, waiting=timedelta(seconds=6), now=noon)
    notices(slow, waiting=timedelta(minutes=30), now=noon)

    found = freshness(at=noon)

    assert found is not None
    assert (found.notices, found.is_kept) == (20 + slow, is_kept)


def test_r18_without_notices_there_is_nothing_to_promise(noon: datetime) -> None:
    notices(1, waiting=timedelta(0), now=noon - timedelta(days=8))

    assert freshness(at=noon) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (6, "recorded within 6 seconds"),
        (600, "recorded within 10 minutes: slower than the two minutes we promise"),
    ],
)
def test_r18_the_office_reads_how_fresh_it_all_is(seconds: int, words: str, olga: User, as_: SignIn) -> None:
    notices(3, waiting=timedelta(seconds=seconds), now=timezone.now())

    page = " ".join(as_(olga).get("/office/sources/").content.decode().split())

    assert words in page
