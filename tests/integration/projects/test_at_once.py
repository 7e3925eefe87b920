"""Projects recorded, stated and linked by many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from opportunities.errors import ProjectChangedMeanwhile
from opportunities.models import LinkDecision, Project, ProjectLink, ProjectRevision, ProjectStatement
from opportunities.projects.records import ProjectFacts
from opportunities.services import (
    add_project,
    link_project,
    propose_links,
    record_project,
    state_project,
    unlink_project,
)
from portal.accounts.models import User
from tests.at_once import at_once, held_by_another
from tests.integration.projects.world import early, project_told_in, record, tender

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(days=1)


def test_eight_recorders_make_one_project_with_one_history(noon: datetime) -> None:
    opportunity = record(early(), at=noon)

    at_once(lambda _: record_project(opportunity.pk, now=noon), range(16))

    assert (Project.objects.count(), ProjectRevision.objects.count()) == (1, 1)


def test_eight_who_add_the_same_project_add_one(noon: datetime, olga: User) -> None:
    said = ProjectFacts(title="Smart poles", city="Nagpur", state="MH")

    at_once(lambda _: add_project(said, because="", by=olga, now=noon), range(16))

    assert (Project.objects.count(), ProjectStatement.objects.count()) == (1, 1)


def test_of_eight_who_correct_what_they_saw_one_is_heard_and_seven_are_told(
    noon: datetime, olga: User
) -> None:
    project = project_told_in(early(), at=noon)

    def correct(number: int) -> bool:
        said = ProjectFacts(funding=f"Fund {number}")
        try:
            state_project(project.pk, said, because="", seen_version=1, by=olga, now=noon)
        except ProjectChangedMeanwhile:
            return False
        return True

    heard = at_once(correct, range(8))

    project.refresh_from_db()
    assert heard.count(True) == 1
    assert (project.version, project.funding) == (2, f"Fund {heard.index(True)}")


def test_eight_who_link_and_unlink_leave_a_trace_that_ends_as_the_link_stands(
    noon: datetime, olga: User
) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)

    def decide(number: int) -> None:
        if number % 3 == 0:
            propose_links(opportunity.pk, now=noon)
        elif number % 3 == 1:
            link_project(project.pk, opportunity.pk, by=olga, now=noon)
        else:
            unlink_project(project.pk, opportunity.pk, because="", by=olga, now=noon)

    at_once(decide, range(24))

    link = ProjectLink.objects.get()
    trace = list(LinkDecision.objects.order_by("pk").values_list("state", flat=True))
    project.refresh_from_db()
    assert trace[-1] == link.state
    assert all(before != after for before, after in pairwise(trace))
    assert project.is_tendered is (link.state == "confirmed")


@pytest.mark.parametrize("step", ["record", "state", "link"])
def test_each_step_waits_for_whoever_has_the_project(step: str, noon: datetime, olga: User) -> None:
    project = project_told_in(early(), at=noon)
    opportunity = record(tender(), at=noon)
    record(early(9, city="Salem"), at=noon)

    def take() -> None:
        try:
            if step == "record":
                record_project(project.opportunity_id, now=noon)
            elif step == "state":
                said = ProjectFacts(funding="State")
                state_project(project.pk, said, because="", seen_version=1, by=olga, now=noon)
            else:
                link_project(project.pk, opportunity.pk, by=olga, now=noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with held_by_another(Project.objects.filter(pk=project.pk), no_key=True):
            waiting = pool.submit(take)
            with pytest.raises(NotYet):
                waiting.result(timeout=0.3)
        waiting.result(timeout=10)

    project.refresh_from_db()
    assert project.city == "Salem" or project.funding == "State" or project.is_tendered


def test_a_recorder_who_had_to_wait_says_what_was_told_meanwhile(noon: datetime) -> None:
    project = project_told_in(early(), at=noon)
    record(early(9, city="Salem"), at=noon)

    def take() -> None:
        try:
            record_project(project.opportunity_id, now=noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with held_by_another(Project.objects.filter(pk=project.pk), no_key=True):
            waiting = pool.submit(take)
            with pytest.raises(NotYet):
                waiting.result(timeout=0.3)
            record(early(12, city="Karur"), at=noon)
        waiting.result(timeout=10)

    project.refresh_from_db()
    assert project.city == "Karur"
