"""What is a company's own: its people's programs read it, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from matching.models import Match, Subscription
from portal.accounts.models import ApiToken, User
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    MatchFactory,
    SavedSearchFactory,
    VerdictFactory,
)
from tests.factories.opportunities import OpportunityFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf
from tests.integration.api.test_problems import kind

LISTS = ("/profiles", "/matches", "/follows", "/saved-searches", "/subscriptions")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "sensors"},
        {"stage": ["tender", "sounding"], "sort": "value"},
        {"state": "MH", "sort": "deadline"},
        {"mark": ["new", "followed"], "sort": "newest"},
        {"closing": ["soon", "unstated"], "domain": "water-supply"},
    ],
    ids=str,
)
def test_matches_are_those_of_the_page_in_its_order(
    asked: dict[str, str | list[str]], world: World, alice: User, program_of: ProgramOf, client: Client
) -> None:
    client.force_login(alice)
    query = urlencode({"profile": world.profile.pk, **asked}, doseq=True)

    page = client.get(f"/matches/?{query}").context
    told = program_of(alice).get(f"/matches?{query}").json()

    assert [one["id"] for one in told["results"]] == [card.match.pk for card in page["cards"]]
    assert [one["opportunity"]["title"] for one in told["results"]] == [
        card.match.opportunity.title for card in page["cards"]
    ]


@pytest.mark.parametrize("sort", ["best", "deadline", "value", "newest"])
def test_pages_of_matches_follow_one_another_without_a_gap(
    sort: str, world: World, alice: User, program_of: ProgramOf
) -> None:
    MatchFactory.create(
        profile=world.profile, opportunity=OpportunityFactory.create(submission_deadline=None)
    )
    program = program_of(alice)
    whole = [one["id"] for one in program.get(f"/matches?sort={sort}").json()["results"]]

    found, address = [], f"/matches?sort={sort}&limit=2"
    while address:
        told = program.get(address).json()
        found += [one["id"] for one in told["results"]]
        address = (told["next"] or "").partition("/api/v1")[2]

    assert found == whole
    assert len(found) > 4


def test_a_match_says_why(world: World, alice: User, program_of: ProgramOf) -> None:
    match = Match.objects.get(profile=world.profile, opportunity=world.sensors)
    VerdictFactory.create(profile=world.profile, opportunity=world.sensors, person=alice)

    told = program_of(alice).get(f"/matches/{match.pk}").json()

    assert (told["score"], told["profile"]) == (match.score, world.profile.pk)
    assert [(part["rule"], part["points"]) for part in told["parts"]] == [
        (part["rule"], part["points"]) for part in match.parts
    ]
    assert any(row["offered"] for part in told["parts"] for row in part["evidence"])
    assert told["opportunity"]["id"] == world.sensors.pk
    assert told["verdict"]["by_name"] == alice.name


def test_follows_searches_and_mail_are_told(world: World, alice: User, program_of: ProgramOf) -> None:
    company = world.profile.company
    FollowFactory.create(company=company, opportunity=world.sensors, by=alice)
    FollowFactory.create(company=company, opportunity=OpportunityFactory.create(disclosed_from=None))
    search = SavedSearchFactory.create(company=company, by=alice, name="Pumps", query="q=pumps")
    ended = SavedSearchFactory.create(company=company, by=alice, ended_at=timezone.now())
    Subscription.objects.filter(recipient__user=alice, profile=world.profile).update(weekday=2)
    program = program_of(alice)

    follows, searches = program.get("/follows").json(), program.get("/saved-searches").json()
    mail = program.get("/subscriptions").json()["results"]

    assert world.sensors.pk in [one["opportunity"]["id"] for one in follows["results"]]
    assert None not in [one["opportunity"]["disclosed_from"] for one in follows["results"]]
    assert [(one["id"], one["query"]) for one in searches["results"]] == [(search.pk, "q=pumps")]
    assert program.get(f"/saved-searches/{search.pk}").json() == searches["results"][0]
    assert program.get(f"/saved-searches/{ended.pk}").status_code == 404
    assert [(one["profile"], one["rhythm"], one["weekday"]) for one in mail] == [
        (world.profile.pk, "weekly", 2)
    ]


def test_a_profile_is_told_with_what_it_proves(world: World, alice: User, program_of: ProgramOf) -> None:
    world.profile.completed_projects.create(name="Meters in Malmö", completed_year=2024)

    told = program_of(alice).get(f"/profiles/{world.profile.pk}").json()

    assert (told["name"], told["turnover_sek_millions"]) == ("Water quality and SCADA", "42.5")
    assert told["completed_projects"][-1]["name"] == "Meters in Malmö"
    assert told in program_of(alice).get("/profiles").json()["results"]


def test_nothing_of_it_is_told_to_another_company(
    world: World, charlie: User, alice: User, program_of: ProgramOf
) -> None:
    rival = program_of(charlie)
    CapabilityProfileFactory.create(company=charlie.companies.get())
    match = Match.objects.filter(profile=world.profile).earliest("pk")
    search = SavedSearchFactory.create(company=world.profile.company, by=alice)

    addresses = [
        f"/profiles/{world.profile.pk}",
        f"/matches?profile={world.profile.pk}",
        f"/matches/{match.pk}",
        f"/saved-searches/{search.pk}",
    ]

    assert [kind(rival.get(address), 404) for address in addresses] == ["not-found"] * 4
    assert [len(rival.get(address).json()["results"]) for address in LISTS] == [1, 0, 0, 0, 0]
    assert Subscription.objects.filter(profile=world.profile).exists()


@pytest.mark.parametrize("address", LISTS)
def test_it_takes_a_token_for_reading(
    address: str, alice: User, anybody: Program, program_of: ProgramOf
) -> None:
    writes_alone = program_of(alice, ApiToken.Scope.WRITE)

    assert kind(anybody.get(address), 401) == "who-are-you"
    assert kind(writes_alone.get(address), 403) == "scope-missing"


def test_a_match_that_is_not_known_yet_is_none(world: World, alice: User, program_of: ProgramOf) -> None:
    later = OpportunityFactory.create(disclosed_from=timezone.now() + timedelta(hours=1))
    match = MatchFactory.create(profile=world.profile, opportunity=later, score=99)
    program = program_of(alice)

    assert program.get(f"/matches/{match.pk}").status_code == 404
    assert match.pk not in [one["id"] for one in program.get("/matches").json()["results"]]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("world")
def test_a_list_takes_few_queries(
    address: str, alice: User, program_of: ProgramOf, django_assert_max_num_queries: object
) -> None:
    program = program_of(alice)
    program.get(address)  # notes that the token is in use
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert program.get(address).status_code == 200
