"""What a notice asks for, out of its own description."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.reading.requirements import read_requirements
from ingest.reading.words import LONGEST_WORDS
from opportunities.parsed_notice import FieldOrigin, ParsedNotice, Requirement, RequirementKind

_KINDS = frozenset(RequirementKind)


def with_requirements(parsed: ParsedNotice) -> ParsedNotice:
    """The notice with what its description asks for, where its reader hasn't looked for that already."""
    text = parsed.facts.description
    if text and not (parsed.requirements or any(doubt.field in _KINDS for doubt in parsed.doubts)):
        place = next((origin.place for origin in parsed.origins if origin.field == "description"), "")
        read = read_requirements(text, place)
        if read.requirements or read.doubts:
            parsed = replace(parsed, requirements=read.requirements, doubts=(*parsed.doubts, *read.doubts))
    clause = joint_venture_clause(parsed.requirements)
    if clause is None or parsed.facts.is_joint_venture_allowed is not None:
        return parsed
    origin = FieldOrigin(
        "is_joint_venture_allowed", clause.place, clause.sentence[:LONGEST_WORDS], clause.confidence
    )
    return replace(
        parsed,
        facts=replace(parsed.facts, is_joint_venture_allowed=clause.is_allowed),
        origins=(*parsed.origins, origin),
    )


def joint_venture_clause(requirements: Iterable[Requirement]) -> Requirement | None:
    """The one that says whether companies may bid together."""
    clauses = (one for one in requirements if one.kind is RequirementKind.JOINT_VENTURE)
    return next((one for one in clauses if one.is_allowed is not None), None)
