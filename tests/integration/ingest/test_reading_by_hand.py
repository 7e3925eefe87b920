from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection

from ingest.models import Extraction, HandReading, QuarantinedPart, RawDocument
from ingest.selectors import original_for, quarantined_parts, rejected_documents
from ingest.services import parse_document, read_by_hand, receive_upload, retry_document
from ingest.services.replay import (
    accept_replay,
    apply_accepted,
    compare_requested,
    replay_archive,
    request_replay,
)
from opportunities.models import Notice, Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.services import disclose_opportunity
from portal.accounts.models import Company, User
from tests.at_once import at_once, held_by_another
from tests.factories.ingest import SourceFactory

pytestmark = pytest.mark.django_db
TABLE = b"Tender ID,Title\n2026_X_1_1,Sensors\n,Bus depot\n"
TYPED = {"title": "Bus depot", "stage": "tender", "value": "Rs. 42 Cr.", "location": "Belagavi, Karnataka"}


def hand_in(body: bytes, *, now: datetime) -> RawDocument:
    source = SourceFactory.create(kind="upload", publisher="office.example.org")
    document, _ = receive_upload(source, name="list.csv", media_type="text/csv", body=body, now=now)
    parse_document(document.pk, now=now)
    return document


@pytest.fixture
def part(noon: datetime) -> QuarantinedPart:
    hand_in(TABLE, now=noon)
    return QuarantinedPart.objects.get()


@pytest.fixture
def rejected(noon: datetime) -> RawDocument:
    return hand_in(b"%PDF-1.7 cut off", now=noon)


def type_in(part: QuarantinedPart, olga: User, now: datetime) -> HandReading:
    return read_by_hand(part.document_id, TYPED, kind=NoticeKind.TENDER, place=part.place, by=olga, now=now)


def test_what_is_typed_becomes_an_opportunity_with_its_reader(
    part: QuarantinedPart, olga: User, noon: datetime
) -> None:
    reading = type_in(part, olga, noon + timedelta(hours=1))

    opportunity = reading.notice.opportunity
    assert (opportunity.title, opportunity.city, opportunity.stage) == ("Bus depot", "Belagavi", "tender")
    origins = Extraction.objects.get(notice=reading.notice).origins
    assert {place for _field, place, _words, _confidence in origins} == {"row 3, read by hand by Olga Öberg"}
    assert {confidence for *_rest, confidence in origins} == {1.0}


def test_the_part_is_settled_with_what_came_of_it(part: QuarantinedPart, olga: User, noon: datetime) -> None:
    reading = type_in(part, olga, noon)

    part.refresh_from_db()
    assert (part.settled_because, part.settled_by, part.settled_at) == ("read by hand", olga, noon)
    assert (reading.document_id, reading.place) == (part.document_id, part.place)
    assert not quarantined_parts().exists()


def test_twice_is_once(part: QuarantinedPart, olga: User, noon: datetime) -> None:
    readings = {type_in(part, olga, noon + timedelta(minutes=n)).pk for n in range(2)}

    assert len(readings) == 1
    assert (HandReading.objects.count(), Notice.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_one(part: QuarantinedPart, olga: User, noon: datetime) -> None:
    at_once(lambda _: type_in(part, olga, noon), range(8))

    assert (HandReading.objects.count(), Notice.objects.count()) == (1, 2)


def test_replaying_the_archive_gives_it_back(part: QuarantinedPart, olga: User, noon: datetime) -> None:
    type_in(part, olga, noon + timedelta(hours=1))

    replay = replay_archive(now=noon)

    assert (replay.opportunities, replay.different) == (2, 0)


def test_it_stands_when_better_readers_read_the_archive(
    part: QuarantinedPart, olga: User, noon: datetime
) -> None:
    later = noon + timedelta(hours=1)
    reading = type_in(part, olga, later)
    request_replay(by=olga, now=later)
    replay = compare_requested(now=later)
    assert replay is not None
    accept_replay(replay.pk, by=olga, now=later)
    apply_accepted(now=later)

    reading.notice.refresh_from_db()
    assert reading.notice.superseded_at is None
    assert Extraction.objects.filter(notice=reading.notice).exists()
    assert replay_archive(now=later).different == 0


def test_it_stands_though_the_document_is_tried_again(
    part: QuarantinedPart, olga: User, noon: datetime
) -> None:
    type_in(part, olga, noon)
    retry_document(part.document_id, now=noon)
    parse_document(part.document_id, now=noon)

    part.refresh_from_db()
    assert part.settled_because == "read by hand"
    assert Opportunity.objects.filter(title="Bus depot").count() == 1


def test_a_document_is_settled_with_its_last_notice(
    rejected: RawDocument, olga: User, noon: datetime
) -> None:
    for title, is_last in (("Bus depot", False), ("Smart poles", True)):
        assert list(rejected_documents()) == [rejected]
        read_by_hand(
            rejected.pk, {"title": title}, kind=NoticeKind.TENDER, is_last=is_last, by=olga, now=noon
        )

    assert not rejected_documents().exists()
    assert set(Opportunity.objects.values_list("title", flat=True)) == {"Bus depot", "Smart poles"}
    assert Opportunity.objects.values("process_id").distinct().count() == 2


def test_a_rejected_document_that_is_tried_again_waits_again(
    rejected: RawDocument, olga: User, noon: datetime
) -> None:
    read_by_hand(rejected.pk, {"title": "Bus depot"}, kind=NoticeKind.TENDER, by=olga, now=noon)
    retry_document(rejected.pk, now=noon)
    parse_document(rejected.pk, now=noon)

    assert list(rejected_documents()) == [rejected]


def test_no_company_opens_a_document_of_which_only_a_part_was_typed(
    rejected: RawDocument, olga: User, vallar: Company, noon: datetime
) -> None:
    reading = read_by_hand(rejected.pk, {"title": "Bus depot"}, kind=NoticeKind.TENDER, by=olga, now=noon)
    disclose_opportunity(reading.notice.opportunity_id, from_=noon, by=olga, now=noon)

    assert original_for(vallar, rejected.pk, at=noon + timedelta(hours=1)) is None


@pytest.mark.django_db(transaction=True)
def test_one_who_types_waits_for_another(part: QuarantinedPart, olga: User, noon: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")

    with (
        held_by_another(RawDocument.objects.all(), no_key=True),
        pytest.raises(OperationalError, match="lock timeout"),
    ):
        type_in(part, olga, noon)

    connection.close()
    assert not HandReading.objects.exists()
