"""What we would publish, held against the libraries of those who keep the standards, without a network."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from opportunities.exports.oc4ids import project_package
from opportunities.exports.ocds import record_package, release_package
from opportunities.exports.told import Json, ToldDocument, ToldProcess, ToldProject
from opportunities.parsed_notice import NoticeKind
from opportunities.projects.documents import DocumentKind
from opportunities.projects.records import ProjectFacts, ProjectStatus
from portal.lib.money import Money
from portal.open_data.extension import RELEASE_SCHEMA
from portal.running.places import ROOT
from tests.factories.notices import parsed_notice
from tests.factories.open_data import DISCLOSED, REPUBLISHER, told_process
from tests.unit.exports.test_round_trip import notices_in
from tests.unit.ingest.samples import all_samples

PYTHON = ROOT / ".setu" / "standards" / "bin" / "python"
pytestmark = [
    pytest.mark.slow,  # the libraries bring forty packages with them
    pytest.mark.skipif(
        not PYTHON.exists(), reason="./setu test --slow makes the environment that holds them"
    ),
]


def found_wrong(folder: Path, packages: Iterator[tuple[str, Json]]) -> str:
    (folder / "release-schema.json").write_text(json.dumps(RELEASE_SCHEMA))
    for name, package in packages:
        (folder / f"{name}.json").write_text(json.dumps(package))
    words = [str(PYTHON), "-m", "tests.checks.open_data", str(folder)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    return ended.stdout + ended.stderr


def from_samples() -> Iterator[tuple[str, Json]]:
    for number, sample in enumerate(all_samples()):
        for notice in notices_in(sample)[:1]:
            yield f"{number}.ocds", release_package(told_process(notice), REPUBLISHER)
    yield "record.ocds", record_package(history(), REPUBLISHER)
    facts = ProjectFacts(
        title="Water meters",
        buyer_name="Pune Smart City",
        city="Pune",
        state="MH",
        scheme="AMRUT 2.0",
        funding="The state, approved",
        value=Money(Decimal(80_000_000), "INR"),
        value_until=Money(Decimal(90_000_000), "INR"),
        tender_expected_until=date(2027, 3, 31),
    )
    documents = tuple(
        ToldDocument(kind, "Water meters", f"https://example.in/{kind}", date(2026, 3, 31))
        for kind in DocumentKind
    )
    status, domains = ProjectStatus.IMPLEMENTATION, ("water-supply",)
    project = ToldProject("cii", "48/2", DISCLOSED, facts, status, domains, (history(),), documents)
    yield "projects.oc4ids", project_package([project], REPUBLISHER, path="/projects.json")


def history() -> ToldProcess:
    return told_process(
        parsed_notice(1, title="Smart poles", buyer_name="Pune Smart City", period_days=90),
        parsed_notice(2, kind=NoticeKind.CORRIGENDUM, period_days=120),
        parsed_notice(3, kind=NoticeKind.AWARD),
    )


def test_what_the_samples_make_is_as_the_standards_want_it(tmp_path: Path) -> None:
    assert found_wrong(tmp_path, from_samples()) == ""


def test_what_isnt_is_found(tmp_path: Path) -> None:
    package = release_package(history(), REPUBLISHER)
    (first, *_) = package["releases"]
    first |= {"tag": ["tendered"], "date": "yesterday", "supplier": "somebody"}
    first["tender"]["status"] = "open"

    found = found_wrong(tmp_path, iter([("wrong.ocds", package)]))

    assert all(word in found for word in ("tendered", "yesterday", "supplier", "tender/status"))
