"""Whatever is hidden from a member changes no byte of anything that the member is shown or sent.

The world is looked at through every door before and after hidden things are added: undisclosed, disclosed
later, or to others. What differs would have told of them, be it a word, a count, a mark of a version or an
order. That a door of ours isn't simply shut is seen from what is disclosed to the member.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from matching.models import CapabilityProfile, Match
from matching.scoring.records import Evidence, Part, Verdict
from matching.scoring.serialization import parts_to_json
from opportunities.audience import EVERYONE, Audience, audience_of
from opportunities.exports.told import number_of
from opportunities.models import Opportunity, Project
from opportunities.projects.documents import DocumentKind
from opportunities.services import DocumentNamed, attach_document, note_search_words
from portal.accounts.models import Company
from tests.access.rows import rows_written
from tests.access.small_world import SmallWorld, build_small_world
from tests.factories.accounts import UserFactory
from tests.factories.matching import MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.factories.projects import ProjectFactory
from tests.integration.disclosing.doors import (
    ANSWERS_ELSEWHERE,
    TELLS_NO_OPPORTUNITY,
    all_answers,
    answers_about,
    doors_of,
    is_door,
)

# What counts how often one asks isn't taken back with the rows, and must not tell two looks apart.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_cache")]
HOUR = timedelta(hours=1)
OF_THE_OFFICE = ("/office/", "/api/v1/office/")
OURS, THEIRS = ("water-supply", "01"), ("street-lighting", "12")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Told:
    """Something the office knows of, and what was decided about it; None is not decided, or withdrawn."""

    after: timedelta | None  # from now until it is disclosed; past where negative
    to: Audience
    is_early: bool

    def is_seen(self, company: Company) -> bool:
        is_out = self.after is not None and self.after <= timedelta(0)
        return is_out and self.to.includes(domains=company.domains, region=company.region)


AUDIENCES = st.builds(
    audience_of,
    st.lists(st.sampled_from([OURS[0], THEIRS[0]]), max_size=2),
    st.lists(st.sampled_from([OURS[1], THEIRS[1]]), max_size=1),
)
TOLD = st.builds(Told, st.sampled_from([None, -9 * HOUR, HOUR, 300 * HOUR]), AUDIENCES, st.booleans())
DESCRIBED = st.tuples(
    st.lists(st.sampled_from([OURS[0], THEIRS[0]]), max_size=2), st.sampled_from(["", OURS[1], THEIRS[1]])
)
# Each way of being hidden at once
EVERY_WAY = [
    Told(after, to, is_early)
    for is_early in (False, True)
    for after, to in (
        (None, EVERYONE),
        (HOUR, EVERYONE),
        (-HOUR, Audience((THEIRS[0],), ())),
        (-HOUR, Audience((), (THEIRS[1],))),
    )
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SmallWorld]:
    """Built once: what a look does to it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_small_world()
        transaction.set_rollback(True)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def see_nothing_of_the_hidden(world: SmallWorld, told: list[Told], described: tuple[list[str], str]) -> None:
    owner = world.people["owner"]
    assert owner is not None
    # The clock stands still, or an hour that ends between two looks would tell them apart.
    with patch.object(timezone, "now", return_value=timezone.now()), taken_back():
        company = owner.companies.get()
        company.domains, company.region = described
        company.save(update_fields=["domains", "region"])
        client = Client()
        client.force_login(owner, "allauth.account.auth_backends.AuthenticationBackend")
        doors, now = list(doors_of(world)), timezone.now()
        seen = [_tell(one, company, now=now) for one in told if one.is_seen(company)]
        note_search_words()
        cache.clear()
        with taken_back():
            before = all_answers(client, doors)
        _attach_internally()
        hidden = [_tell(one, company, now=now) for one in told if not one.is_seen(company)]
        note_search_words()
        cache.clear()
        with taken_back():
            after = all_answers(client, doors)

        assert [door for door in after if after[door] != before.get(door)] == []
        assert before.keys() == after.keys()
        listed = before["/explore/export.csv"].body.decode()
        assert all(row.title in listed for row in seen)
        for row in hidden[:1]:
            numbers = _names_of(row)
            with taken_back():
                told_apart = [
                    route for route, found, none in answers_about(client, world, numbers) if found != none
                ]
            assert told_apart == []


