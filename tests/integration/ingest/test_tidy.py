"""What is kept for a while goes when that is over; what a fact stands on never does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest.models import Poll, RawDocument, Replay
from ingest.services import tidy_history
from ingest.services.tidy import BESIDE_KEPT, POLLS_KEPT, Tidied
from opportunities.models import Notice
from tests.factories.ingest import ExtractionFactory, PollFactory, RawDocumentFactory

pytestmark = pytest.mark.django_db
NOTHING = Tidied(polls=0, headers=0, comparisons=0, canaries=0)
HEADERS = [["Server", "Apache"], ["ETag", '"7"'], ["last-modified", "Sun, 22 Nov 2026"], ["Date", "today"]]


def test_polls_go_after_three_months(noon: datetime) -> None:
    for days in (1, POLLS_KEPT.days - 1, POLLS_KEPT.days + 1, 500):
        PollFactory.create(polled_at=noon - timedelta(days=days))
    waiting = PollFactory.create(polled_at=noon - timedelta(days=500), counted_at=None)

    assert tidy_history(now=noon).polls == 2
    assert Poll.objects.filter(pk=waiting.pk).exists(), "what waits to be counted is no history yet"
    assert tidy_history(now=noon) == NOTHING


def test_after_a_year_a_document_keeps_its_bytes_and_what_its_server_is_asked_with(noon: datetime) -> None:
    old = RawDocumentFactory.create(headers=HEADERS, fetched_at=noon - BESIDE_KEPT - timedelta(days=1))
    young = RawDocumentFactory.create(headers=HEADERS, fetched_at=noon - BESIDE_KEPT + timedelta(days=1))
    body = bytes(old.body)

    assert tidy_history(now=noon).headers == 1
    assert tidy_history(now=noon) == NOTHING

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.headers, bytes(old.body)) == (HEADERS[1:3], body)
    assert young.headers == HEADERS


def test_a_comparison_keeps_who_decided_and_loses_its_examples(noon: datetime) -> None:
    def replay(decided_at: datetime | None) -> Replay:
        return Replay.objects.create(
            requested_at=noon, compared_at=noon, decided_at=decided_at, fields=[["title", 1, []]]
        )

    old, undecided = replay(noon - BESIDE_KEPT - timedelta(days=1)), replay(None)

    assert tidy_history(now=noon).comparisons == 1
    assert tidy_history(now=noon) == NOTHING
    assert Replay.objects.get(pk=old.pk).fields == []
    assert Replay.objects.get(pk=undecided.pk).fields != []


def test_no_document_and_no_notice_ever_goes(noon: datetime) -> None:
    ExtractionFactory.create()
    RawDocumentFactory.create(rejected_because="not a page we know")
    RawDocument.objects.update(fetched_at=noon - timedelta(days=9_000), seen_at=noon - timedelta(days=9_000))

    tidy_history(now=noon)

    assert (RawDocument.objects.count(), Notice.objects.count()) == (2, 1)
