"""The figures of the bids, as a table to read."""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from pathlib import Path

from matching.evaluation.bids.contest import hold_contest
from matching.evaluation.bids.features import ALL, BM25, PORTABLE, TEXT, features
from matching.evaluation.bids.ranking import figures, learn_and_rank, told_and_true
from matching.evaluation.bids.reading import read_bid_tenders
from matching.evaluation.calibrating import calibration_error, fit_chance
from matching.scoring.meaning import TextEncoder


def report_on_bids(folder: Path, encoder: TextEncoder | None, tell: Callable[[str], None]) -> str:
    """Rank later tenders for bidders that nothing was learnt from, by ever more measures."""
    contest = hold_contest(read_bid_tenders(folder))
    tell(f"{len(contest.tenders)} tenders, {len(contest.before)} bidders, {len(contest.pool)} candidates")
    found = features(contest, encoder)
    base = figures(contest, found[BM25])
    lines = [
        f"split at {contest.split_at:%Y-%m-%d}; {len(contest.before) - contest.half} bidders measured",
        "ranker\tnDCG@10\tof BM25\tR@20\tMRR",
        f"BM25\t{base.ndcg_at_10:.3f}\t1.00\t{base.recall_at_20:.3f}\t{base.reciprocal_rank:.3f}",
    ]
    scores = None
    for title, names in (("text", TEXT), ("and category, value, state", PORTABLE), ("and buyer, place", ALL)):
        scores = learn_and_rank(contest, found, names)
        it = figures(contest, scores)
        lines.append(
            f"{title}\t{it.ndcg_at_10:.3f}\t{it.ndcg_at_10 / base.ndcg_at_10:.2f}"
            f"\t{it.recall_at_20:.3f}\t{it.reciprocal_rank:.3f}"
        )
    if scores is not None:
        pairs = told_and_true(contest, scores)
        slope, offset = fit_chance(pairs[::2])
        told = [
            (1 / (1 + exp(-(slope * score + offset))), true)
            for bidder in pairs[1::2]
            for score, true in bidder
        ]
        lines.append(f"calibration error, fitted to every other bidder: {calibration_error(told):.4f}")
    return "\n".join(lines)
