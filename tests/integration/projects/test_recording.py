"""What comes in about an early stage becomes a project, and what it says follows it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from opportunities.canary import CANARY_PUBLISHER
from opportunities.models import Project, ProjectRevision
from opportunities.parsed_notice import NoticeKind, Stage
from opportunities.project_selectors import project_history, visible_projects
from opportunities.services import (
    disclose_opportunity,
    merge_opportunities,
    pending_projects,
    record_project,
    split_opportunity,
    withdraw_disclosure,
)
from opportunities.tasks import record_pending_projects
from portal.accounts.models import Company, User
from tests.factories.opportunities import OpportunityFactory
from tests.integration.projects.world import APRIL, JULY, OCTOBER, early, project_told_in, record, tender

pytestmark = pytest.mark.django_db

LATER = timedelta(days=1)


def test_an_early_stage_becomes_a_project_with_what_its_notice_told(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)

    assert (project.city, project.scheme, project.tender_expected_from) == ("Madurai", "AMRUT 2.0", APRIL)
    assert (project.status, project.confidence, project.is_early_stage) == ("preparation", "medium", True)


def test_a_tender_that_nobody_told_of_early_has_no_project(noon: datetime) -> None:
    opportunity = record(tender(), at=noon)

    assert record_project(opportunity.pk, now=noon) is None
    assert pending_projects(count=10) == []


def test_a_canary_has_no_project() -> None:
    canary = OpportunityFactory.create(publisher=CANARY_PUBLISHER, stage=Stage.IDENTIFIED)

    assert record_project(canary.pk, now=timezone.now()) is None
    assert pending_projects(count=10) == []


def test_twice_is_once(noon: datetime) -> None:
    opportunity = record(early(), at=noon)

    for _ in range(2):
        record_project(opportunity.pk, now=noon)

    assert (Project.objects.count(), ProjectRevision.objects.count()) == (1, 1)


def test_a_later_bulletin_moves_the_quarter_and_leaves_a_trace(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)

    project_told_in(early(9, tender_expected_from=OCTOBER), at=noon + LATER)

    project.refresh_from_db()
    (_, moved) = project_history([project.pk])[project.pk]
    assert project.tender_expected_from == OCTOBER
    assert {change.field for change in moved.shown_changes} == {
        "tender_expected_from",
        "tender_expected_until",
    }
    assert project.slippage is not None
    assert project.slippage.quarters == 2


def test_the_sweep_finds_what_is_new_and_what_has_changed_and_then_nothing(noon: datetime) -> None:
    first = record(early(), at=noon)
    record_project(first.pk, now=noon)
    record(early(9, stage=Stage.FUNDED), at=noon + LATER)
    second = record(early(process_id="CII-SC/2026-301/2", city="Salem"), at=noon)

    assert set(pending_projects(count=10)) == {first.pk, second.pk}
    record_pending_projects()

    assert pending_projects(count=10) == []
    assert set(Project.objects.values_list("city", "stage")) == {("Madurai", "funded"), ("Salem", "dpr")}


def test_the_same_process_that_goes_to_tender_makes_its_project_tendered(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)

    told = early(9, stage=Stage.TENDER, title="NIT 17", tender_expected_from=None)
    project_told_in(told, at=noon + LATER)

    project.refresh_from_db()
    assert project.tendered_at == noon + LATER
    assert (project.status, project.title) == (
        "implementation",
        "Reduction of non-revenue water in the core city",
    )
    assert project.tender_expected_from == APRIL


def test_a_process_that_is_read_as_its_tender_makes_the_project_tendered_until_they_are_split(
    noon: datetime, olga: User
) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)

    merge = merge_opportunities(project.opportunity_id, opportunity.pk, by=olga, may_disclose=True, now=noon)
    assert merge is not None
    record_pending_projects()
    project.refresh_from_db()
    assert project.is_tendered

    split_opportunity(merge.pk, by=olga, now=noon + LATER)
    record_pending_projects()
    project.refresh_from_db()
    assert not project.is_tendered


def test_two_projects_whose_processes_are_one_are_shown_as_one(
    noon: datetime, olga: User, vallar: Company
) -> None:
    one = project_told_in(early(), at=noon)
    other = project_told_in(early(process_id="CII-SC/2026-308/4"), at=noon)
    for project in (one, other):
        disclose_opportunity(project.opportunity_id, from_=noon, by=olga, now=noon)

    merge_opportunities(one.opportunity_id, other.opportunity_id, by=olga, now=noon)

    assert visible_projects(to=vallar, at=noon).count() == 1


def test_the_sweep_is_done_with_what_was_merged_from_three(noon: datetime, olga: User) -> None:
    told = project_told_in(early(process_id="CII-SC/2026-309/1"), at=noon)
    others = [record(early(process_id=f"CII-SC/2026-30{number}/4"), at=noon).pk for number in (7, 8)]

    for other in others:
        merge_opportunities(told.opportunity_id, other, by=olga, now=noon)
    record_pending_projects()

    assert pending_projects(count=10) == []


def test_a_project_is_seen_exactly_when_its_opportunity_is(
    noon: datetime, olga: User, vallar: Company
) -> None:
    project = project_told_in(early(), at=noon)
    release = noon + LATER
    assert not visible_projects(to=vallar, at=noon).exists()

    disclose_opportunity(project.opportunity_id, from_=release, by=olga, now=noon)
    assert not visible_projects(to=vallar, at=release - timedelta(seconds=1)).exists()
    assert visible_projects(to=vallar, at=release).get() == project

    withdraw_disclosure(project.opportunity_id, by=olga, now=release)
    assert not visible_projects(to=vallar, at=release + LATER).exists()


def test_what_is_called_off_is_said_to_be(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = project.opportunity
    opportunity.refresh_from_db()

    called_off = early(9, tender_expected_from=None)
    record(
        type(called_off)(
            publisher=called_off.publisher,
            process_id=called_off.process_id,
            notice_id="called off",
            kind=NoticeKind.CANCELLATION,
            published_at=called_off.published_at,
            facts=type(called_off.facts)(),
        ),
        at=noon + LATER,
    )
    record_pending_projects()

    project.refresh_from_db()
    assert (project.is_called_off, project.is_early_stage, project.status) == (True, False, "cancelled")


def test_the_quarter_may_move_more_than_once(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)
    project_told_in(early(9, tender_expected_from=JULY), at=noon + LATER)
    project_told_in(early(15, tender_expected_from=OCTOBER), at=noon + 2 * LATER)

    project.refresh_from_db()
    moved = project.slippage
    assert moved is not None
    assert (moved.first_from, moved.times, moved.is_later) == (APRIL, 2, True)