def _tell(told: Told, company: Company, *, now: datetime) -> Opportunity:
    """A tender or a project with words of its own in each field, that fits the company's profiles well."""
    number = next(_numbers)
    mark = f"Zyxtown{number}"
    opportunity = OpportunityFactory.create(
        title=f"Tunnel ventilation and sensors, {mark}",
        description=f"Fans and sensors for the tunnel of {mark}",
        buyer_name=f"{mark} Smart City Ltd",
        city=mark,
        state="MH",
        reference=f"REF/{mark}",
        url=f"https://etenders.example.org/{mark}",
        contact=f"{mark}@example.org",
        scheme="AMRUT 2.0",
        stage="dpr" if told.is_early else "tender",
        submission_deadline=None if told.is_early else now + timedelta(days=3, hours=number % 20),
        disclosed_from=None if told.after is None else now + told.after,
        audience_domains=list(told.to.domains),
        audience_regions=list(told.to.regions),
        recorded_at=now - timedelta(days=2),
    )
    notice = NoticeFactory.create(opportunity=opportunity)
    OpportunityRevisionFactory.create(notice=notice, number=1)
    words = parts_to_json((Part("words", 90, 100, Verdict.FITS, (Evidence(mark, mark),), ()),))
    for profile in CapabilityProfile.objects.filter(company=company):
        MatchFactory.create(profile=profile, opportunity=opportunity, score=90, parts=words)
    if told.is_early:
        project = ProjectFactory.create(
            opportunity=opportunity, title=opportunity.title, stage="dpr", city=mark
        )
        attach_document(project.pk, _document(is_shared=True), by=UserFactory.create(), now=now)
    return opportunity


def _attach_internally() -> None:
    """A document for the office alone, on every project that there is."""
    by = UserFactory.create()
    for project_id in Project.objects.values_list("pk", flat=True):
        attach_document(project_id, _document(is_shared=False), by=by, now=timezone.now())


def _document(*, is_shared: bool) -> DocumentNamed:
    mark = f"Zyxtown{next(_numbers)}"
    return DocumentNamed(DocumentKind.PLAN, mark, f"https://{mark}.example.org/plan", None, is_shared)


def see_nothing_as_a_visitor(world: SmallWorld, told: list[Told]) -> None:
    """Whatever isn't everybody's changes nothing of what is answered without an account."""
    with patch.object(timezone, "now", return_value=timezone.now()), taken_back():
        client, doors, now = Client(), list(doors_of(world, "visitor")), timezone.now()
        company = world.people["owner"].companies.get()  # type: ignore[union-attr]  # the owner is somebody
        cache.clear()
        with taken_back():
            before = all_answers(client, doors, with_mail=False)
        _attach_internally()
        rows = [_tell(one, company, now=now) for one in told]
        note_search_words()
        cache.clear()
        with taken_back():
            after = all_answers(client, doors, with_mail=False)

        assert [door for door in after if after[door] != before.get(door)] == []
        for row in rows[:1]:
            with taken_back():
                pairs = list(answers_about(client, world, _names_of(row), role="visitor"))
            assert [route for route, found, none in pairs if found != none] == []


def _names_of(opportunity: Opportunity) -> dict[str, str]:
    """What stands for it in addresses."""
    number = number_of(opportunity.publisher, opportunity.process_id)
    return {
        "opportunity_id": str(opportunity.pk),
        "project_id": str(_project_on(opportunity)),
        "ocid": f"ocds-xxsetu-{number}",
        "/open-data/oc4ids/projects/<project_id>.json project_id": f"oc4ids-xxsetu-{number}",
    }


def _project_on(opportunity: Opportunity) -> int:
    project = Project.objects.filter(opportunity=opportunity).first()
    return project.pk if project else ProjectFactory.create(opportunity=opportunity).pk


def test_no_door_tells_of_what_is_hidden_in_any_way(world: SmallWorld) -> None:
    assert Match.objects.exists()

    see_nothing_of_the_hidden(
        world, [*EVERY_WAY, Told(-HOUR, EVERYONE, is_early=False)], ([OURS[0]], OURS[1])
    )


def test_no_public_door_tells_of_what_is_not_everybody_s(world: SmallWorld) -> None:
    see_nothing_as_a_visitor(world, [*EVERY_WAY, Told(-HOUR, Audience((OURS[0],), ()), is_early=False)])


def test_no_route_is_forgotten() -> None:
    """Each is a door, or stands with its reason among those that are none."""
    reasoned = TELLS_NO_OPPORTUNITY.keys() | ANSWERS_ELSEWHERE.keys()
    rows = [row for row in rows_written() if row.method == "GET" and not row.route.startswith("/accounts/")]
    # The office's own are for the office, and what only takes forms is asked in answers_about.
    routes = {
        row.route
        for row in rows
        if not row.route.startswith(OF_THE_OFFICE)
        and {row.answer_to("owner"), row.answer_to("visitor")} != {"405"}
    }

    forgotten = {row.route for row in rows if row.route in routes and not is_door(row, "owner", "visitor")}

    assert forgotten - reasoned == set()
    assert reasoned - routes == set()


def test_no_page_of_the_office_answers_a_member_or_a_visitor() -> None:
    answers = {
        row.answer_to(role)
        for row in rows_written()
        for role in ("owner", "visitor")
        if row.route.startswith(OF_THE_OFFICE)
    }

    assert answers <= {"401", "403", "405", "login"}


@pytest.mark.slow  # every door, twice for each example
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False)
@given(told=st.lists(TOLD, min_size=1, max_size=6), described=DESCRIBED)
def test_no_door_tells_of_anything_hidden_whatever_the_rules(
    world: SmallWorld, told: list[Told], described: tuple[list[str], str]
) -> None:
    see_nothing_of_the_hidden(world, told, described)
