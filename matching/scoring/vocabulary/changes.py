"""The shipped vocabulary and what the office changed in it, put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.scoring.vocabulary.reading import (
    VocabularyMistake,
    check_broader,
    check_slugs,
    check_terms,
    read_concept,
    read_shared_terms,
)
from matching.scoring.vocabulary.records import Concept, Domain


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A concept as a person writes it: terms that surely mean it, weak ones, and what it isn't."""

    slug: str
    domain: str
    name_sv: str
    name_en: str
    en: tuple[str, ...] = ()
    en_weak: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()
    sv_weak: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()  # the short form, and what it stands for in English
    not_these: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    broader: str = ""  # the slug of a concept that it is a kind of
    is_retired: bool = False  # known, and looked for no more

    @property
    def english_terms(self) -> tuple[str, ...]:
        """All that is looked for in tenders."""
        both = (text for pair in self.abbreviations for text in pair)
        return (*self.en, *self.en_weak, *both)


def entry_of(concept: Concept) -> ConceptEntry:
    """A concept of the vocabulary as a person would write it."""

    def texts(language: str, *, is_weak: bool) -> tuple[str, ...]:
        return tuple(
            term.text
            for term in concept.terms
            if term.language == language and (term.weight < 1) is is_weak and not term.is_abbreviation
        )

    short = [term.text for term in concept.terms if term.is_abbreviation]
    # They were read in one order: abbreviations, what they stand for, and then the other terms.
    long = texts("en", is_weak=False)[: len(short)]
    return ConceptEntry(
        concept.slug,
        concept.domain,
        concept.names["sv"],
        concept.names["en"],
        texts("en", is_weak=False)[len(short) :],
        texts("en", is_weak=True),
        texts("sv", is_weak=False),
        texts("sv", is_weak=True),
        tuple(zip(short, long, strict=True)),
        concept.not_these,
        concept.cpv_prefixes,
        concept.broader,
    )


def with_changes(shipped: Sequence[Domain], changes: Iterable[ConceptEntry]) -> tuple[Domain, ...]:
    """The shipped domains with each changed concept in place of its own, checked as at import.

    Raise ``VocabularyMistake`` where the whole would break a rule; nothing is changed then.
    """
    entries = {entry.slug: entry for entry in changes}
    for entry in entries.values():
        if entry.domain not in {domain.slug for domain in shipped}:
            raise VocabularyMistake(f"{entry.slug}: there is no domain {entry.domain}")
    domains = tuple(
        replace(
            domain,
            concepts=(
                *(concept for concept in domain.concepts if concept.slug not in entries),
                *(
                    _concept_of(entry)
                    for entry in entries.values()
                    if entry.domain == domain.slug and not entry.is_retired
                ),
            ),
        )
        for domain in shipped
    )
    check_slugs(domains)
    check_terms(domains, shared=read_shared_terms())
    check_broader(domains)
    return domains


def _concept_of(entry: ConceptEntry) -> Concept:
    if not entry.name_sv.strip() or not entry.name_en.strip():
        raise VocabularyMistake(f"{entry.slug}: no name")
    table = {
        "slug": entry.slug,
        "names": {"sv": entry.name_sv, "en": entry.name_en},
        "en": entry.en,
        "en_weak": entry.en_weak,
        "sv": entry.sv,
        "sv_weak": entry.sv_weak,
        "abbreviations": dict(entry.abbreviations),
        "not": entry.not_these,
        "cpv": entry.cpv,
        "broader": entry.broader,
    }
    return read_concept(table, domain=entry.domain)
