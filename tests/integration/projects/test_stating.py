"""What the office says of a project itself, and the trace that it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ingest.services.replay import replay_archive
from opportunities.errors import ProjectChangedMeanwhile
from opportunities.models import Opportunity, Project, ProjectStatement
from opportunities.parsed_notice import Stage
from opportunities.project_selectors import project_history
from opportunities.projects.records import Confidence, ProjectFacts
from opportunities.selectors import opportunity_history
from opportunities.services import OFFICE, add_project, record_project, state_project
from portal.accounts.models import User
from portal.lib.money import Money
from tests.integration.projects.world import APRIL, OCTOBER, early, project_told_in

pytestmark = pytest.mark.django_db

LATER = timedelta(days=1)
BECAUSE = "The city's engineer said so on the phone."
POLES = ProjectFacts(
    title="Smart poles along Wardha Road",
    city="Nagpur",
    state="MH",
    value=Money(Decimal(420_000_000), "INR"),
    value_until=Money(Decimal(600_000_000), "INR"),
    contact="GM (e-Gov)",
)


def test_the_office_adds_a_project_that_nobody_else_sees(noon: datetime, olga: User) -> None:
    project = add_project(POLES, because=BECAUSE, by=olga, now=noon)

    opportunity = project.opportunity
    assert (opportunity.publisher, opportunity.disclosed_from, opportunity.stage) == (
        OFFICE,
        None,
        "identified",
    )
    assert (project.value, project.value_until) == (POLES.value, POLES.value_until)
    assert (project.contact, opportunity.contact) == ("GM (e-Gov)", "")


def test_adding_it_twice_adds_one(noon: datetime, olga: User) -> None:
    first = add_project(POLES, because=BECAUSE, by=olga, now=noon)
    again = add_project(POLES, because=BECAUSE, by=olga, now=noon + LATER)

    assert first == again
    assert (Project.objects.count(), Opportunity.objects.count(), ProjectStatement.objects.count()) == (
        1,
        1,
        1,
    )


def test_a_corrected_quarter_says_who_when_and_why_and_reaches_the_opportunity(
    noon: datetime, olga: User
) -> None:
    project = project_told_in(early(), at=noon)
    said = ProjectFacts(
        tender_expected_from=OCTOBER,
        tender_expected_until=OCTOBER.replace(month=12, day=31),
        confidence=Confidence.LOW,
        basis="One phone call",
    )

    state_project(project.pk, said, because=BECAUSE, seen_version=project.version, by=olga, now=noon + LATER)

    project.refresh_from_db()
    project.opportunity.refresh_from_db()
    last = project_history([project.pk])[project.pk][-1]
    assert (project.tender_expected_from, project.confidence, project.basis) == (
        OCTOBER,
        "low",
        "One phone call",
    )
    assert (last.is_by_office, last.by, last.because) == (True, "Olga Öberg", BECAUSE)
    assert project.opportunity.tender_expected_from == OCTOBER
    assert opportunity_history(project.opportunity_id)[0].changes[0].before == APRIL


def test_a_later_bulletin_outweighs_what_the_office_said_earlier(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    said = ProjectFacts(tender_expected_from=OCTOBER, confidence=Confidence.HIGH)
    state_project(project.pk, said, because=BECAUSE, seen_version=1, by=olga, now=noon)

    project_told_in(early(29), at=noon + 10 * LATER)

    project.refresh_from_db()
    assert (project.tender_expected_from, project.confidence) == (APRIL, "medium")


def test_saying_the_same_twice_leaves_one_trace(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    said = ProjectFacts(funding="State budget", contact="GM Water")

    for _ in range(2):
        state_project(project.pk, said, because=BECAUSE, seen_version=1, by=olga, now=noon)

    assert (project.statements.count(), project.revisions.count()) == (1, 2)


def test_who_has_not_seen_what_stands_is_told_and_changes_nothing(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    state_project(
        project.pk, ProjectFacts(funding="State budget"), because="", seen_version=1, by=olga, now=noon
    )

    with pytest.raises(ProjectChangedMeanwhile):
        state_project(
            project.pk, ProjectFacts(funding="Lender"), because="", seen_version=1, by=olga, now=noon
        )

    project.refresh_from_db()
    assert project.funding == "State budget"


def test_a_contact_is_no_member_s_to_read(noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    for contact in ("GM Water", "DGM Water"):
        project.refresh_from_db()
        said = ProjectFacts(contact=contact)
        state_project(project.pk, said, because="", seen_version=project.version, by=olga, now=noon)

    told = project_history([project.pk])[project.pk]

    assert [entry.shown_changes for entry in told] == [[], [], []]
    assert "contact" not in {field for entry in told for field in entry.added_fields}


def test_a_replay_tells_again_what_the_office_told(noon: datetime, olga: User) -> None:
    add_project(POLES, because=BECAUSE, by=olga, now=noon)
    recorded = Project.objects.get()
    said = ProjectFacts(stage=Stage.FUNDED)
    state_project(
        recorded.pk, said, because=BECAUSE, seen_version=recorded.version, by=olga, now=noon + LATER
    )

    comparison = replay_archive(now=noon + 2 * LATER)

    assert (comparison.opportunities, comparison.different) == (1, 0)
    assert record_project(recorded.opportunity_id, now=noon) == recorded
