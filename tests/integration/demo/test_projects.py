"""The made-up cities' plans: shared, followed, slipping, and one of them tendered."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from matching.models import ProjectFollow
from opportunities.models import Opportunity, Project, ProjectDocument, ProjectLink, ProjectStatement
from opportunities.project_selectors import visible_projects
from portal.accounts.models import Company
from portal.demo.past import tell_of_the_past
from portal.demo.projects import PROJECTS, link_the_tendered
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(settings: Settings) -> datetime:
    settings.DEMO = True
    settings.SIMULATOR_URL = ""
    call_command("load_demo", verbosity=0)
    return timezone.now()


def test_every_member_sees_them_in_several_stages_and_some_slip(now: datetime) -> None:
    assert tell_of_the_past(now=now) is True

    shown = visible_projects(to=Company.objects.get(name="Nordvatten Sensorik AB"), at=now)
    assert shown.count() == len(PROJECTS)
    assert set(shown.values_list("stage", flat=True)) == {"identified", "dpr", "funded"}
    slipping = Project.objects.get(city="Kanpur").slippage
    assert slipping is not None
    assert (slipping.quarters, slipping.times) == (2, 2)
    assert Project.objects.get(city="Surat").is_overdue_at(now.date())


def test_twice_is_once(now: datetime) -> None:
    tell_of_the_past(now=now)
    made = (Project, ProjectStatement, ProjectFollow, ProjectDocument)
    counts = [model._default_manager.count() for model in made]

    assert tell_of_the_past(now=now) is False
    assert all(counts)
    assert [model._default_manager.count() for model in made] == counts


def test_documents_lie_before_they_were_attached_and_one_is_for_the_office_alone(now: datetime) -> None:
    tell_of_the_past(now=now)

    attached = ProjectDocument.objects.select_related("project")
    assert {one.project.city for one in attached} == {"Vadodara", "Kanpur", "Bhopal"}
    assert [one.project.city for one in attached if not one.is_shared] == ["Kanpur"]
    assert all(one.published_on and one.published_on < one.added_at.date() for one in attached)
    assert all(one.added_at <= now and ".example/" in one.url for one in attached)


def test_the_one_that_is_followed_is_linked_to_its_tender_once_it_is_read(now: datetime) -> None:
    tell_of_the_past(now=now)
    assert link_the_tendered(now=now) is False

    OpportunityFactory.create(city="Vadodara", state="GJ", title="Leak detection and pressure management")
    assert [link_the_tendered(now=now) for _ in range(2)] == [True, False]

    assert ProjectLink.objects.confirmed().get().project.is_tendered
    assert not Opportunity.objects.filter(disclosed_from=None).exists()


def test_before_anyone_is_there_nobody_tells() -> None:
    assert tell_of_the_past(now=timezone.now()) is False
