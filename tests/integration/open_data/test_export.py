"""./setu manage export writes what the addresses give."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from opportunities.models import Notice
from tests.factories.notices import parsed_notice
from tests.factories.projects import ProjectFactory
from tests.integration.open_data.conftest import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_told(record: Record) -> None:
    record(
        parsed_notice(1, title="Smart poles", buyer_name="Pune Smart City"),
        at=datetime(2026, 10, 5, 12, tzinfo=UTC),
    )
    record(
        parsed_notice(1, process_id="2026_SCDL_91001_1", title="=Sensors"),
        at=datetime(2026, 11, 5, 12, tzinfo=UTC),
    )


@pytest.mark.usefixtures("two_told")
def test_releases_are_written_a_line_each(tmp_path: Path) -> None:
    out = tmp_path / "releases.jsonl"

    call_command("export", format="ocds", out=out)

    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [release["tender"]["title"] for release in told] == ["Smart poles", "=Sensors"]
    assert [path.name for path in tmp_path.iterdir()] == ["releases.jsonl"]


@pytest.mark.usefixtures("two_told")
def test_it_is_narrowed_by_the_day_of_telling(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    call_command("export", format="ocds", since=date(2026, 11, 5))

    (line,) = capsysbinary.readouterr().out.splitlines()
    assert json.loads(line)["tender"]["title"] == "=Sensors"


@pytest.mark.usefixtures("two_told")
def test_whoever_reads_it_may_have_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """As “| head” has."""
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        call_command("export", format="ocds")


@pytest.mark.usefixtures("two_told")
def test_a_table_runs_no_formula(tmp_path: Path) -> None:
    out = tmp_path / "told.csv"

    call_command("export", format="csv", out=out)

    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row["title"] for row in rows] == ["Smart poles", "'=Sensors"]
    assert rows[0]["buyer"] == "Pune Smart City"


def test_projects_are_one_package(tmp_path: Path) -> None:
    ProjectFactory.create(title="Water meters")
    out = tmp_path / "projects.json"

    call_command("export", format="oc4ids", out=out)

    assert [one["title"] for one in json.loads(out.read_text())["projects"]] == ["Water meters"]


@pytest.mark.parametrize("until", [None, date(2026, 11, 1)], ids=["none", "none in those days"])
def test_without_a_project_there_is_no_package(
    until: date | None, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ProjectFactory.create(opportunity__disclosed_from=None if until is None else timezone.now())
    out = tmp_path / "projects.json"

    for file in (out, None):
        with pytest.raises(CommandError, match="No such project is disclosed"):
            call_command("export", format="oc4ids", out=file, until=until)

    assert [*tmp_path.iterdir()] == []
    assert capsysbinary.readouterr().out == b""


@pytest.mark.usefixtures("two_told")
def test_what_was_there_stays_if_writing_fails(tmp_path: Path) -> None:
    out = tmp_path / "releases.jsonl"
    out.write_text("as it was")
    Notice.objects.update(content={"kind": "nothing we know"})

    with pytest.raises(KeyError):
        call_command("export", format="ocds", out=out)

    assert out.read_text() == "as it was"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--since", "soon"], "isn't a day"),
        (["--since", "2026-11-05", "--until", "2026-11-01"], "comes before"),
        (["--out", "/nowhere/at/all.json"], "can't be written"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export", "--format", "ocds", *words)
