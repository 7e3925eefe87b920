"""What a company's programs change: as on the pages, of its own alone, and only with a token for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from matching.models import Follow, Match, ProjectFollow, SavedSearch, Subscription, Verdict, Withdrawal
from portal.accounts.models import ApiToken, User
from tests.factories.matching import SavedSearchFactory, VerdictFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import ProgramOf
from tests.integration.api.test_problems import kind


def wrong(answer: Any) -> list[str]:
    """The fields that a refusal names."""
    assert kind(answer, 422) == "not-understood"
    return [one["name"] for one in answer.json()["errors"]]


def test_an_opportunity_is_followed_and_left(world: World, alice: User, program_of: ProgramOf) -> None:
    program, address = program_of(alice), f"/follows/{world.sensors.pk}"
    Follow.objects.all().delete()

    answers = [program.send("POST", "/follows", {"opportunity": world.sensors.pk}) for _ in range(2)]
    told = program.get(address)
    left = [program.send("DELETE", address).status_code for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["Location"] == f"/api/v1{address}"
    assert told.json() == answers[1].json()
    assert (told.json()["opportunity"]["id"], told.json()["by_name"]) == (world.sensors.pk, alice.name)
    assert left == [204, 204]
    assert program.get(address).status_code == 404
    assert Follow.objects.get().ended_at is not None


def test_a_project_is_followed_and_left(alice: User, program_of: ProgramOf) -> None:
    project, program = ProjectFactory.create(title="Smart poles"), program_of(alice)
    address = f"/project-follows/{project.pk}"

    followed = program.send("POST", "/project-follows", {"project": project.pk})
    listed = program.get("/project-follows").json()["results"]
    left = program.send("DELETE", address)

    assert (followed.status_code, followed.json()["project"]["title"]) == (201, "Smart poles")
    assert listed == [followed.json()]
    assert (left.status_code, program.get(address).status_code) == (204, 404)
    assert ProjectFollow.objects.get().ended_at is not None


def test_a_verdict_is_given_changed_taken_back_and_remembered(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    Verdict.objects.all().delete()
    program, match = program_of(alice), Match.objects.get(profile=world.profile, opportunity=world.sensors)

    against = {"match": match.pk, "is_relevant": False, "reason": "too_big", "note": " Too big for us "}
    first = program.send("POST", "/verdicts", against)
    second = program.send("POST", "/verdicts", {"match": match.pk, "is_relevant": True})
    back = program.send("DELETE", f"/verdicts/{second.json()['id']}")
    listed = program.get("/verdicts").json()["results"]

    assert (first.status_code, first.json()["note"], first.json()["withdrawn_at"]) == (
        201,
        "Too big for us",
        None,
    )
    assert (second.status_code, back.status_code) == (201, 204)
    assert [(one["reason"], one["withdrawn_at"] is None) for one in listed] == [
        ("", False),
        ("too_big", False),
    ]
    assert program.get(f"/matches/{match.pk}").json()["verdict"] is None


@pytest.mark.parametrize(
    "told",
    [{"is_relevant": False}, {"is_relevant": True, "reason": "other"}, {"is_relevant": True, "note": "Why"}],
    ids=str,
)
def test_a_verdict_against_has_a_reason_and_one_for_it_none(
    told: dict[str, object], world: World, alice: User, program_of: ProgramOf
) -> None:
    match = Match.objects.get(profile=world.profile, opportunity=world.sensors)

    assert wrong(program_of(alice).send("POST", "/verdicts", {"match": match.pk, **told})) == ["reason"]


def test_a_search_is_kept_renamed_and_ended(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    taken = SavedSearchFactory.create(company=alice.companies.get(), by=alice, name="Taken")

    kept = program.send("POST", "/saved-searches", {"name": "Pumps", "query": "q=pumps&sort=newest"})
    address = f"/saved-searches/{kept.json()['id']}"
    renamed = program.send("PATCH", address, {"name": "Big pumps"})
    clashing = program.send("PATCH", address, {"name": taken.name})
    ended = program.send("DELETE", address)

    # How it was looked at isn't kept, as on the page.
    assert (kept.status_code, kept.json()["query"]) == (201, "q=pumps")
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Big pumps")
    assert kind(clashing, 409) == "clash"
    assert (ended.status_code, program.get(address).status_code) == (204, 404)
    assert SavedSearch.objects.get(name="Big pumps").ended_at is not None


@pytest.mark.parametrize(
    ("query", "name"),
    [("state=XX", "query.state"), ("colour=red", "query.colour"), ("q=a%00b", "query.q")],
)
def test_a_search_for_what_there_is_not_is_refused(
    query: str, name: str, alice: User, program_of: ProgramOf
) -> None:
    answer = program_of(alice).send("POST", "/saved-searches", {"name": "Pumps", "query": query})

    assert wrong(answer) == [name]


def test_mail_is_asked_for_changed_and_ended(world: World, alice: User, program_of: ProgramOf) -> None:
    Subscription.objects.all().delete()
    program = program_of(alice)
    search = SavedSearchFactory.create(company=world.profile.company, by=alice)

    weekly = {"kind": "profile", "profile": world.profile.pk, "rhythm": "weekly", "weekday": 3}
    profile = program.send("POST", "/subscriptions", weekly)
    follows = program.send("POST", "/subscriptions", {"kind": "follows", "rhythm": "daily"})
    by_search = {"kind": "search", "saved_search": search.pk, "rhythm": "daily"}
    searched = program.send("POST", "/subscriptions", by_search)
    address = f"/subscriptions/{profile.json()['id']}"
    changed = program.send("PATCH", address, {"minimum_score": 70})
    daily = program.send("PATCH", address, {"rhythm": "daily"})
    ended = [program.send("DELETE", address).status_code for _ in range(2)]

    assert [one.status_code for one in (profile, follows, searched)] == [201, 201, 201]
    assert (changed.json()["weekday"], changed.json()["minimum_score"]) == (3, 70)
    assert (daily.json()["rhythm"], daily.json()["weekday"], daily.json()["minimum_score"]) == (
        "daily",
        None,
        70,
    )
    assert ended == [204, 404]
    # The log of consents tells of it, as when it is said on the page.
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.subscription_id, withdrawal.way) == (profile.json()["id"], "api")
    assert len(program.get("/subscriptions").json()["results"]) == 2


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"kind": "topics", "rhythm": "daily"}, "kind"),
        ({"kind": "profile", "rhythm": "daily"}, "profile"),
        ({"kind": "follows", "rhythm": "daily", "profile": 1}, "profile"),
        ({"kind": "follows", "rhythm": "weekly"}, "weekday"),
        ({"kind": "follows", "rhythm": "daily", "weekday": 1}, "weekday"),
        ({"kind": "follows", "rhythm": "immediate"}, "rhythm"),
        ({"kind": "follows", "rhythm": "daily", "minimum_score": 50}, "minimum_score"),
    ],
    ids=str,
)
def test_mail_that_can_not_be_is_refused(
    told: dict[str, object], named: str, alice: User, program_of: ProgramOf
) -> None:
    assert wrong(program_of(alice).send("POST", "/subscriptions", told)) == [named]


def test_a_profile_is_changed_by_whoever_has_seen_it(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    program, address = program_of(alice), f"/profiles/{world.profile.pk}"
    seen = program.get(address).headers["ETag"]
    told = {
        "summary": "Sensors.\nAnd what they tell.",
        "turnover_sek_millions": "51.5",
        "states": ["MH", "KL", "MH"],
        "yearly_turnovers": [{"year": 2024, "sek_millions": "50.0"}, {"year": 2025, "sek_millions": "51.5"}],
        "completed_projects": [{"name": "Meters in Malmö", "completed_year": 2024}],
        "indian_presence": "partner",
    }

    changed = program.send("PATCH", address, told, If_Match=seen)
    stale = program.send("PATCH", address, {"summary": "Mine"}, If_Match=seen)
    unseen = program.send("PATCH", address, {"summary": "Mine"})
    foreign = program.send("PATCH", address, {"summary": "Mine"}, If_Match='"other"')
    fresh = program.send("PATCH", address, {"summary": "Mine"}, If_Match=changed.headers["ETag"])

    assert changed.status_code == 200
    assert changed.json()["states"] == ["KL", "MH"]
    assert [row["year"] for row in changed.json()["yearly_turnovers"]] == [2025, 2024]
    assert changed.json()["name"] == world.profile.name
    assert changed.json()["version"] == world.profile.version + 1
    assert [kind(stale, 412), kind(foreign, 412)] == ["changed-meanwhile", "changed-meanwhile"]
    assert kind(unseen, 428) == "version-missing"
    assert (fresh.status_code, fresh.json()["summary"]) == (200, "Mine")
    world.profile.refresh_from_db()
    assert world.profile.edited_by == alice


def test_that_its_list_was_made_anew_is_no_change_of_a_profile(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    program, address = program_of(alice), f"/profiles/{world.profile.pk}"
    seen = program.get(address).headers["ETag"]
    type(world.profile).objects.filter(pk=world.profile.pk).update(scored_at=timezone.now())

    assert program.get(address).headers["ETag"] != seen
    assert program.send("PATCH", address, {"summary": "Mine"}, If_Match=seen).status_code == 200


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"name": "  "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "half \ud800 a letter"}, "name"),
        ({"name": 7}, "name"),
        ({"language": "no"}, "language"),
        ({"capabilities": "pumps"}, "capabilities"),
        ({"capabilities": ["x" * 501]}, "capabilities.0"),
        ({"domains": ["astrology"]}, "domains.0"),
        ({"classification_codes": ["123"]}, "classification_codes.0"),
        ({"turnover_sek_millions": 51.5}, "turnover_sek_millions"),
        ({"turnover_sek_millions": "-1"}, "turnover_sek_millions"),
        ({"employees": True}, "employees"),
        ({"employees": 10**30}, "employees"),
        ({"founded_year": 9000}, "founded_year"),
        ({"may_lead_joint_venture": "yes"}, "may_lead_joint_venture"),
        ({"is_joint_venture_willing": False, "may_lead_joint_venture": True}, "may_lead_joint_venture"),
        ({"value_from_inr": "2", "value_to_inr": "1"}, "value_to_inr"),
        ({"yearly_turnovers": [{"year": 2024, "sek_millions": "1"}] * 2}, "yearly_turnovers"),
        ({"completed_projects": [{"name": "A"}, {"name": "A"}]}, "completed_projects"),
        ({"minimum_score": 101}, "minimum_score"),
    ],
    ids=lambda told: ascii(told)[:50],
)
def test_a_profile_holds_what_its_form_holds(
    told: dict[str, object], named: str, world: World, alice: User, program_of: ProgramOf
) -> None:
    before = world.profile.version

    answer = program_of(alice).send("PATCH", f"/profiles/{world.profile.pk}", told, If_Match="*")

    assert wrong(answer) == [named]
    world.profile.refresh_from_db()
    assert world.profile.version == before


def test_two_profiles_have_two_names(world: World, alice: User, program_of: ProgramOf) -> None:
    other = world.profile.company.profiles.create(name="Other")

    answer = program_of(alice).send(
        "PATCH", f"/profiles/{other.pk}", {"name": world.profile.name}, If_Match="*"
    )

    assert kind(answer, 409) == "clash"


def sent_by_nobody(world: World) -> list[tuple[str, str, dict[str, object]]]:
    """Every way to change something, with what Vallar's owner could send."""
    match = Match.objects.get(profile=world.profile, opportunity=world.sensors)
    verdict = VerdictFactory.create(
        profile=world.profile, opportunity=world.poles, person=world.profile.company.people.get()
    )
    search = SavedSearchFactory.create(company=world.profile.company, by=verdict.person)
    subscription = Subscription.objects.get(profile=world.profile)
    about = {"rhythm": "daily", "kind": "profile", "profile": world.profile.pk}
    return [
        ("POST", "/verdicts", {"match": match.pk, "is_relevant": True}),
        ("DELETE", f"/verdicts/{verdict.pk}", {}),
        ("PATCH", f"/saved-searches/{search.pk}", {"name": "Theirs"}),
        ("DELETE", f"/saved-searches/{search.pk}", {}),
        ("POST", "/subscriptions", about),
        ("POST", "/subscriptions", {"rhythm": "daily", "kind": "search", "saved_search": search.pk}),
        ("PATCH", f"/subscriptions/{subscription.pk}", {"rhythm": "daily"}),
        ("DELETE", f"/subscriptions/{subscription.pk}", {}),
        ("PATCH", f"/profiles/{world.profile.pk}", {"name": "Theirs"}),
        ("DELETE", f"/profiles/{world.profile.pk}", {}),
        ("POST", f"/profiles/{world.profile.pk}/restore", {}),
        ("POST", f"/saved-searches/{search.pk}/restore", {}),
    ]


