from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A way of naming a concept."""

    text: str
    language: str  # "en" or "sv"
    weight: float  # 0–1: how surely it means the concept
    is_abbreviation: bool = False  # the same in both languages
    in_full: str = ""  # what an abbreviation stands for


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that is bought and sold under several names."""

    slug: str
    domain: str
    names: dict[str, str]  # by language
    terms: tuple[Term, ...]
    # English phrases that hold one of the terms and mean something else
    not_these: tuple[str, ...]
    cpv_prefixes: tuple[str, ...]
    broader: str = ""  # the slug of a concept that this one is a kind of


@dataclass(frozen=True, slots=True)
class Domain:
    """A field of the market that companies choose from a list."""

    slug: str
    names: dict[str, str]
    concepts: tuple[Concept, ...]
