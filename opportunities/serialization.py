"""ParsedNotice and its parts to and from JSON, with a stable hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from opportunities.compile import REQUIREMENTS, Change
from opportunities.parsed_notice import (
    Doubt,
    FieldOrigin,
    Moment,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    RequirementKind,
    Stage,
    unsure_facts,
)
from opportunities.projects.likeness import GroundFound, LinkGround
from opportunities.projects.records import PROJECT_FACTS, Confidence, ProjectFacts
from opportunities.ruled import Ruled, RuledFact, RuledRequirement
from opportunities.sameness.compare import Compared, Relation
from portal.lib.money import Money

Json = dict[str, Any]


def _money(value: Json) -> Money:
    return Money(Decimal(value["amount"]), value["currency"])


def _moment(value: Json) -> Moment:
    return Moment(datetime.fromisoformat(value["at"]), value["has_time"])


# How a fact that isn't plain text, a number or a truth value comes back from JSON.
_READERS: dict[str, Callable[[Any], object]] = {
    "stage": Stage,
    "value": _money,
    "value_until": _money,
    "bid_security": _money,
    "document_fee": _money,
    "documents_from": _moment,
    "documents_until": _moment,
    "enquiry_deadline": _moment,
    "prebid_at": _moment,
    "submission_from": _moment,
    "submission_deadline": _moment,
    "opening_at": _moment,
    "tender_expected_from": date.fromisoformat,
    "tender_expected_until": date.fromisoformat,
    "confidence": Confidence,
    "organisation_chain": tuple,
    "classification_codes": tuple,
    REQUIREMENTS: tuple,  # in a change: sentences
}
# How a requirement's columns come back from JSON, where that takes more than taking them.
_REQUIREMENT_READERS: dict[str, Callable[[Any], Any]] = {
    "kind": RequirementKind,
    "amount": _money,
    "share": Decimal,
}
_REQUIREMENT_NAMES = tuple(field.name for field in fields(Requirement))
_FACT_NAMES = tuple(field.name for field in fields(OpportunityFacts))


def value_to_json(value: object) -> object:
    """One fact in JSON: money as amount and currency, moments as ISO 8601 and whether a time was stated."""
    match value:
        case Money():
            return {"amount": str(value.amount), "currency": value.currency}
        case Moment():
            return {"at": value.at.isoformat(), "has_time": value.has_time}
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple():
            return list(value)
        case _:
            return value


def value_from_json(name: str, value: Any) -> Any:
    """The inverse of ``value_to_json`` for the fact called ``name``."""
    read = _READERS.get(name)
    return value if value is None or read is None else read(value)


def facts_to_json(facts: OpportunityFacts) -> Json:
    """Stated facts only: what is not stated is left out."""
    stated = ((name, getattr(facts, name)) for name in _FACT_NAMES)
    return {name: value_to_json(value) for name, value in stated if value is not None}


def facts_from_json(content: Json) -> OpportunityFacts:
    # As value_from_json has it, which files of a hundred thousand notices would call a million times.
    stated: Json = {
        name: value if value is None or (read := _READERS.get(name)) is None else read(value)
        for name, value in content.items()
    }
    return OpportunityFacts(**stated)


def notice_to_json(parsed: ParsedNotice) -> Json:
    """What the notice says. Of where it was read only a requirement's place, which the hash leaves out."""
    content: Json = {
        "publisher": parsed.publisher,
        "process_id": parsed.process_id,
        "notice_id": parsed.notice_id,
        "kind": str(parsed.kind),
        "published_at": parsed.published_at.isoformat() if parsed.published_at else None,
        "facts": facts_to_json(parsed.facts),
    }
    if unsure := unsure_facts(parsed):
        content["unsure"] = sorted(unsure)
    if parsed.requirements:
        content[REQUIREMENTS] = [requirement_to_json(requirement) for requirement in parsed.requirements]
    return content


