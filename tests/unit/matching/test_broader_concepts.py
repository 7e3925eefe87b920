"""A concept may be a kind of another: a tender for the one speaks for a profile that names the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.scoring.engine import prepare_offered, prepare_wanted, score, subject_margin
from matching.scoring.first_stage import wanted_vector
from matching.scoring.records import NO_COUNTS, Offered, Wanted
from matching.scoring.vocabulary import CONCEPTS, SHIPPED
from matching.scoring.vocabulary.changes import ConceptEntry, entry_of, with_changes
from matching.scoring.vocabulary.in_force import Vocabulary, in_force
from matching.scoring.vocabulary.reading import VocabularyMistake
from matching.scoring.vocabulary.serialization import entry_from_json, entry_to_json

DOMAIN = SHIPPED.order[0].slug


def concept(slug: str, broader: str = "") -> ConceptEntry:
    """In a field of another kind than what it is broader or narrower than, so that the field says nothing."""
    return ConceptEntry(slug, DOMAIN, slug, slug, en=(slug,), sv=(f"{slug}sak",), broader=broader)


ENTRIES = (
    concept("gribbles"),
    replace(concept("wozzles", "gribbles"), domain=SHIPPED.order[1].slug),
    replace(concept("snarks", "wozzles"), domain=SHIPPED.order[2].slug),
)
VOCABULARY = Vocabulary("kinds", with_changes(SHIPPED.order, ENTRIES))


def margin(wants: str, offers: str) -> float:
    with in_force(VOCABULARY):
        wanted = prepare_wanted(Wanted("en", capabilities=(wants,)))
        return subject_margin(wanted, prepare_offered(Offered(f"Supply of {offers}")), NO_COUNTS)


def test_a_kind_of_what_is_named_counts_less_than_the_thing_and_more_than_the_reverse() -> None:
    assert margin("gribbles", "gribbles") > margin("gribbles", "wozzles") > margin("wozzles", "gribbles") > 0


def test_each_step_further_counts_less() -> None:
    assert margin("gribbles", "wozzles") > margin("gribbles", "snarks") > 0
    assert margin("wozzles", "gribbles") > margin("snarks", "gribbles") > 0


def test_two_kinds_of_one_thing_are_no_kinds_of_each_other() -> None:
    apart = (*ENTRIES, replace(concept("boojums", "gribbles"), domain=SHIPPED.order[3].slug))
    with in_force(Vocabulary("apart", with_changes(SHIPPED.order, apart))):
        wanted = prepare_wanted(Wanted("en", capabilities=("boojums",)))
        assert subject_margin(wanted, prepare_offered(Offered("Supply of wozzles")), NO_COUNTS) == 0


@pytest.mark.parametrize(
    ("wants", "offers", "kind"), [("gribbles", "snarks", "narrower"), ("snarks", "gribbles", "broader")]
)
def test_the_explanation_names_the_link(wants: str, offers: str, kind: str) -> None:
    with in_force(VOCABULARY):
        wanted = prepare_wanted(Wanted("en", capabilities=(wants,)))
        found = score(wanted, prepare_offered(Offered(f"Supply of {offers}")), NO_COUNTS)

    (evidence,) = next(part for part in found.parts if part.rule == "domain").evidence
    assert (evidence.offered, evidence.wanted, evidence.kind) == (offers, wants, kind)
    assert sum(part.points for part in found.parts) == found.points


def test_the_first_stage_finds_kinds_as_well() -> None:
    with in_force(VOCABULARY):
        terms = wanted_vector(prepare_wanted(Wanted("en", capabilities=("gribbles",)))).terms

    assert terms["concept:gribbles"] > terms["concept:wozzles"] > terms["concept:snarks"] > 0


@pytest.mark.parametrize(
    "entries",
    [
        (concept("gribbles", "gribbles"),),
        (concept("gribbles", "wozzles"), concept("wozzles", "gribbles")),
        (concept("gribbles", "nothing-there"),),
    ],
    ids=["of itself", "in a circle", "of nothing"],
)
def test_what_can_not_be_is_refused(entries: tuple[ConceptEntry, ...]) -> None:
    with pytest.raises(VocabularyMistake, match="a kind of"):
        with_changes(SHIPPED.order, entries)


def test_an_entry_keeps_what_it_is_a_kind_of_and_an_older_one_is_of_nothing() -> None:
    shipped = entry_of(next(concept for concept in CONCEPTS.values() if concept.broader))
    older = entry_to_json(shipped)
    del older["broader"]

    assert entry_from_json(entry_to_json(shipped)) == shipped
    assert entry_from_json(older).broader == ""
