"""The command that ranks a corpus, on a corpus of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from matching.dense import load_encoder
from matching.evaluation.ranking import (
    read_corpus,
    read_profile,
    strongest_field,
    without_strongest_field,
)
from matching.scoring.records import Offered, Wanted

TENDERS: list[dict[str, Any]] = [
    {"id": "T1", "title": "Passenger lifts for the district hospital", "value_inr": 9_000_000},
    {"id": "T2", "title": "Passenger lifts for the district hospital", "value_inr": None},
    {"id": "T3", "title": "Sewage treatment plant of 4 MLD", "description": None},
    {"id": "T4", "title": "Widening of link road"},
]
PROFILES: list[dict[str, Any]] = [
    {"id": "P1", "lang": "sv", "capabilities": ["sjukhushissar", "rulltrappor"], "value_band_inr": [1, None]},
    {"id": "P2", "lang": "en", "summary": "We build sewage treatment plants."},
]


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return lines(tmp_path / "corpus.jsonl", TENDERS)


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return lines(tmp_path / "profiles.jsonl", PROFILES)


def ranking(corpus: Path, profiles: Path, **options: Any) -> list[list[str]]:
    run = corpus.parent / "run.tsv"
    call_command("evaluate", corpus=corpus, profiles=profiles, run=run, **options)
    return [line.split("\t") for line in run.read_text("utf-8").splitlines()]


def test_each_profile_gets_its_tenders_best_first(
    corpus: Path, profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ranking(corpus, profiles)

    assert [row[1] for row in rows if row[0] == "P1"][:2] == ["T1", "T2"]  # equals by their ids
    assert next(row[1] for row in rows if row[0] == "P2") == "T3"
    for profile in ("P1", "P2"):
        scores = [float(row[2]) for row in rows if row[0] == profile]
        assert scores == sorted(scores, reverse=True)
    assert "subject parts" in capsys.readouterr().err


def test_top_cuts_the_ranking(corpus: Path, profiles: Path) -> None:
    assert len(ranking(corpus, profiles, top=1)) == 2


def test_twice_is_the_same(corpus: Path, profiles: Path) -> None:
    assert ranking(corpus, profiles) == ranking(corpus, profiles)


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ('{"id": "T1"}\n{"id": ', r"line 2: not JSON"),
        ("[1]", r"line 1: not an object"),
        ('{"title": "Lift"}', r"line 1: no id"),
        ('{"id": "T1"}\n\n{"id": "T1"}', r"line 3: T1 stands there twice"),
        ('{"id": "T1", "value_inr": "much"}', r"line 1: 'much' is not an amount"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    corpus: Path, profiles: Path, spoilt: str, complaint: str
) -> None:
    corpus.write_text(spoilt, "utf-8")

    with pytest.raises(CommandError, match=complaint) as caught:
        ranking(corpus, profiles)
    assert caught.value.returncode == 2


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"id": "P1", "capabilities": "lifts"}, "capabilities is not a list"),
        ({"id": "P1", "value_band_inr": [1]}, "value_band_inr is not two numbers"),
    ],
)
def test_a_profile_of_another_shape_is_named(
    corpus: Path, profiles: Path, row: dict[str, Any], complaint: str
) -> None:
    lines(profiles, [row])

    with pytest.raises(CommandError, match=complaint):
        ranking(corpus, profiles)


def test_a_missing_file_is_told_with_exit_2(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere") as caught:
        ranking(corpus, tmp_path / "nowhere.jsonl")
    assert caught.value.returncode == 2


def test_bytes_that_are_no_text_are_told(corpus: Path, profiles: Path) -> None:
    corpus.write_bytes(b'{"id": "\xff"}')

    with pytest.raises(CommandError, match="UTF-8"):
        ranking(corpus, profiles)


def test_a_run_that_cannot_be_written_is_told(corpus: Path, profiles: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("evaluate", corpus=corpus, profiles=profiles, run=tmp_path / "no" / "run.tsv")
    assert caught.value.returncode == 2


def test_top_must_be_a_number_of_tenders(corpus: Path, profiles: Path) -> None:
    with pytest.raises(CommandError, match="--top"):
        ranking(corpus, profiles, top=0)


def test_judgements_are_measured_in_both_languages(
    corpus: Path, profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    qrels = corpus.parent / "qrels.tsv"
    qrels.write_text("profile_id\ttender_id\tgrade\nP1\tT1\t3\nP1\tT2\t3\nP2\tT3\t2\nP9\tT1\t3\n", "utf-8")

    ranking(corpus, profiles, qrels=qrels, without_dense=True)

    told = {row[0]: row[1:] for row in (line.split("\t") for line in capsys.readouterr().out.splitlines())}
    assert told["all"] == ["2", "1.000", "1.000", "1.000", *told["all"][-1:]]
    assert told["sv"][0] == told["en"][0] == "1"
    assert "all, strongest concept struck out" in told
    assert "all, strongest field struck out" in told


def test_a_field_that_is_struck_out_leaves_nothing_of_it() -> None:
    corpus = read_corpus({"T1": Offered("Passenger lifts"), "T3": Offered("Sewage treatment plant")}, None)
    profile = read_profile(Wanted("en", capabilities=("Passenger lifts", "Escalators")), None)

    reread, without = without_strongest_field(profile, corpus)

    field = strongest_field(profile)
    assert field is not None
    assert profile.concepts
    assert reread.concepts == {}
    assert without.tenders["T1"].concepts == {}
    assert without.tenders["T3"] is corpus.tenders["T3"]


@pytest.mark.parametrize("line", ["P1\tT1", "P1\tT1\tgood", "P1\tT1\t4"])
def test_a_judgement_that_cannot_be_read_is_named(corpus: Path, profiles: Path, line: str) -> None:
    qrels = corpus.parent / "qrels.tsv"
    qrels.write_text(f"P1\tT2\t1\n{line}\n", "utf-8")

    with pytest.raises(CommandError, match="line 2: not a profile, a tender and a grade"):
        ranking(corpus, profiles, qrels=qrels, without_dense=True)


def test_a_profile_needs_no_more_than_an_id(corpus: Path, profiles: Path) -> None:
    lines(profiles, [{"id": "bare"}, {"id": "letters", "capabilities": ["hissar för äldre sjukhus"]}])

    rows = ranking(corpus, profiles)

    assert {row[0] for row in rows} == {"letters"}  # taken for Swedish by its letters
    assert rows[0][1] == "T1"


def test_with_the_meaning_of_texts_twice_is_quick_and_the_same(
    corpus: Path, profiles: Path, settings: Settings, tmp_path: Path
) -> None:
    if load_encoder(settings.DATA_DIR / "models") is None:
        pytest.skip("no encoder for this machine")
    models = settings.DATA_DIR / "models"
    settings.DATA_DIR = tmp_path
    (tmp_path / "models").symlink_to(models)
    first = ranking(corpus, profiles)

    assert ranking(corpus, profiles) == first
    assert first != ranking(corpus, profiles, without_dense=True)
