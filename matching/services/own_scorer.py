"""One profile's score of a tender, as it stands in its list and as every page tells it."""

from __future__ import annotations

from dataclasses import dataclass

from matching.scoring.engine import PreparedOffered, PreparedWanted, score
from matching.scoring.learning.feedback import with_feedback
from matching.scoring.learning.taste import Taste
from matching.scoring.records import Score, TermCounts


@dataclass(frozen=True, slots=True)
class OwnScorer:
    """What a profile wants, what its company's verdicts teach, and how rare words are."""

    wanted: PreparedWanted
    taste: Taste | None
    counts: TermCounts

    def score(self, offered: PreparedOffered) -> Score:
        return with_feedback(score(self.wanted, offered, self.counts), self.taste, offered, self.counts)
