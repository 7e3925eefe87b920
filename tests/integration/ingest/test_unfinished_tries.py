"""A document whose reading ends the process is counted before it is read, and put aside after a few tries."""

from __future__ import annotations

from datetime import datetime

import pytest

from ingest.models import RawDocument, Source
from ingest.services import parse_document, receive_upload, retry_document
from ingest.services.tries import MOST_DEATHS, MOST_OUTAGES, WORKER
from tests.factories.ingest import SourceFactory
from tests.integration.ingest.test_documents import BRIDGE, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(db: None) -> Source:
    return SourceFactory.create(kind="upload", publisher="etenders.example.org")


def tried(document: RawDocument, *, times: int, by: str) -> RawDocument:
    """The document after so many tries that ended with the reader's death."""
    RawDocument.objects.update(parsed_at=None, unfinished_tries=times, tried_by=by)
    parse_document(document.pk, now=document.fetched_at)
    document.refresh_from_db()
    return document


@pytest.mark.parametrize(
    ("by", "times", "is_put_aside"),
    [
        (WORKER, MOST_DEATHS - 1, False),
        (WORKER, MOST_DEATHS, True),
        ("one that is no more", MOST_DEATHS, False),
        ("one that is no more", MOST_OUTAGES, True),
    ],
    # A worker's name is another in each process, and the names of tests must not be.
    ids=["few deaths", "many deaths", "few outages", "many outages"],
)
def test_deaths_under_a_living_worker_count_for_more_than_outages(
    by: str, times: int, *, is_put_aside: bool, source: Source, noon: datetime
) -> None:
    document = tried(hand_in(source, BRIDGE, now=noon), times=times, by=by)

    assert ("cut off" in document.rejected_because) is is_put_aside
    assert document.parsed_at is not None
    assert (document.parser_version == "") is is_put_aside


def test_a_reading_that_ends_well_is_no_unfinished_try(source: Source, noon: datetime) -> None:
    document = tried(hand_in(source, BRIDGE, now=noon), times=2, by=WORKER)

    assert (document.unfinished_tries, document.tried_by) == (0, "")


def test_a_fault_that_we_live_to_see_is_no_unfinished_try(noon: datetime) -> None:
    source = SourceFactory.create(kind="upload")
    document, _ = receive_upload(source, name="x.csv", media_type="text/csv", body=b"", now=noon)
    Source.objects.update(kind="no such kind")

    with pytest.raises(KeyError):
        parse_document(document.pk, now=noon)

    document.refresh_from_db()
    assert (document.unfinished_tries, document.parsed_at) == (0, None)


def test_what_was_put_aside_is_read_when_the_office_asks(source: Source, noon: datetime) -> None:
    document = tried(hand_in(source, BRIDGE, now=noon), times=MOST_DEATHS, by=WORKER)

    retry_document(document.pk, now=noon)
    parse_document(document.pk, now=noon)

    document.refresh_from_db()
    assert (document.rejected_because, document.unfinished_tries) == ("", 0)
    assert document.parser_version