def requirement_to_json(requirement: Requirement) -> Json:
    """Only what the sentence says: the rest is left out."""
    stated = ((name, getattr(requirement, name)) for name in _REQUIREMENT_NAMES)
    return {name: value_to_json(value) for name, value in stated if value is not None}


def requirement_from_json(content: Json) -> Requirement:
    return Requirement(
        **{
            name: _REQUIREMENT_READERS[name](value) if name in _REQUIREMENT_READERS else value
            for name, value in content.items()
        }
    )


def notice_from_json(content: Json) -> ParsedNotice:
    published_at = content["published_at"]
    return ParsedNotice(
        publisher=content["publisher"],
        process_id=content["process_id"],
        notice_id=content["notice_id"],
        kind=NoticeKind(content["kind"]),
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        facts=facts_from_json(content["facts"]),
        unsure=frozenset(content.get("unsure", ())),
        requirements=tuple(requirement_from_json(row) for row in content.get(REQUIREMENTS, ())),
    )


def ruled_from_json(notice_id: str, field: str, read: Any, value: Any) -> Ruled:
    """A ruling as it is kept: under a fact's name, or under that of all requirements."""
    if field == REQUIREMENTS:
        return RuledRequirement(
            notice_id,
            requirement_from_json(read) if read else None,
            requirement_from_json(value) if value else None,
        )
    return RuledFact(notice_id, field, value_from_json(field, read), value_from_json(field, value))


def changes_to_json(changes: tuple[Change, ...]) -> list[Json]:
    return [
        {"field": c.field, "before": value_to_json(c.before), "after": value_to_json(c.after)}
        for c in changes
    ]


def changes_from_json(content: list[Json]) -> tuple[Change, ...]:
    return tuple(
        Change(c["field"], value_from_json(c["field"], c["before"]), value_from_json(c["field"], c["after"]))
        for c in content
    )


def origins_to_json(origins: tuple[FieldOrigin, ...]) -> list[list[Any]]:
    """Short rows, for there are thirty to a notice: field, place, words, confidence."""
    return [[o.field, o.place, o.words, o.confidence] for o in origins]


def origins_from_json(content: list[list[Any]]) -> tuple[FieldOrigin, ...]:
    return tuple(FieldOrigin(*row) for row in content)


def doubts_to_json(doubts: tuple[Doubt, ...]) -> list[list[str]]:
    return [[d.field, d.place, d.words, d.reason] for d in doubts]


def doubts_from_json(content: list[list[str]]) -> tuple[Doubt, ...]:
    return tuple(Doubt(*row) for row in content)


def content_hash(content: Json) -> str:
    """Of what is said, and not of where, so that the same words in another row are equal."""
    if REQUIREMENTS in content:
        said = [{**row, "place": ""} for row in content[REQUIREMENTS]]
        content = {**content, REQUIREMENTS: said}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def compared_to_json(fields: tuple[Compared, ...]) -> list[list[Any]]:
    return [[c.field, str(c.relation), c.likeness] for c in fields]


def compared_from_json(content: list[list[Any]]) -> tuple[Compared, ...]:
    return tuple(Compared(field, Relation(relation), likeness) for field, relation, likeness in content)


def project_facts_to_json(facts: ProjectFacts) -> Json:
    """Stated facts only: what is not stated is left out."""
    stated = ((name, getattr(facts, name)) for name in PROJECT_FACTS)
    return {name: value_to_json(value) for name, value in stated if value is not None}


def project_facts_from_json(content: Json) -> ProjectFacts:
    return ProjectFacts(**{name: value_from_json(name, value) for name, value in content.items()})


def grounds_to_json(grounds: tuple[GroundFound, ...]) -> list[list[Any]]:
    return [[str(found.ground), found.points, list(found.words)] for found in grounds]


def grounds_from_json(content: list[list[Any]]) -> tuple[GroundFound, ...]:
    return tuple(GroundFound(LinkGround(ground), points, tuple(words)) for ground, points, words in content)
