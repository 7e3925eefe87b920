"""What a few verdicts are worth: simulated from the judgements, measured on the tenders that remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.evaluation.measures import WORTH_CONSIDERING, Measures, mean, measure
from matching.evaluation.ranking import Corpus, rank
from matching.scoring.engine import PreparedWanted, chance_of
from matching.scoring.learning.feedback import lean, shift
from matching.scoring.learning.taste import Judged, learn, traits_of

# As many of the first stage's best as the second stage sees.
_CANDIDATES = 200

Grades = Mapping[str, int]
Ranking = Sequence[tuple[str, float]]


def verdicts_report(
    profiles: Mapping[str, PreparedWanted], corpus: Corpus, grades: Mapping[str, Grades], *, verdicts: int
) -> str:
    """Measure each ranking before and after so many verdicts; what they judged counts in neither."""
    before, after = [], []
    for name, profile in profiles.items():
        measured = _before_and_after(profile, corpus, grades.get(name, {}), verdicts=verdicts)
        if measured is not None:
            before.append(measured[0])
            after.append(measured[1])
    lines = [f"remaining tenders, {verdicts} verdicts\tn\tnDCG@10\tR@20cap\tMRR\tjudged@10"]
    lines += [_line(title, found) for title, found in (("before", before), ("after", after))]
    better = sum(late.ndcg_at_10 > early.ndcg_at_10 for early, late in zip(before, after, strict=True))
    worse = sum(late.ndcg_at_10 < early.ndcg_at_10 for early, late in zip(before, after, strict=True))
    return "\n".join([*lines, f"nDCG@10 rose for {better} and fell for {worse}"])


def simulated_verdicts(ranking: Ranking, grades: Grades, *, verdicts: int) -> dict[str, bool]:
    """What a company would say going down its list: relevant from grade 2, nothing for it at grade 0.

    It passes over what nobody judged and what lies in its field without being its own (grade 1).
    """
    plain = {tender: grades[tender] for tender, _ in ranking if grades.get(tender, 1) != 1}
    return {tender: grade >= WORTH_CONSIDERING for tender, grade in list(plain.items())[:verdicts]}


def reranked(
    profile: PreparedWanted, corpus: Corpus, ranking: Ranking, said: Mapping[str, bool]
) -> list[str]:
    """The tenders in the order that the verdicts give them, as the product's scores would."""
    taste = learn(
        [Judged(corpus.tenders[tender], relevant) for tender, relevant in said.items()], corpus.counts
    )
    if taste is None:
        return [tender for tender, _ in ranking]

    def moved(tender: str, margin: float) -> float:
        points = 100 * chance_of(profile, margin)
        return points + shift(points, lean(traits_of(corpus.tenders[tender], corpus.counts), taste))

    points = {tender: moved(tender, margin) for tender, margin in ranking}
    return sorted(points, key=lambda tender: (-points[tender], tender))


def _before_and_after(
    profile: PreparedWanted, corpus: Corpus, grades: Grades, *, verdicts: int
) -> tuple[Measures, Measures] | None:
    """None where nothing that is worth considering remains."""
    ranking = rank(profile, corpus, top=_CANDIDATES)
    said = simulated_verdicts(ranking, grades, verdicts=verdicts)
    remaining = {tender: grade for tender, grade in grades.items() if tender not in said}
    before = measure([tender for tender, _ in ranking if tender not in said], remaining)
    later = [tender for tender in reranked(profile, corpus, ranking, said) if tender not in said]
    after = measure(later, remaining)
    return None if before is None or after is None else (before, after)


def _line(title: str, measured: Sequence[Measures]) -> str:
    found = mean(measured)
    if found is None:
        return f"{title}\t0\t-\t-\t-\t-"
    figures = (found.ndcg_at_10, found.recall_at_20, found.reciprocal_rank, found.judged_at_10)
    return "\t".join([title, str(len(measured)), *(f"{figure:.3f}" for figure in figures)])
