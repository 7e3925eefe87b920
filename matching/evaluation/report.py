"""The figures of an evaluation, as a table to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matching.evaluation.calibrating import calibration_error, leaving_one_out
from matching.evaluation.measures import WORTH_CONSIDERING, Measures, mean, measure
from matching.evaluation.ranking import (
    Corpus,
    rank,
    strongest_field,
    without_strongest_concept,
    without_strongest_field,
)
from matching.scoring.engine import PreparedWanted, chance_of

_TOP = 100
# The second stage sees so many: whether their scores say the truth is what matters.
_CANDIDATES = 200

Grades = Mapping[str, Mapping[str, int]]
Ranking = Sequence[tuple[str, float]]


def report(profiles: Mapping[str, PreparedWanted], corpus: Corpus, grades: Grades) -> str:
    """Measure each ranking, as it is and with what the profile is most about unknown to the vocabulary."""
    rankings = {name: rank(profile, corpus, top=_CANDIDATES) for name, profile in profiles.items()}
    lines = ["group\tn\tnDCG@10\tR@20cap\tMRR\tjudged@10"]
    for title, strike_out in _STRUCK_OUT.items():
        ranked: Mapping[str, Ranking] = rankings
        if strike_out:
            ranked = {name: rank(*strike_out(found, corpus), top=_TOP) for name, found in profiles.items()}
        measured = {
            name: found
            for name, ranking in ranked.items()
            if (found := measure([tender for tender, _ in ranking[:_TOP]], grades.get(name, {})))
        }
        for group, belongs in _GROUPS.items():
            members = [found for name, found in measured.items() if belongs(profiles[name])]
            lines.append(_line(group + title, members))
    lines += _calibration(profiles, rankings, grades)
    return "\n".join(lines)


_STRUCK_OUT: dict[str, Callable[[PreparedWanted, Corpus], tuple[PreparedWanted, Corpus]] | None] = {
    "": None,
    ", strongest concept struck out": without_strongest_concept,
    ", strongest field struck out": without_strongest_field,
}

_GROUPS: dict[str, Callable[[PreparedWanted], bool]] = {
    "all": lambda _: True,
    "sv": lambda profile: profile.wanted.language == "sv",
    "en": lambda profile: profile.wanted.language != "sv",
}


def _line(group: str, members: Sequence[Measures]) -> str:
    found = mean(members)
    if found is None:
        return f"{group}\t0\t-\t-\t-\t-"
    figures = (found.ndcg_at_10, found.recall_at_20, found.reciprocal_rank, found.judged_at_10)
    return "\t".join([group, str(len(members)), *(f"{figure:.3f}" for figure in figures)])


def _calibration(
    profiles: Mapping[str, PreparedWanted], rankings: Mapping[str, Ranking], grades: Grades
) -> list[str]:
    pairs = {
        name: [(margin, grades[name].get(tender, 0) >= WORTH_CONSIDERING) for tender, margin in ranking]
        for name, ranking in rankings.items()
        if grades.get(name) and ranking
    }
    if not pairs:
        return []
    told = [
        (chance_of(profiles[name], margin), worth) for name, held in pairs.items() for margin, worth in held
    ]
    lines = [f"calibration error of the score, {_CANDIDATES} best of each: {calibration_error(told):.3f}"]
    if len(pairs) > 1:
        lines.append(f"the same, fitted to the other profiles: {leaving_one_out(pairs):.3f}")
        fields = {name: strongest_field(profiles[name]) or name for name in pairs}
        lines.append(
            f"the same, fitted to profiles of other fields ({len(set(fields.values()))} fields): "
            f"{leaving_one_out(pairs, fields):.3f}"
        )
    return lines
