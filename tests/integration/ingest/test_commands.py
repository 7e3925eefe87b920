from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ingest.models import Source
from tests.integration.ingest.test_documents import BRIDGE


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export från Nagpur.jsonl"
    rows = [BRIDGE, BRIDGE | {"Tender ID": ""}]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def ingest(*paths: Path, source: str = "upload") -> dict[str, Any]:
    out = StringIO()
    call_command("ingest", *map(str, paths), source=source, json=True, stdout=out, stderr=StringIO())
    outcome: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return outcome


@pytest.mark.django_db
def test_ingest_says_what_became_of_every_row(export: Path) -> None:
    outcome = ingest(export)

    counted = {name: value for name, value in outcome.items() if name != "quarantine"}
    assert counted == {
        "documents": 1,
        "new_documents": 1,
        "rows": 2,
        "notices": 1,
        "opportunities": 1,
        "revisions": 1,
        "doubts": 0,
        "quarantined": 1,
    }
    assert outcome["quarantine"][0]["document"] == export.name
    assert outcome["quarantine"][0]["reason"]


@pytest.mark.django_db
def test_ingesting_twice_adds_nothing(export: Path) -> None:
    ingest(export)

    again = ingest(export)

    assert (again["documents"], again["new_documents"], again["notices"], again["revisions"]) == (1, 0, 0, 0)


@pytest.mark.django_db
def test_a_folder_is_taken_whole(export: Path) -> None:
    (export.parent / "deeper").mkdir()
    (export.parent / "deeper" / "other.jsonl").write_text(json.dumps(BRIDGE | {"Tender ID": "2026_X_1_1"}))
    (export.parent / ".hidden").write_text("not for us")

    assert ingest(export.parent)["documents"] == 2


@pytest.mark.django_db
def test_a_rejected_document_counts_as_quarantined(tmp_path: Path) -> None:
    (tmp_path / "recipe.csv").write_text("flour,eggs\n1,2\n")

    outcome = ingest(tmp_path / "recipe.csv")

    assert outcome["quarantined"] == 1
    assert outcome["quarantine"][0]["place"] == "the whole document"


@pytest.mark.django_db
def test_files_handed_in_can_belong_to_a_source_by_its_name(export: Path) -> None:
    Source.objects.create(slug="nagpur", kind="upload", name="Nagpur", publisher="nagpur.example.org")

    ingest(export, source="nagpur")

    assert Source.objects.get().documents.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "source"), [("absent.csv", "upload"), (".", "carrier_pigeon")])
def test_what_cannot_be_read_is_said_with_exit_code_2(path: str, source: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        ingest(tmp_path / path, source=source)

    assert refused.value.returncode == 2


def test_parse_needs_no_database(export: Path) -> None:
    out, err = StringIO(), StringIO()

    call_command("parse", str(export), source="upload", stdout=out, stderr=err)

    (notice,) = [json.loads(line) for line in out.getvalue().splitlines()]
    assert notice["process_id"] == BRIDGE["Tender ID"]
    assert notice["buyer"] == "Nagpur Smart City Limited"
    assert notice["value"] == {"amount": "8058645", "currency": "INR"}
    assert notice["submission_deadline"] == "2026-12-13T14:00:00+05:30"
    assert notice["prebid_at"] is None
    assert "row" in err.getvalue()
