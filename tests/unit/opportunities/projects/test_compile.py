from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from opportunities.parsed_notice import Stage
from opportunities.projects.compile import compile_project
from opportunities.projects.records import Confidence, ProjectFacts, ProjectStatus, Told, status_of

APRIL, OCTOBER = date(2027, 4, 1), date(2027, 10, 1)
PROCESS = ProjectFacts(title="Leakage", stage=Stage.DPR, tender_expected_from=APRIL)


def told(day: int, **said: object) -> Told:
    return Told(datetime(2026, 11, day, tzinfo=UTC), ProjectFacts(**said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stage", "confidence"),
    [
        (None, Confidence.LOW),
        (Stage.IDENTIFIED, Confidence.LOW),
        (Stage.DPR, Confidence.MEDIUM),
        (Stage.FUNDED, Confidence.HIGH),
    ],
)
def test_how_far_a_project_has_come_says_what_its_date_is_worth(
    stage: Stage | None, confidence: Confidence
) -> None:
    process = ProjectFacts(title="Leakage", stage=stage, tender_expected_from=APRIL)

    assert compile_project(process, [], is_quarter_unsure=False).confidence is confidence


def test_a_quarter_that_was_read_with_doubt_is_worth_little() -> None:
    assert compile_project(PROCESS, [], is_quarter_unsure=True).confidence is Confidence.LOW


def test_where_no_quarter_is_told_there_is_nothing_to_be_sure_of() -> None:
    process = ProjectFacts(title="Leakage", stage=Stage.FUNDED)

    assert compile_project(process, [], is_quarter_unsure=False).confidence is None


def test_the_office_s_word_counts_and_its_latest_most() -> None:
    said = [
        told(3, funding="State budget", contact="GM Water"),
        told(1, funding="Not settled", confidence=Confidence.HIGH, tender_expected_from=APRIL),
    ]

    for order in permutations(said):
        facts = compile_project(PROCESS, order, is_quarter_unsure=True)
        assert (facts.funding, facts.contact, facts.confidence) == (
            "State budget",
            "GM Water",
            Confidence.HIGH,
        )


def test_its_confidence_goes_with_the_quarter_it_was_about() -> None:
    said = [told(1, confidence=Confidence.HIGH, basis="The council", tender_expected_from=OCTOBER)]

    facts = compile_project(PROCESS, said, is_quarter_unsure=False)

    assert (facts.confidence, facts.basis) == (Confidence.MEDIUM, None)


def test_once_tendered_what_was_foretold_stays() -> None:
    before = compile_project(PROCESS, [], is_quarter_unsure=False)
    tender = ProjectFacts(title="NIT 17: leak detection", stage=Stage.TENDER)

    after = compile_project(tender, [], is_quarter_unsure=False, before=before)

    assert (after.title, after.stage, after.tender_expected_from, after.confidence) == (
        "Leakage",
        Stage.TENDER,
        APRIL,
        Confidence.MEDIUM,
    )


@pytest.mark.parametrize(
    ("stage", "is_tendered", "status"),
    [
        (None, False, ProjectStatus.IDENTIFICATION),
        (Stage.IDENTIFIED, False, ProjectStatus.IDENTIFICATION),
        (Stage.DPR, False, ProjectStatus.PREPARATION),
        (Stage.FUNDED, False, ProjectStatus.PREPARATION),
        (Stage.FUNDED, True, ProjectStatus.IMPLEMENTATION),
        (Stage.TENDER, False, ProjectStatus.IMPLEMENTATION),
        (Stage.CANCELLED, True, ProjectStatus.CANCELLED),
    ],
)
def test_each_stage_has_a_status_of_the_standard(
    stage: Stage | None, *, is_tendered: bool, status: ProjectStatus
) -> None:
    assert status_of(stage, is_tendered=is_tendered) is status
