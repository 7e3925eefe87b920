"""How texts are taken apart, whatever their sentences ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.draft import NoticeDraft
from ingest.reading.requirements import RULES, read_requirements
from ingest.reading.requirements.notice import with_requirements
from opportunities.parsed_notice import FieldOrigin, ParsedNotice, RequirementKind
from tests.factories.notices import asking, parsed_notice
from tests.factories.requirements import turnover

TEXT = (
    "Supply of 400 sensors, incl. five years of service. Bidders need an average annual turnover of at least "
    "Rs. 15 Cr. in each of the last three FYs. No JV. The bidder must hold ISO 9001, ISO 27001 certificates."
)


def kinds(notice: ParsedNotice) -> list[RequirementKind]:
    return [one.kind for one in notice.requirements]


def test_every_kind_has_its_rule() -> None:
    assert {rule.kind for rule in RULES} == set(RequirementKind)


def test_each_requirement_keeps_its_own_sentence_word_for_word() -> None:
    found = read_requirements(TEXT, "row 3").requirements

    assert [(one.kind, one.name) for one in found] == [
        ("turnover", None),
        ("joint_venture", None),
        ("certification", "ISO 9001"),
        ("certification", "ISO 27001"),
    ]
    assert all(one.sentence in TEXT and one.place == "row 3" for one in found)
    assert found[1].sentence == "No JV."


WORDS = st.sampled_from(
    [
        "turnover",
        "Rs.",
        "15",
        "crore",
        "%",
        "30",
        "three",
        "(",
        ")",
        ":",
        ";",
        ".",
        "JV",
        "not",
        "allowed",
        "ISO",
        "9001",
        "similar",
        "work",
        "of",
        "one",
        "class",
        "I",
        "EMD",
        "at",
        "least",
        "bidder",
        "years",
        "experience",
        "local",
        "content",
        "shall\n•",
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_text_upsets_the_rules(text: str) -> None:
    read = read_requirements(text, "here")

    assert all(one.sentence in text for one in read.requirements)
    assert all(0 < one.confidence <= 1 for one in read.requirements)
    assert all(doubt.reason for doubt in read.doubts)


@pytest.mark.parametrize(
    ("cell", "kind", "name"),
    [
        ("Valid PAN and GST registration certificate", RequirementKind.REGISTRATION, "GST"),
        ("Class I-A registered contractor of the PWD", RequirementKind.REGISTRATION, "contractor class I-A"),
        ("Experience of similar works", RequirementKind.EXPERIENCE, None),
        ("ISO 9001 certified", RequirementKind.CERTIFICATION, "ISO 9001"),
    ],
)
def test_what_stands_under_eligibility_is_asked_for(
    cell: str, kind: RequirementKind, name: str | None
) -> None:
    draft = NoticeDraft("row 2")

    draft.read("eligibility", cell, "Pre Qualification Details")

    assert (kind, name, cell, "row 2, Pre Qualification Details") in [
        (one.kind, one.name, one.sentence, one.place) for one in draft.requirements
    ]


@pytest.mark.parametrize("cell", ["Please refer Tender documents.", "As per NIT", "NA"])
def test_a_cell_that_refers_to_the_documents_asks_for_nothing(cell: str) -> None:
    draft = NoticeDraft("row 2")

    draft.read("eligibility", cell, "Pre Qualification Details")

    assert (draft.requirements, draft.doubts, draft.facts) == ([], [], {})


def test_a_description_is_read_for_what_it_asks() -> None:
    origins = (FieldOrigin("description", "tender page, Work Description", TEXT[:300]),)
    notice = replace(parsed_notice(description=TEXT), origins=origins)

    read = with_requirements(notice)

    assert len(read.requirements) == 4
    assert {one.place for one in read.requirements} == {"tender page, Work Description"}
    assert read.facts.is_joint_venture_allowed is False
    assert read.origins[-1].words == "No JV."


def test_what_its_own_reader_has_found_is_not_read_twice() -> None:
    notice = asking(parsed_notice(description=TEXT), turnover(15))

    assert kinds(with_requirements(notice)) == [RequirementKind.TURNOVER]


def test_a_notice_that_states_the_joint_venture_itself_is_believed() -> None:
    notice = parsed_notice(description=TEXT, is_joint_venture_allowed=True)

    assert with_requirements(notice).facts.is_joint_venture_allowed is True
