"""Reads the domain files, and refuses what would make matching wrong in silence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from matching.scoring.vocabulary.records import Concept, Domain, Term

_FOLDER = Path(__file__).parent
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CONCEPT_KEYS = {"slug", "names", "en", "en_weak", "sv", "sv_weak", "abbreviations", "not", "cpv", "broader"}
_WEAK = 0.5


class VocabularyMistake(ValueError):
    """A domain file breaks a rule. The message names the file or the concept."""


def read_domains(folder: Path = _FOLDER) -> tuple[Domain, ...]:
    """Read every domain file, in the order of their names. Raise ``VocabularyMistake``."""
    domains = tuple(_read_domain(path) for path in sorted((folder / "domains").glob("*.toml")))
    check_slugs(domains)
    check_terms(domains, shared=read_shared_terms(folder))
    check_broader(domains)
    return domains


def read_shared_terms(folder: Path = _FOLDER) -> frozenset[str]:
    """The terms that are meant to stand in several concepts, in lower case."""
    return frozenset(tomllib.loads((folder / "shared.toml").read_text("utf-8"))["terms"])


def _read_domain(path: Path) -> Domain:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        slug = content["slug"]
        concepts = tuple(read_concept(table, domain=slug) for table in content["concepts"])
        domain = Domain(slug, _names(content["names"]), concepts)
    except (tomllib.TOMLDecodeError, KeyError) as mistake:
        raise VocabularyMistake(f"{path.name}: {mistake!r}") from mistake
    if path.stem != slug:
        raise VocabularyMistake(f"{path.name}: the slug is {slug}")
    return domain


def read_concept(table: Mapping[str, Any], *, domain: str) -> Concept:
    """A concept as a domain file writes it. Raise ``VocabularyMistake``."""
    slug = table["slug"]
    if unknown := set(table) - _CONCEPT_KEYS:
        raise VocabularyMistake(f"{slug}: unknown keys {sorted(unknown)}")
    abbreviations: Mapping[str, str] = table.get("abbreviations", {})
    terms = (
        *(
            Term(short, "en", 1.0, is_abbreviation=True, in_full=long)
            for short, long in abbreviations.items()
        ),
        *(Term(long, "en", 1.0) for long in abbreviations.values()),
        *(Term(text, "en", 1.0) for text in table["en"]),
        *(Term(text, "en", _WEAK) for text in table.get("en_weak", ())),
        *(Term(text, "sv", 1.0) for text in table["sv"]),
        *(Term(text, "sv", _WEAK) for text in table.get("sv_weak", ())),
    )
    for (language, text), times in Counter((t.language, t.text.casefold()) for t in terms).items():
        if times > 1:
            raise VocabularyMistake(f"{slug}: “{text}” ({language}) stands there {times} times")
    for language in ("en", "sv"):
        if not any(term.language == language and not term.is_abbreviation for term in terms):
            raise VocabularyMistake(f"{slug}: no term in {language}")
    return Concept(
        slug,
        domain,
        _names(table["names"]),
        terms,
        tuple(table.get("not", ())),
        tuple(table.get("cpv", ())),
        table.get("broader", ""),
    )


def _names(table: Mapping[str, str]) -> dict[str, str]:
    return {"sv": table["sv"], "en": table["en"]}


def check_slugs(domains: Iterable[Domain]) -> None:
    """A slug names one thing. Raise ``VocabularyMistake``."""
    slugs = [slug for domain in domains for slug in (domain.slug, *(c.slug for c in domain.concepts))]
    for slug, times in Counter(slugs).items():
        if times > 1:
            raise VocabularyMistake(f"{slug}: used {times} times")
        if not _SLUG.fullmatch(slug):
            raise VocabularyMistake(f"{slug}: not a slug")


def check_terms(domains: Iterable[Domain], *, shared: frozenset[str]) -> None:
    """A term means one concept, unless shared.toml says that it is meant to mean several."""
    owners: dict[tuple[str, str], list[str]] = {}
    for domain in domains:
        for concept in domain.concepts:
            for term in concept.terms:
                if not term.text.strip():
                    raise VocabularyMistake(f"{concept.slug}: an empty term")
                owners.setdefault((term.language, term.text.casefold()), []).append(concept.slug)
    for (_, text), slugs in owners.items():
        if len(slugs) > 1 and text not in shared:
            raise VocabularyMistake(f"“{text}” stands in {', '.join(slugs)} but not in shared.toml")


def check_broader(domains: Iterable[Domain]) -> None:
    """What is broader is a concept, and none is a kind of itself. Raise ``VocabularyMistake``."""
    above = {concept.slug: concept.broader for domain in domains for concept in domain.concepts}
    for slug, directly in above.items():
        seen, broader = {slug}, directly
        while broader:
            if broader not in above:
                raise VocabularyMistake(f"{slug}: there is no concept {broader} for it to be a kind of")
            if broader in seen:
                raise VocabularyMistake(f"{slug}: it would be a kind of itself")
            seen.add(broader)
            broader = above[broader]
