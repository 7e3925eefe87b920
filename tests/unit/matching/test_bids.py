"""The check against who bid, on a market of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching.evaluation.bids.contest import hold_contest
from matching.evaluation.bids.density import OF_TEXT, densities
from matching.evaluation.bids.habits import gains
from matching.evaluation.bids.nearness import rows_of, weighted
from matching.evaluation.bids.reading import read_bid_tenders

TRADES = ("pumps", "lamps", "desks", "cables")


def row(number: int, *, product: str = "Supply") -> dict[str, object]:
    trade = TRADES[number % 4]
    month, day = divmod(number // 4, 28)
    return {
        "Tender ID": f"2024_X_{number}_1",
        "Title": f"Supply of {trade} lot {number}",
        "Work Description": f"Supply of {trade} lot {number}",
        "Product Category": product,
        "Organisation Chain": "Town||Stores",
        "Location": "Town",
        "Pincode": "781001.0",
        "Tender Value in ₹": "1,00,000",
        "Publish Date": f"{day + 1:02d}-{('Jan', 'Feb', 'Mar')[month % 3]}-2024 10:00 AM",
        "bids": str([{"bidder": f"{trade} firm {firm}"} for firm in range(3)]),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [row(number) for number in range(160)] + [row(900, product="Civil Works - Roads")]
    with gzip.open(tmp_path / "state.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in rows)
    return tmp_path


def test_civil_works_are_left_out_and_the_oldest_comes_first(folder: Path) -> None:
    tenders = read_bid_tenders(folder)

    assert len(tenders) == 160
    assert [t.published_at for t in tenders] == sorted(t.published_at for t in tenders)
    assert tenders[0].bidders == {"PUMPS FIRM 0", "PUMPS FIRM 1", "PUMPS FIRM 2"}


def test_what_a_firm_is_known_by_lies_before_what_it_is_asked_for(folder: Path) -> None:
    contest = hold_contest(read_bid_tenders(folder))

    assert len(contest.before) == 12
    for before, after in zip(contest.before, contest.after, strict=True):
        assert max(contest.tenders[n].published_at for n in before) < contest.split_at
        assert min(contest.tenders[n].published_at for n in after) >= contest.split_at


def test_what_a_firm_comes_back_to_speaks_for_it_and_nothing_speaks_against(folder: Path) -> None:
    pytest.importorskip("scipy")
    contest = hold_contest(read_bid_tenders(folder))
    trade_of = [contest.tenders[number].title.split()[2] for number in contest.pool]
    own = contest.tenders[contest.before[0][0]].title.split()[2]

    gained = gains(contest, lambda tender: [tender.title.split()[2], tender.organisation])[0]

    assert {trade: gain > 0.1 for trade, gain in zip(trade_of, gained, strict=True)} == {
        trade: trade == own for trade in TRADES
    }
    assert gained.min() >= 0


def test_a_firm_is_denser_than_everybody_around_its_own_trade_alone(folder: Path) -> None:
    pytest.importorskip("scipy")
    contest = hold_contest(read_bid_tenders(folder))
    words = weighted(rows_of(tender.title.split()[2:3] for tender in contest.tenders), contest.pool)
    own = contest.tenders[contest.before[0][0]].title.split()[2]
    trade_of = [contest.tenders[number].title.split()[2] for number in contest.pool]

    found = densities(contest, words, None)

    for name in OF_TEXT:
        denser = {trade: dense > 0 for trade, dense in zip(trade_of, found[name][0], strict=True)}
        assert denser == {trade: trade == own for trade in TRADES}


@pytest.mark.slow
def test_what_was_learnt_in_one_state_is_measured_in_the_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("scipy")
    (folder / "other.jsonl.gz").write_bytes((folder / "state.jsonl.gz").read_bytes())

    call_command("evaluate", "bids", data=folder, without_dense=True)

    said = capsys.readouterr().out
    assert "learnt in other, measured in state: 12 bidders" in said
    assert "learnt in state, measured in other: 12 bidders" in said


def test_firms_are_found_their_own_trade(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("scipy")

    call_command("evaluate", "bids", data=folder, without_dense=True)

    rows = {line.split("\t")[0]: line.split("\t") for line in capsys.readouterr().out.splitlines()}
    assert float(rows["BM25"][1]) > 0.9
    assert {"text", "and category, value, state", "and buyer, place"} <= rows.keys()


@pytest.mark.parametrize(
    ("check", "option"), [("bids", "--data"), ("cpv", "--labels"), ("judged", "--corpus")]
)
def test_what_a_check_needs_is_told(check: str, option: str) -> None:
    with pytest.raises(CommandError, match=option) as caught:
        call_command("evaluate", check)
    assert caught.value.returncode == 2


def test_a_folder_without_bids_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no \*\.jsonl\.gz"):
        call_command("evaluate", "bids", data=tmp_path, without_dense=True)
