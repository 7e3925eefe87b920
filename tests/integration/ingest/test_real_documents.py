"""The chain on tenders that nobody here wrote: no row is lost, twice is once, and replay agrees."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from ingest.models import QuarantinedPart, RawDocument
from opportunities.models import Notice, Opportunity
from tests.integration.ingest.test_commands import ingest
from tests.real_data import DATA, needs_real_data

pytestmark = [pytest.mark.django_db, needs_real_data]


def rows_of(path: Path) -> int:
    with path.open(newline="") as lines:
        return sum(1 for _ in (csv.DictReader(lines) if path.suffix == ".csv" else lines))


@pytest.mark.parametrize(
    "name",
    [
        "india-tenders/smart_city_subset.jsonl",
        pytest.param("spreadsheets/assam_ocds_columns.csv", marks=pytest.mark.slow),
    ],
)
def test_every_row_is_a_notice_or_in_quarantine(name: str) -> None:
    first = ingest(DATA / name)
    before = (RawDocument.objects.count(), Notice.objects.count(), Opportunity.objects.count())
    again = ingest(DATA / name)

    assert first["notices"] + first["quarantined"] == rows_of(DATA / name)
    assert again["new_documents"] == 0
    assert (RawDocument.objects.count(), Notice.objects.count(), Opportunity.objects.count()) == before
    out = StringIO()
    call_command("replay", stdout=out, stderr=StringIO())
    assert out.getvalue() == "identical\n"


def test_saved_pages_are_read_or_say_why_not() -> None:
    outcome = ingest(DATA / "gepnic-pages", source="gepnic")

    documents = {document.url: document for document in RawDocument.objects.all()}
    listing = next(document for url, document in documents.items() if "org_listing" in url)
    stale = next(document for url, document in documents.items() if "stale" in url)
    assert outcome["documents"] == len(documents) == 5
    assert listing.extractions.count() == 17
    assert "session" in stale.rejected_because
    assert all(part.reason for part in QuarantinedPart.objects.all())


def test_places_of_smart_cities_are_found() -> None:
    ingest(DATA / "india-tenders/smart_city_subset.jsonl")

    found = set(Opportunity.objects.values_list("city", "state"))
    assert {("Shimla", "HP"), ("Guwahati", "AS"), ("Dharamshala", "HP")} <= found
