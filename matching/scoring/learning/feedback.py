"""What a company's verdicts add to a score, as a part of its own that says because of what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.scoring.calibration import from_log_odds, log_odds
from matching.scoring.learning.taste import Taste, Traits, Weights, dot, traits_of
from matching.scoring.prepare import PreparedOffered
from matching.scoring.records import Evidence, Part, Score, TermCounts, Verdict

RULE = "feedback"
# So much a company's verdicts may move a score, up or down, in log-odds: from 31 points to 65 or back, and
# less where the score is surer. What the texts say stays in charge.
MOST_LEANING = 1.5
MOST_FEEDBACK = 35


@dataclass(frozen=True, slots=True)
class Because:
    """What a tender has in common with judged ones most, and with how many."""

    judged: int
    evidence: Evidence


def with_feedback(score: Score, taste: Taste | None, offered: PreparedOffered, counts: TermCounts) -> Score:
    """The score with what the company's verdicts add to it; unchanged where they add nothing.

    A tender that has nothing in common with the profile isn't lifted: verdicts order a list, and don't
    widen it.
    """
    if taste is None or score.points <= 0:
        return score
    traits = traits_of(offered, counts)
    points = round(shift(score.points, lean(traits, taste)))
    if not points:
        return score
    part = _part(points, because(traits, offered, taste, towards=points > 0))
    return replace(score, points=score.points + points, parts=(*score.parts, part))


def lean(traits: Traits, taste: Taste) -> float:
    """In log-odds: below 0 for what is like what was dismissed, above 0 like what was called relevant."""
    pull = dot(traits.concepts, taste.pull.concepts) + dot(traits.words, taste.pull.words)
    if traits.vector is not None and taste.pull.vector is not None:
        pull += float(traits.vector @ taste.pull.vector)
    return max(-MOST_LEANING, min(MOST_LEANING, pull))


def shift(points: float, leaning: float) -> float:
    """By how much a score of so many points is moved. It stays between 0 and 100, and keeps its order."""
    odds = log_odds(points)
    moved = from_log_odds(odds + leaning) - from_log_odds(odds)
    return max(-points, min(100 - points, moved))


def because(traits: Traits, offered: PreparedOffered, taste: Taste, *, towards: bool) -> Because | None:
    """The concept that speaks most for the shift, or the word where no concept does; None where only
    the meaning does."""
    held, sign = (taste.relevant, 1) if towards else (taste.dismissed, -1)
    slug = _strongest(traits.concepts, taste.pull.concepts, sign)
    if slug in held.concepts:
        return Because(held.concepts[slug], Evidence(offered.concepts[slug].text, "", slug))
    stem = _strongest(traits.words, taste.pull.words, sign)
    if stem in held.words:
        return Because(held.words[stem], Evidence(offered.words[stem].text, ""))
    return None


def _part(points: int, found: Because | None) -> Part:
    kind = "relevant" if points > 0 else "dismissed"
    return Part(
        RULE,
        points,
        MOST_FEEDBACK,
        Verdict.FITS if points > 0 else Verdict.GAP,
        (found.evidence,) if found else (),
        ((kind, str(found.judged if found else 0)),),
    )


def _strongest(own: Weights, pull: Weights, sign: int) -> str:
    """What pulls most in a direction; "" where nothing does."""
    speaks = {key: sign * weight * pull[key] for key, weight in own.items() if key in pull}
    best = max(sorted(speaks), key=lambda key: speaks[key], default="")
    return best if best and speaks[best] > 0 else ""
