"""The figures of the bids, as a table to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from math import exp
from pathlib import Path

from matching.evaluation.bids.contest import Contest, hold_contest
from matching.evaluation.bids.features import ALL, BM25, PORTABLE, TEXT, features
from matching.evaluation.bids.nearness import Matrix
from matching.evaluation.bids.ranking import Figures, Found, figures, learn, told_and_true
from matching.evaluation.bids.reading import BidTender, read_bid_tenders
from matching.evaluation.calibrating import calibration_error, fit_chance
from matching.scoring.meaning import TextEncoder

_BY = (("text", TEXT), ("and category, value, state", PORTABLE), ("and buyer, place", ALL))
# Of everything that is measured without learning anything, the one that tells most.
_UNLEARNT = "all"


def report_on_bids(folder: Path, encoder: TextEncoder | None, tell: Callable[[str], None]) -> str:
    """Rank later tenders for bidders that nothing was learnt from, by ever more measures; then for those of
    one state by what was learnt in another."""
    tenders = read_bid_tenders(folder)
    return "\n".join([*_by_halves(tenders, encoder, tell), *_across_states(tenders, encoder, tell)])


def _by_halves(
    tenders: Sequence[BidTender], encoder: TextEncoder | None, tell: Callable[[str], None]
) -> Iterator[str]:
    contest = hold_contest(tenders)
    tell(f"{len(tenders)} tenders, {len(contest.before)} bidders, {len(contest.pool)} candidates")
    found = features(contest, encoder)
    learning, measured = range(contest.half), range(contest.half, len(contest.before))
    yield f"split at {contest.split_at:%Y-%m-%d}; {len(measured)} bidders measured"
    yield "ranker\tnDCG@10\tof BM25\tR@20\tMRR"
    base = figures(contest, found[BM25], measured)
    yield _line("BM25", base, base)
    yield _line("densities, nothing learnt", figures(contest, found[_UNLEARNT], measured), base)
    for title, names in _BY:
        scores = learn(contest, found, names, learning).rank(found, measured)
        yield _line(title, figures(contest, scores, measured), base)
    yield f"calibration error, fitted to every other bidder: {_error(contest, scores, measured):.4f}"


def _across_states(
    tenders: Sequence[BidTender], encoder: TextEncoder | None, tell: Callable[[str], None]
) -> Iterator[str]:
    contests: dict[str, tuple[Contest, Found]] = {}
    states = sorted({tender.state for tender in tenders})
    for state in states if len(states) > 1 else ():
        contest = hold_contest([tender for tender in tenders if tender.state == state])
        tell(f"{state}: {len(contest.before)} bidders, {len(contest.pool)} candidates")
        contests[state] = contest, features(contest, encoder)
    for one, other in permutations(contests, 2):
        (taught, known), (contest, found) = contests[one], contests[other]
        everybody = range(len(contest.before))
        base = figures(contest, found[BM25], everybody)
        yield f"learnt in {one}, measured in {other}: {len(everybody)} bidders"
        yield _line("BM25", base, base)
        yield _line("densities, nothing learnt", figures(contest, found[_UNLEARNT], everybody), base)
        for title, names in _BY:
            second = learn(taught, known, names, range(len(taught.before)))
            yield _line(title, figures(contest, second.rank(found, everybody), everybody), base)


def _line(title: str, it: Figures, base: Figures) -> str:
    ratio = it.ndcg_at_10 / base.ndcg_at_10
    return f"{title}\t{it.ndcg_at_10:.3f}\t{ratio:.2f}\t{it.recall_at_20:.3f}\t{it.reciprocal_rank:.3f}"


def _error(contest: Contest, scores: Matrix, bidders: Sequence[int]) -> float:
    pairs = told_and_true(contest, scores, bidders)
    slope, offset = fit_chance(pairs[::2])
    return calibration_error(
        [(1 / (1 + exp(-(slope * score + offset))), true) for bidder in pairs[1::2] for score, true in bidder]
    )
