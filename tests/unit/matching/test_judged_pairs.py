"""The scorer against judged pairs of real tenders, where they lie beside the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.real_data import DATA, needs_real_data

GOLD = DATA / "gold"

# A little below what was measured; see docs/matching.md.
FLOORS = {"all": 0.80, "sv": 0.80, "en": 0.78}


@pytest.mark.slow
@needs_real_data
def test_real_tenders_are_ranked_as_well_as_before(tmp_path: Path) -> None:
    dev, run = GOLD / "dev", tmp_path / "run.tsv"
    call_command("evaluate", corpus=GOLD / "corpus.jsonl", profiles=dev / "profiles.jsonl", run=run)

    report = subprocess.run(  # noqa: S603
        [
            *(sys.executable, GOLD / "scorer.py", "--run", run),
            *("--qrels", dev / "qrels.tsv", "--profiles", dev / "profiles.jsonl"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    rows = (line.split("\t") for line in report.splitlines()[1:])
    ndcg = {row[0]: float(row[2]) for row in rows}
    assert {group: ndcg[group] >= floor for group, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True)