def test_what_is_another_companys_is_not_there(world: World, charlie: User, program_of: ProgramOf) -> None:
    rival, hidden = program_of(charlie), OpportunityFactory.create(disclosed_from=None)
    asked = [*sent_by_nobody(world), ("POST", "/follows", {"opportunity": hidden.pk})]

    answers = [rival.send(method, address, body, If_Match="*") for method, address, body in asked]

    assert [kind(answer, 404) for answer in answers] == ["not-found"] * len(asked)


def test_to_change_takes_a_token_for_it(world: World, alice: User, olga: User, program_of: ProgramOf) -> None:
    reads, office = program_of(alice, ApiToken.Scope.READ), program_of(olga)
    asked = [
        *sent_by_nobody(world),
        ("POST", "/follows", {"opportunity": world.sensors.pk}),
        ("DELETE", f"/follows/{world.sensors.pk}", {}),
        ("POST", "/project-follows", {"project": 1}),
        ("DELETE", "/project-follows/1", {}),
        ("POST", "/saved-searches", {"name": "Pumps", "query": ""}),
        ("POST", "/profiles", {"name": "Pumps"}),
    ]

    refused = [reads.send(method, address, body, If_Match="*") for method, address, body in asked]
    of_office = [office.send(method, address, body, If_Match="*") for method, address, body in asked]

    assert {kind(answer, 403) for answer in refused} == {"scope-missing"}
    assert {kind(answer, 403) for answer in of_office} == {"scope-missing"}
    assert not SavedSearch.objects.filter(name="Pumps").exists()
