"""The benches run, on next to nothing: what they measure is `./setu bench`'s affair."""

from __future__ import annotations

import pytest

from tests.bench import (
    api_figures,
    desk_figures,
    digest_figures,
    download_figures,
    ingest_figures,
    ledger_figures,
    made_up_market,
    match_committed,
    match_encoder,
    match_figures,
    page_figures,
)
from tests.bench.digest_world import Size
from tests.bench.figures import Figure

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)  # other processes have to see the rows
def test_ingest_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_figures, "ROWS", 20)
    monkeypatch.setattr(ingest_figures, "ROWS_FOR_WORKERS", 30)
    monkeypatch.setattr(ingest_figures, "REPLAYED", 5)
    monkeypatch.setattr(ingest_figures, "PDF_PAGES", 2)

    names = [figure.name for figure in ingest_figures.measure()]

    assert names == [
        "ingest.replay",
        "ingest.replay.differences",
        "ingest.replay.other_digest",
        "ingest.replay.memory_growth",
        "ingest.new_rows",
        "ingest.known_rows",
        "ingest.two_workers",
        "ingest.two_workers.known_rows",
        "ingest.two_workers.memory_growth",
        "ingest.listing_269_rows",
        "ingest.pdf_200_pages",
    ]


@pytest.mark.slow  # starts four processes
@pytest.mark.django_db(transaction=True)  # which have to see the rows
def test_digests_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    size = Size(subscribers=10, one_in=5, old=30, new=9, matches_old=6, told_old=4, matches_new=3)
    monkeypatch.setattr(digest_figures, "SIZE", size)

    figures = {figure.name: figure for figure in digest_figures.measure()}

    assert figures.keys() == {
        "digest.decided_and_written",
        "digest.decided",
        "digest.written",
        "digest.queries.deciding",
        "digest.queries.writing",
        "digest.queries",
        "digest.memory_growth",
    }
    assert figures["digest.decided_and_written"].ok


def test_the_ledger_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENTRIES": 30, "WRITTEN": 2}.items():
        monkeypatch.setattr(ledger_figures, name, value)

    figures = {figure.name: figure for figure in ledger_figures.measure()}

    assert figures.keys() == {"ledger.verify", "ledger.verify.wrong", "ledger.write"}
    assert figures["ledger.verify.wrong"].ok


@pytest.mark.slow  # scores four companies by meaning
@pytest.mark.django_db(transaction=True)  # tables can't be tidied within one
def test_pages_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up_market, "RECORDED", 20)
    monkeypatch.setattr(made_up_market, "MATCHES_A_PROFILE", 3)
    for name, value in {"OPPORTUNITIES": 60, "PROFILES": 24, "VISITS": 19}.items():
        monkeypatch.setattr(page_figures, name, value)

    figures = {figure.name: figure for figure in page_figures.measure()}

    assert figures.keys() == {
        "pages.matches.p95",
        "pages.explore.p95",
        "pages.opportunity.p95",
        "pages.matches.queries",
        "pages.explore.queries",
        "pages.opportunity.queries",
    }
    assert all(figures[name].ok for name in figures if name.endswith(".queries"))


@pytest.mark.slow  # builds a market of its own
def test_the_desk_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"RECORDED": 60, "IN_A_DOCUMENT": 60, "MATCHES_A_PROFILE": 3}.items():
        monkeypatch.setattr(made_up_market, name, value)
    small = {"OPPORTUNITIES": 60, "PROFILES": 6, "HIDDEN": 20, "PARTS": 20, "TIMES": 2, "WARM_UP": 1}
    for name, value in small.items():
        monkeypatch.setattr(desk_figures, name, value)

    names = [figure.name for figure in desk_figures.measure()]

    acts = ("open", "disclose", "set_aside", "settle", "remark", "take", "undo", "act")
    assert names == [f"desk.{act}.median" for act in acts]


@pytest.mark.slow  # builds a market, and serves it twice
@pytest.mark.django_db(transaction=True)  # other processes have to see the rows
def test_the_api_and_downloads_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"RECORDED": 60, "IN_A_DOCUMENT": 60, "MATCHES_A_PROFILE": 3}.items():
        monkeypatch.setattr(made_up_market, name, value)
    few: dict[str, float] = {
        "OPPORTUNITIES": 60,
        "PROGRAMS": 6,
        "TIMES": 2,
        "NAIVE_TIMES": 2,
        "SECONDS": 0.5,
        "DEEP": 0,
    }
    for name, number in few.items():
        monkeypatch.setattr(api_figures, name, number)
    monkeypatch.setattr(download_figures, "OPPORTUNITIES", 60)

    figures = {figure.name: figure for figure in (*api_figures.measure(), *download_figures.measure())}

    kinds = ("first", "deep", "words", "sparse", "unchanged")
    assert figures.keys() == {
        *(f"api.{kind}.p95" for kind in kinds),
        "api.pages",
        "api.mixed",
        *(f"downloads.{kind}{of}" for kind in ("csv", "xlsx", "json") for of in ("", ".memory")),
    }
    assert figures["downloads.xlsx.memory"].ok


@pytest.mark.slow  # starts six processes that each compile or load the index's loops
def test_matching_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"NOTICES": 300, "PROFILES": 20, "QUERIES": 3, "QUERIES_OF_ALL": 2, "PEER_QUERIES": 1}
    for name, value in small.items():
        monkeypatch.setattr(match_figures, name, value)
    monkeypatch.setattr(match_encoder, "TEXTS", 60)
    for name, value in {"PROFILES": 5, "OPPORTUNITIES": 30, "NOTICES": 3, "CHANGES": 4}.items():
        monkeypatch.setattr(match_committed, name, value)

    names = {figure.name for figure in match_figures.measure()}

    assert names >= {
        "match.index.build",
        "match.index.follow",
        "match.committed.median",
        "match.notice_to_profiles.words.ts_rank",
        "match.profile_to_notices.words.ts_rank",
        "match.notice_to_profiles.whole.median",
        "match.profile_to_notices.whole.median",
        "match.memory",
        "match.sweep",
        "match.sweep.rows",
        "match.sweep.kernels.Haswell",
    }


@pytest.mark.parametrize(
    ("figure", "ok"),
    [
        (Figure("speed", 200, "rows/s", 150, "more"), True),
        (Figure("speed", 100, "rows/s", 150, "more"), False),
        (Figure("time", 50, "ms", 60, "less"), True),
        (Figure("time", 70, "ms", 60, "less"), False),
        (Figure("time", 70, "ms", None, "less"), None),
    ],
)
def test_a_figure_knows_whether_it_reaches_its_goal(figure: Figure, *, ok: bool | None) -> None:
    assert figure.as_row()["ok"] is ok
