"""What a company's verdicts add to a score, as a part of its own that says because of what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.scoring.learning.taste import Leaning, Taste, Traits, Weights, shares_for, traits_of
from matching.scoring.prepare import PreparedOffered
from matching.scoring.records import Evidence, Part, Score, TermCounts, Verdict

RULE = "feedback"
# So much a company's verdicts may move a score, up or down. What the texts say stays in charge.
MOST_FEEDBACK = 12
_STRENGTH = 3.0


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
    """From -1, like what was dismissed, to 1, like what was called relevant."""
    difference = _likeness(traits, taste.towards) - _likeness(traits, taste.away)
    return max(-1.0, min(1.0, _STRENGTH * difference))


def shift(points: float, leaning: float) -> float:
    """By how much a score of so many points is moved. It stays between 0 and 100, and keeps its order."""
    room = 100 - points if leaning > 0 else points
    return leaning * min(MOST_FEEDBACK, room)


def because(traits: Traits, offered: PreparedOffered, taste: Taste, *, towards: bool) -> Because | None:
    """The concept that speaks most for the shift, or the word where no concept does; None where only
    the meaning does."""
    near, far = (taste.towards, taste.away) if towards else (taste.away, taste.towards)
    slug = _strongest(traits.concepts, near.traits.concepts, far.traits.concepts)
    if slug is not None:
        return Because(near.concept_counts[slug], Evidence(offered.concepts[slug].text, "", slug))
    stem = _strongest(traits.words, near.traits.words, far.traits.words)
    if stem is not None:
        return Because(near.word_counts[stem], Evidence(offered.words[stem].text, ""))
    return None


def _likeness(traits: Traits, leaning: Leaning) -> float:
    concepts, words, meaning = shares_for(traits, leaning)
    likeness = concepts * _dot(traits.concepts, leaning.traits.concepts)
    likeness += words * _dot(traits.words, leaning.traits.words)
    if meaning and traits.vector is not None and leaning.traits.vector is not None:
        likeness += meaning * float(traits.vector @ leaning.traits.vector)
    return likeness


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


def _strongest(own: Weights, near: Weights, far: Weights) -> str | None:
    speaks = {key: weight * (near[key] - far.get(key, 0.0)) for key, weight in own.items() if key in near}
    best = max(sorted(speaks), key=lambda key: speaks[key], default=None)
    return best if best is not None and speaks[best] > 0 else None


def _dot(some: Weights, others: Weights) -> float:
    smaller, larger = sorted((some, others), key=len)
    return sum(weight * larger.get(key, 0.0) for key, weight in smaller.items())
