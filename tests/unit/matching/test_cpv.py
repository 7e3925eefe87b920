"""The official list of CPV codes: read, learnt from, kept and known at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.evaluation.cpv_check import check_cpv
from matching.scoring.classification import LABELS, Labels, labels_of
from matching.scoring.cpv_file import learn_from, read_cpv
from matching.scoring.imported_cpv import install, keep
from matching.scoring.json_lines import UnreadableLines
from matching.scoring.lexicon import english_for
from tests.unit.matching.test_meaning import BagOfWords

TABLE = """code,en,sv
03111111-7,Zorple seeds,Zorpelfrön
03111112,Zorple pumps,Zorpelpumpar
03111113,Blue zorple,Blå zorpel
03111114,Blue grackles,Blå grackelar
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cpv.csv"
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.scoring.classification.LABELS", LABELS.copy())
    monkeypatch.setattr("matching.scoring.lexicon._COMPOUND_BY_STEM", {})
    english_for.cache_clear()


def test_codes_are_read_with_both_names(table: Path) -> None:
    assert read_cpv(table)[0] == Labels("03111111", "Zorpelfrön", "Zorple seeds")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("code,en\n1,x\n", "columns code, sv and en"),
        ("code,en,sv\n12,x,y\n", "row 1: not a code"),
        ("code,en,sv\n12345678,,y\n", "row 1: not a code"),
    ],
)
def test_a_table_of_another_shape_is_refused(table: Path, text: str, complaint: str) -> None:
    table.write_text(text, "utf-8")

    with pytest.raises(UnreadableLines, match=complaint):
        read_cpv(table)


def test_words_are_learnt_from_names_in_two_languages(table: Path) -> None:
    learnt = learn_from(read_cpv(table))

    assert learnt.gloss("Zorpel") == "zorple"
    assert "pump" in learnt.gloss("zorpelpumpar")


@pytest.mark.usefixtures("_forget")
def test_what_was_learnt_is_known_at_the_next_start(table: Path, tmp_path: Path) -> None:
    assert labels_of("03111111") is None
    assert ("zorple", 1.0) not in english_for("zorpel")

    assert keep(read_cpv(table), tmp_path) > 0
    assert install(tmp_path)

    known = labels_of("03111111")
    assert known is not None
    assert known.en == "Zorple seeds"
    assert ("zorple", 1.0) in english_for("zorpel")


@pytest.mark.usefixtures("_forget")
def test_nothing_kept_is_nothing_known(tmp_path: Path) -> None:
    assert not install(tmp_path)


def test_the_check_ranks_all_english_names() -> None:
    labels = [Labels(f"{number:08d}", f"sak{number} föremål", f"sak{number} thing") for number in range(40)]

    found = check_cpv(labels, BagOfWords(), tested=10)

    assert found.labels == 40
    assert found.recall_at_1 > 0.5
    assert found.recall_at_1 <= found.recall_at_10
