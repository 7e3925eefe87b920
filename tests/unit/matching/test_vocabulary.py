"""The vocabulary as it stands, and what the loader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.scoring.concepts import concepts_of_code, find_concepts
from matching.scoring.vocabulary import CONCEPTS, DOMAINS, Concept, Domain
from matching.scoring.vocabulary.reading import VocabularyMistake, read_domains

SOUND = """
slug = "ropes"
names = { sv = "Rep", en = "Ropes" }

[[concepts]]
slug = "knots"
names = { sv = "knopar", en = "knots" }
en = ["knot"]
sv = ["knop"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "domains").mkdir()
    (tmp_path / "shared.toml").write_text('terms = ["knot"]\n')
    (tmp_path / "domains" / "ropes.toml").write_text(SOUND, "utf-8")
    return tmp_path


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)
def test_each_domain_is_rich_in_both_languages(domain: Domain) -> None:
    terms = [term for concept in domain.concepts for term in concept.terms]

    assert domain.names.keys() == {"sv", "en"}
    assert sum(term.language == "en" for term in terms) >= 25
    assert sum(term.language == "sv" for term in terms) >= 25


@pytest.mark.parametrize("concept", CONCEPTS.values(), ids=lambda concept: concept.slug)
def test_each_term_finds_its_concept(concept: Concept) -> None:
    for term in concept.terms:
        found = {finding.concept for finding in find_concepts(term.text, term.language)}
        assert concept.slug in found, term.text


@pytest.mark.parametrize("concept", CONCEPTS.values(), ids=lambda concept: concept.slug)
def test_what_a_concept_is_not_does_not_find_it(concept: Concept) -> None:
    for text in concept.not_these:
        assert concept.slug not in {finding.concept for finding in find_concepts(text, "en")}, text


@pytest.mark.parametrize(
    ("short", "concept"),
    [
        ("ICCC", "city-command-centre"),
        ("ANPR", "traffic-enforcement"),
        ("ATCS", "traffic-management"),
        ("STP", "sewage-treatment"),
        ("CCMS", "street-lighting"),
        ("NRW", "leak-detection"),
        ("UPS", "backup-power"),
        ("GIS", "gis"),
        ("OFC", "optical-fibre"),
        ("DPR", "feasibility-design"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_abbreviations_mean_the_same_in_both_languages(short: str, concept: str, language: str) -> None:
    assert concept in {finding.concept for finding in find_concepts(f"{short} 2 x 40", language)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Lift irrigation scheme at two points", "lifts"),
        ("Setting up of a store", "backup-power"),
        ("33 kV GIS substation", "gis"),
        ("Fork lift of 3 tonnes", "lifts"),
        ("Public hearing", "printing-paper"),
    ],
)
def test_words_of_another_trade_are_not_confused(text: str, concept: str) -> None:
    assert concept not in {finding.concept for finding in find_concepts(text, "en")}


def test_words_apart_are_found_but_less_surely() -> None:
    (close,) = [f for f in find_concepts("sewage treatment plant", "en") if f.concept == "sewage-treatment"]
    (apart,) = [f for f in find_concepts("treatment of sewage", "en") if f.concept == "sewage-treatment"]

    assert close.sureness > apart.sureness > 0


def test_a_code_means_the_narrowest_concept() -> None:
    assert [slug for slug, _ in concepts_of_code("42416100-6")] == ["lifts"]
    assert concepts_of_code("") == []


def test_a_sound_folder_is_read(folder: Path) -> None:
    (domain,) = read_domains(folder)

    assert domain.concepts[0].slug == "knots"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('sv = ["knop"]', "sv = []", "no term in sv"),
        ('slug = "knots"', 'slug = "ropes"', "used 2 times"),
        ('slug = "knots"', 'slug = "Knots!"', "not a slug"),
        ('slug = "ropes"', 'slug = "cords"', "the slug is cords"),
        ('en = ["knot"]', 'en = ["knot", "Knot"]', "2 times"),
        ('en = ["knot"]', 'en = ["knot", " "]', "empty term"),
        ('en = ["knot"]', 'en = ["knot"]\nnott = ["reef"]', "unknown keys"),
        ('names = { sv = "Rep", en = "Ropes" }', 'names = { en = "Ropes" }', "sv"),
        ("[[concepts]]", "[[concepts", "ropes.toml"),
    ],
)
def test_a_mistake_stops_the_program_and_is_named(
    folder: Path, before: str, after: str, complaint: str
) -> None:
    (folder / "domains" / "ropes.toml").write_text(SOUND.replace(before, after), "utf-8")

    with pytest.raises(VocabularyMistake, match=complaint):
        read_domains(folder)


def test_a_term_in_two_concepts_must_be_declared(folder: Path) -> None:
    other = SOUND.replace('"ropes"', '"strings"').replace('"knots"', '"bows"').replace('"knop"', '"rosett"')
    (folder / "domains" / "strings.toml").write_text(other, "utf-8")
    assert len(read_domains(folder)) == 2

    (folder / "shared.toml").write_text("terms = []\n")
    with pytest.raises(VocabularyMistake, match="knot"):
        read_domains(folder)
