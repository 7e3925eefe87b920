"""A tender lands, a person says that it is what a project has come to, and takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from opportunities.models import LinkDecision, ProjectLink
from opportunities.project_selectors import (
    linked_tenders,
    links_of,
    projects_behind,
    proposed_links,
    visible_projects,
)
from opportunities.project_selectors.board import Column, column_of, on_the_board
from opportunities.projects.likeness import LinkGround
from opportunities.services import (
    compare_opportunity,
    disclose_opportunity,
    link_project,
    propose_links,
    refuse_link,
    unlink_project,
    withdraw_disclosure,
)
from portal.accounts.models import Company, User
from tests.integration.projects.world import early, project_told_in, record, tender

pytestmark = pytest.mark.django_db

LATER = timedelta(days=1)


def test_a_tender_that_lands_is_proposed_with_why(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)

    compare_opportunity(opportunity.pk, now=noon)

    (proposal,) = proposed_links()
    assert (proposal.link.project, proposal.link.opportunity) == (project, opportunity)
    assert {LinkGround.CITY, LinkGround.TITLE} <= {ground.ground for ground in proposal.grounds}


def test_a_project_that_is_told_of_after_its_tender_finds_it_too(noon: datetime) -> None:
    opportunity = record(tender(), at=noon)

    project_told_in(early(), at=noon)

    assert [proposal.link.opportunity for proposal in proposed_links()] == [opportunity]


def test_the_likeliest_comes_first(noon: datetime) -> None:
    project_told_in(early(), at=noon)
    weaker = record(tender(process_id="2026_X_1_1", description="", buyer_name="PHED"), at=noon)
    stronger = record(tender(), at=noon)

    for opportunity in (weaker, stronger):
        propose_links(opportunity.pk, now=noon)

    assert [proposal.link.opportunity for proposal in proposed_links()] == [stronger, weaker]


def test_proposing_twice_asks_once_and_what_was_refused_is_not_asked_again(
    noon: datetime, olga: User
) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)
    for _ in range(2):
        propose_links(opportunity.pk, now=noon)
    assert ProjectLink.objects.count() == 1

    refuse_link(project.pk, opportunity.pk, because="Another ward", by=olga, now=noon)
    propose_links(opportunity.pk, now=noon + LATER)

    assert proposed_links() == []
    (decided,) = links_of(project.pk)
    assert decided.last is not None
    assert (decided.link.state, decided.last.because) == ("refused", "Another ward")


def test_an_early_stage_is_proposed_for_nothing(noon: datetime) -> None:
    project_told_in(early(), at=noon)
    other = record(early(process_id="CII-SC/2026-309/1"), at=noon)

    assert propose_links(other.pk, now=noon) == 0


def test_confirming_makes_the_project_tendered_and_taking_back_undoes_it(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)

    link_project(project.pk, opportunity.pk, because="Same zones", by=olga, now=noon)
    project.refresh_from_db()
    assert (project.tendered_at, project.status) == (noon, "implementation")

    unlink_project(project.pk, opportunity.pk, because="Another lot", by=olga, now=noon + LATER)
    project.refresh_from_db()
    assert (project.tendered_at, project.status) == (None, "preparation")
    assert list(LinkDecision.objects.values_list("state", "because")) == [
        ("confirmed", "Same zones"),
        ("refused", "Another lot"),
    ]


def test_linking_twice_is_one_decision(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)

    for _ in range(2):
        link_project(project.pk, opportunity.pk, by=olga, now=noon)

    assert (ProjectLink.objects.count(), LinkDecision.objects.count()) == (1, 1)


def test_a_project_may_come_to_several_tenders_and_a_tender_be_several_projects_(
    noon: datetime, olga: User
) -> None:
    one = project_told_in(early(), at=noon)
    other = project_told_in(early(process_id="CII-SC/2026-309/1"), at=noon)
    lots = [record(tender(process_id=f"2026_MSCL_9170{lot}_1"), at=noon) for lot in range(2)]

    for project in (one, other):
        for lot in lots:
            link_project(project.pk, lot.pk, by=olga, now=noon)
    unlink_project(one.pk, lots[0].pk, because="", by=olga, now=noon)

    one.refresh_from_db()
    assert one.is_tendered
    found = linked_tenders([one.pk, other.pk], to=None, at=noon)
    assert {pk: [told.opportunity for told in rows] for pk, rows in found.items()} == {
        one.pk: [lots[1]],
        other.pk: lots,
    }


def test_a_company_learns_of_linked_tenders_and_projects_only_through_the_door(
    noon: datetime, olga: User, vallar: Company
) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)
    link_project(project.pk, opportunity.pk, by=olga, now=noon)
    assert linked_tenders([project.pk], to=vallar, at=noon)[project.pk]
    assert not projects_behind(opportunity.pk, to=vallar, at=noon).exists()

    disclose_opportunity(project.opportunity_id, from_=noon, by=olga, now=noon)
    withdraw_disclosure(opportunity.pk, by=olga, now=noon)

    assert linked_tenders([project.pk], to=vallar, at=noon + LATER) == {}
    assert projects_behind(opportunity.pk, to=vallar, at=noon + LATER).get() == project


def test_a_project_says_nothing_of_a_tender_that_its_reader_may_not_know(
    noon: datetime, olga: User, vallar: Company
) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)
    disclose_opportunity(project.opportunity_id, from_=noon, by=olga, now=noon)
    link_project(project.pk, opportunity.pk, by=olga, now=noon)
    withdraw_disclosure(opportunity.pk, by=olga, now=noon)

    def seen(at: datetime) -> tuple[Column, bool, datetime | None]:
        told = on_the_board(visible_projects(to=vallar, at=at), at=at).get()
        return column_of(told), told.is_tendered, told.tendered_since

    assert seen(noon + LATER) == (Column.DPR, False, None)

    disclose_opportunity(opportunity.pk, from_=noon + LATER, by=olga, now=noon + LATER)

    assert seen(noon + LATER) == (Column.TENDERED, True, noon)
