"""A concept as the office wrote it, to and from the JSON that is stored."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from matching.scoring.vocabulary.changes import ConceptEntry

_LISTS = ("en", "en_weak", "sv", "sv_weak", "not_these", "cpv")


def entry_to_json(entry: ConceptEntry) -> dict[str, Any]:
    abbreviations = [list(pair) for pair in entry.abbreviations]
    lists = {name: list(getattr(entry, name)) for name in _LISTS}
    return asdict(entry) | lists | {"abbreviations": abbreviations}


def entry_from_json(content: dict[str, Any]) -> ConceptEntry:
    lists = {name: tuple(content[name]) for name in _LISTS}
    abbreviations = tuple((short, long) for short, long in content["abbreviations"])
    return ConceptEntry(**content | lists | {"abbreviations": abbreviations})
