from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from opportunities.parsed_notice import Stage
from opportunities.projects.records import OFFICE_ONLY, Confidence, ProjectFacts, Told, is_before_tender

NOTHING = ProjectFacts()
# Where nobody says: how far a project has come is what its date rests on.
_CONFIDENCE_AT = {
    Stage.DPR: Confidence.MEDIUM,
    Stage.FUNDED: Confidence.HIGH,
    Stage.RFI: Confidence.HIGH,
}
_ABOUT_THE_QUARTER = ("confidence", "basis")


def compile_project(
    process: ProjectFacts, told: Iterable[Told], *, is_quarter_unsure: bool, before: ProjectFacts = NOTHING
) -> ProjectFacts:
    """Return what is known of a project: what its process's notices say, and what the office alone says.

    ``before`` is what was known before. Once it is tendered or called off only its stage goes on: what was
    foretold stays, to be held against what came. The office's confidence is about the quarter that stood
    when it spoke; when another is told it counts no longer, and the stage decides.
    """
    is_early = is_before_tender(process.stage)
    foretold = process if is_early or before.title is None else replace(before, stage=process.stage)
    facts = replace(foretold, **_said_by_the_office(told, foretold))
    if facts.confidence is None:
        derived = _derived(facts, is_quarter_unsure=is_quarter_unsure) if is_early else before.confidence
        facts = replace(facts, confidence=derived)
    return facts


def _said_by_the_office(told: Iterable[Told], foretold: ProjectFacts) -> dict[str, Any]:
    """Its latest word on each thing that it alone says; None where it has said nothing that holds."""
    own: dict[str, Any] = dict.fromkeys(OFFICE_ONLY)
    for word in sorted(told, key=lambda word: word.at):
        is_of_this_quarter = word.said.tender_expected_from in (None, foretold.tender_expected_from)
        for name in OFFICE_ONLY:
            value = getattr(word.said, name)
            if value is not None and (name not in _ABOUT_THE_QUARTER or is_of_this_quarter):
                own[name] = value
    return own


def _derived(facts: ProjectFacts, *, is_quarter_unsure: bool) -> Confidence | None:
    if facts.tender_expected_from is None:
        return None
    if is_quarter_unsure or facts.stage is None:
        return Confidence.LOW
    return _CONFIDENCE_AT.get(facts.stage, Confidence.LOW)
