from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from ingest.models import Extraction, QuarantinedPart, RawDocument, Source
from ingest.services import parse_document, receive_upload, settle_quarantined_part
from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.serialization import origins_from_json
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory

pytestmark = pytest.mark.django_db

BRIDGE = {
    "Tender ID": "2026_SCDL_91000_1",
    "Title": "Foot bridge at Ward 7",
    "Organisation Chain": "Nagpur Smart City Limited",
    "Tender Value in ₹": "80,58,645",
    "Published Date": "05-Oct-2026 06:00 PM",
    "Bid Submission End Date": "13-Dec-2026 02:00 PM",
}


@pytest.fixture
def source(db: None) -> Source:
    return SourceFactory.create(kind="upload", publisher="etenders.example.org")


def hand_in(source: Source, *rows: dict[str, str], name: str = "export.jsonl", now: datetime) -> RawDocument:
    body = "\n".join(json.dumps(row) for row in rows).encode()
    document, _ = receive_upload(source, name=name, media_type="application/jsonl", body=body, now=now)
    parse_document(document.pk, now=now)
    document.refresh_from_db()
    return document


def test_a_row_becomes_an_opportunity_on_the_map(source: Source, noon: datetime) -> None:
    hand_in(source, BRIDGE, now=noon)

    opportunity = Opportunity.objects.get()
    assert (opportunity.title, opportunity.city, opportunity.state) == (
        "Foot bridge at Ward 7",
        "Nagpur",
        "MH",
    )
    assert str(opportunity.value) == "INR 8058645.00"


def test_twice_is_once(source: Source, noon: datetime) -> None:
    for hours in range(2):
        hand_in(source, BRIDGE, now=noon + timedelta(hours=hours))

    models = (RawDocument, Extraction, Notice, Opportunity, OpportunityRevision)
    assert [model._default_manager.count() for model in models] == [1, 1, 1, 1, 1]


def test_parsing_again_changes_nothing(source: Source, noon: datetime) -> None:
    document = hand_in(source, BRIDGE, now=noon)

    RawDocument.objects.update(parsed_at=None)
    counts = parse_document(document.pk, now=noon + timedelta(days=1))

    assert counts is not None
    assert (counts.notices, counts.new_notices, counts.new_revisions) == (1, 0, 0)
    assert [Notice.objects.count(), OpportunityRevision.objects.count()] == [1, 1]


def test_a_parsed_document_is_left_alone(source: Source, noon: datetime) -> None:
    document = hand_in(source, BRIDGE, now=noon)

    assert parse_document(document.pk, now=noon) is None


def test_every_fact_can_be_traced_to_its_words(source: Source, noon: datetime) -> None:
    document = hand_in(source, BRIDGE, now=noon)

    origins = {o.field: o for o in origins_from_json(document.extractions.get().origins)}
    assert origins["value"].words == "80,58,645"
    assert "Tender Value" in origins["value"].place


def test_a_row_that_cannot_be_read_is_kept_with_the_reason(source: Source, noon: datetime) -> None:
    nameless = BRIDGE | {"Tender ID": ""}

    hand_in(source, nameless, BRIDGE, now=noon)

    part = QuarantinedPart.objects.get()
    assert "Foot bridge" in part.excerpt
    assert part.reason
    assert Opportunity.objects.count() == 1


def test_a_row_the_database_refuses_costs_no_other_row_its_place(source: Source, noon: datetime) -> None:
    too_long = BRIDGE | {"Tender ID": "2026_SCDL_91001_1", "Tender Category": "Works " * 30}

    hand_in(source, too_long, BRIDGE, now=noon)

    assert Opportunity.objects.filter(process_id="2026_SCDL_91000_1").exists()
    assert QuarantinedPart.objects.get().reason.startswith("the database refused it")


def test_what_is_not_a_table_we_know_is_marked_and_not_tried_again(source: Source, noon: datetime) -> None:
    document, _ = receive_upload(
        source, name="recipe.csv", media_type="text/csv", body=b"flour,eggs\n1,2\n", now=noon
    )

    parse_document(document.pk, now=noon)

    document.refresh_from_db()
    assert document.parsed_at == noon
    assert "flour" in document.rejected_because


def test_a_better_parser_settles_what_it_reads_now(source: Source, noon: datetime) -> None:
    document = hand_in(source, BRIDGE, now=noon)
    part = QuarantinedPart.objects.create(
        document=document, place="row 99", reason="unreadable then", quarantined_at=noon
    )

    RawDocument.objects.update(parsed_at=None)
    parse_document(document.pk, now=noon)

    part.refresh_from_db()
    assert part.settled_at == noon


def test_the_office_settles_a_part_once(source: Source, olga: User, noon: datetime) -> None:
    part = QuarantinedPart.objects.create(
        document=hand_in(source, BRIDGE, now=noon), place="row 2", reason="no title", quarantined_at=noon
    )

    settle_quarantined_part(part.pk, because="A heading, not a notice", by=olga, now=noon)
    settle_quarantined_part(part.pk, because="Something else", by=olga, now=noon + timedelta(days=1))

    part.refresh_from_db()
    assert (part.settled_because, part.settled_by, part.settled_at) == ("A heading, not a notice", olga, noon)


def test_a_source_that_goes_back_to_what_it_said_is_read_again(source: Source, noon: datetime) -> None:
    moved = BRIDGE | {"Bid Submission End Date": "20-Dec-2026 02:00 PM"}

    for hours, row in enumerate([BRIDGE, moved, BRIDGE]):
        hand_in(source, row, now=noon + timedelta(hours=hours))

    deadline = Opportunity.objects.get().submission_deadline
    assert deadline is not None
    assert deadline.day == 13
    assert RawDocument.objects.count() == 2
