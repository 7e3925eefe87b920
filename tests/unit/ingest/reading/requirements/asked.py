"""What is read out of a sentence, short enough for tables."""

from __future__ import annotations

from ingest.reading.requirements import read_sentence
from opportunities.parsed_notice import CONFIDENT, Requirement, RequirementKind
from portal.lib.money import CRORE, Money


def read(sentence: str, kind: RequirementKind) -> list[dict[str, object]]:
    """Of that kind: what is stated of each, amounts in crore, shares in percent."""
    found = read_sentence(sentence, "here").requirements
    return [stated(one) for one in found if one.kind is kind]


def stated(one: Requirement) -> dict[str, object]:
    told: dict[str, object] = {
        "crore": _crore(one.amount),
        "percent": None if one.share is None else float(one.share * 100),
        "years": one.years,
        "count": one.count,
        "name": one.name,
        "is_allowed": one.is_allowed,
        "unsure": True if one.confidence < CONFIDENT else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _crore(money: Money | None) -> float | str | None:
    if money is None:
        return None
    return float(money.amount / CRORE) if money.currency == "INR" else str(money)


def doubted(sentence: str) -> dict[str, str]:
    """What seems asked for and couldn't be read: kinds and reasons."""
    return {doubt.field: doubt.reason for doubt in read_sentence(sentence, "here").doubts}
