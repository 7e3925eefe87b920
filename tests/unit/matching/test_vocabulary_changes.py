"""The shipped vocabulary with changes laid over it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.scoring.concepts import find_concepts
from matching.scoring.engine import SCORER_VERSION, prepare_wanted, scorer_version
from matching.scoring.records import Wanted
from matching.scoring.vocabulary import CONCEPTS, SHIPPED, Domain
from matching.scoring.vocabulary.changes import ConceptEntry, entry_of, with_changes
from matching.scoring.vocabulary.in_force import Vocabulary, in_force
from matching.scoring.vocabulary.reading import VocabularyMistake
from matching.scoring.vocabulary.serialization import entry_from_json, entry_to_json

GLOW = ConceptEntry(
    "glow-bollards",
    SHIPPED.order[0].slug,
    "Lysande pollare",
    "Glow bollards",
    en=("glow bollard",),
    sv=("lyspollare",),
    abbreviations=(("GLB", "glow lit bollard"),),
    not_these=("glow bollard museum",),
)


def changed(*entries: ConceptEntry, version: str = "") -> Vocabulary:
    return Vocabulary(version or str(hash(entries)), with_changes(SHIPPED.order, entries))


def found(text: str, language: str = "en") -> set[str]:
    return {finding.concept for finding in find_concepts(text, language)}


@pytest.mark.parametrize("domain", SHIPPED.order, ids=lambda domain: domain.slug)
def test_shipped_concepts_written_by_a_person_are_the_same(domain: Domain) -> None:
    entries = [entry_of(concept) for concept in domain.concepts]

    laid_over = changed(*entries)

    assert {slug: laid_over.concepts[slug] for slug in SHIPPED.concepts} == SHIPPED.concepts
    assert [entry_from_json(entry_to_json(entry)) for entry in entries] == entries


def test_an_added_concept_is_found_where_it_is_in_force_and_nowhere_else() -> None:
    with in_force(changed(GLOW)):
        assert "glow-bollards" in CONCEPTS
        assert "glow-bollards" in found("Supply of glow bollards")
        assert "glow-bollards" in found("Vi gör lyspollare", "sv")
        assert "glow-bollards" not in found("Glow bollard museum")

    assert "glow-bollards" not in CONCEPTS
    assert "glow-bollards" not in found("Supply of glow bollards")


def test_a_retired_concept_is_looked_for_no_more() -> None:
    slug, concept = next(iter(SHIPPED.concepts.items()))
    retired = replace(entry_of(concept), is_retired=True)

    with in_force(changed(retired)):
        assert slug not in CONCEPTS
        assert slug not in found(concept.terms[0].text)
    assert slug in found(concept.terms[0].text)


def test_a_term_taken_away_is_no_longer_among_the_words_of_a_profile() -> None:
    other = replace(GLOW, en=("light post",), abbreviations=(), not_these=())
    wanted = Wanted("sv", capabilities=("Vi gör lyspollare",))

    with in_force(changed(GLOW)):
        before = prepare_wanted(wanted)
    with in_force(changed(other)):
        after = prepare_wanted(wanted)

    assert "glow" in before.words
    assert "glow" not in after.words


def test_the_scorer_s_version_names_the_vocabulary() -> None:
    assert scorer_version() == SCORER_VERSION
    with in_force(changed(GLOW, version="7")):
        assert scorer_version() == f"{SCORER_VERSION}+7"


def _term_of_another() -> str:
    terms = SHIPPED.order[1].concepts[0].terms
    return next(term.text for term in terms if term.language == "en" and not term.is_abbreviation)


@pytest.mark.parametrize(
    "entry",
    [
        replace(GLOW, domain="no-such-domain"),
        replace(GLOW, name_sv=" "),
        replace(GLOW, en=(), abbreviations=()),
        replace(GLOW, sv=()),
        replace(GLOW, en=("glow bollard", "Glow Bollard")),
        replace(GLOW, slug="Glow Bollards"),
        replace(GLOW, slug=SHIPPED.order[0].slug),
        replace(GLOW, en=(_term_of_another(),)),
    ],
    ids=["domain", "name", "no English", "no Swedish", "twice", "slug", "slug of a domain", "another's term"],
)
def test_what_would_break_a_rule_is_refused(entry: ConceptEntry) -> None:
    with pytest.raises(VocabularyMistake):
        changed(entry)
