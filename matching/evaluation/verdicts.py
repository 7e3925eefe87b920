"""What a few verdicts are worth: simulated from the judgements, measured on the tenders that remain."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from matching.evaluation.measures import WORTH_CONSIDERING, measure
from matching.evaluation.ranking import Corpus, rank
from matching.evaluation.rises import HEADER, Rise, tell
from matching.scoring.engine import PreparedWanted, chance_of
from matching.scoring.learning.feedback import lean, shift
from matching.scoring.learning.taste import Judged, Traits, learn, traits_of

# As many of the first stage's best as the second stage sees.
_CANDIDATES = 200
# A company looks at so many of those that say something, and judges a few of them, here and there.
_LOOKED_AT = 20
_DRAWS = 50

Grades = Mapping[str, int]
Ranking = Sequence[tuple[str, float]]
Said = Mapping[str, bool]


def verdicts_report(
    profiles: Mapping[str, PreparedWanted], corpus: Corpus, grades: Mapping[str, Grades], *, verdicts: int
) -> str:
    """Measure each ranking before and after so many verdicts; what they judged counts in neither."""
    from_top, drawn = [], []
    for name, profile in profiles.items():
        lists = _JudgedList(profile, corpus, grades.get(name, {}))
        from_top += [rise for rise in [lists.rise([lists.from_top(verdicts)])] if rise]
        drawn += [rise for rise in [lists.rise(list(lists.drawn(verdicts)))] if rise]
    return "\n".join(
        [
            f"nDCG@10 of what remains, {verdicts} verdicts\t{HEADER}",
            tell("the first of the list", from_top),
            tell(f"drawn from the first {_LOOKED_AT}, {_DRAWS} times", drawn),
        ]
    )


def simulated_verdicts(ranking: Ranking, grades: Grades) -> dict[str, bool]:
    """What a company would say going down its list: relevant from grade 2, nothing for it at grade 0.

    It passes over what nobody judged and what lies in its field without being its own (grade 1).
    """
    return {
        tender: grades[tender] >= WORTH_CONSIDERING for tender, _ in ranking if grades.get(tender, 1) != 1
    }


def reranked(
    profile: PreparedWanted,
    corpus: Corpus,
    ranking: Ranking,
    said: Said,
    traits: Mapping[str, Traits] | None = None,
) -> list[str]:
    """The tenders in the order that the verdicts give them, as the product's scores would.

    ``traits`` are those of the ranking's tenders, where they are known.
    """
    known = traits or {}
    judged = [Judged(corpus.tenders[tender], relevant) for tender, relevant in said.items()]
    taste = learn(judged, profile, corpus.counts)
    if taste is None:
        return [tender for tender, _ in ranking]

    def moved(tender: str, margin: float) -> float:
        points = 100 * chance_of(profile, margin)
        own = known.get(tender) or traits_of(corpus.tenders[tender], corpus.counts)
        return points + shift(points, lean(own, taste))

    points = {tender: moved(tender, margin) for tender, margin in ranking}
    return sorted(points, key=lambda tender: (-points[tender], tender))


class _JudgedList:
    """One company's list, and what is known of it."""

    def __init__(self, profile: PreparedWanted, corpus: Corpus, grades: Grades) -> None:
        self._profile, self._corpus, self._grades = profile, corpus, grades
        self._ranking = rank(profile, corpus, top=_CANDIDATES) if grades else []
        self._plain = simulated_verdicts(self._ranking, grades)
        self._traits = {
            tender: traits_of(corpus.tenders[tender], corpus.counts) for tender, _ in self._ranking
        }

    def from_top(self, verdicts: int) -> Said:
        return dict(list(self._plain.items())[:verdicts])

    def drawn(self, verdicts: int) -> Iterator[Said]:
        """By chance, the same every time."""
        chance = random.Random(_DRAWS)  # noqa: S311  # for an order, not for a secret
        looked_at = list(self._plain.items())[:_LOOKED_AT]
        for _ in range(_DRAWS):
            yield dict(chance.sample(looked_at, min(verdicts, len(looked_at))))

    def rise(self, every: Sequence[Said]) -> Rise | None:
        """The mean over some sets of verdicts; None where nothing that is worth considering remains."""
        found = [rise for said in every if (rise := self._rise(said))]
        if not found:
            return None
        return Rise(
            *(sum(values) / len(found) for values in zip(*((r.before, r.after) for r in found), strict=True))
        )

    def _rise(self, said: Said) -> Rise | None:
        remaining = {tender: grade for tender, grade in self._grades.items() if tender not in said}
        order = reranked(self._profile, self._corpus, self._ranking, said, self._traits)
        before = measure([tender for tender, _ in self._ranking if tender not in said], remaining)
        after = measure([tender for tender in order if tender not in said], remaining)
        return None if before is None or after is None else Rise(before.ndcg_at_10, after.ndcg_at_10)
