"""Programs that write, retire and bring back their company's own profiles."""

from __future__ import annotations

import pytest

from matching.models import CapabilityProfile, SavedSearch
from matching.services.saved_searches import MOST_SEARCHES
from portal.accounts.models import User
from tests.factories.matching import SavedSearchFactory
from tests.factories.world import World
from tests.integration.api.conftest import ProgramOf
from tests.integration.api.test_problems import kind

VALVES = {"name": "Valves", "summary": "Valves for district metering.", "domains": ["water-supply"]}


def test_a_profile_is_written_and_found_where_it_is_told_to_be(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    program = program_of(alice)

    written = program.send("POST", "/profiles", VALVES | {"yearly_turnovers": []})
    read = program.get(written.headers["Location"].removeprefix("/api/v1"))

    assert (written.status_code, written.json()["domains"]) == (201, ["water-supply"])
    assert (read.json(), read.headers["ETag"]) == (written.json(), written.headers["ETag"])
    row = CapabilityProfile.objects.get(name="Valves")
    assert (row.company, row.edited_by, row.language) == (world.profile.company, alice, alice.language)
    seen = {"If_Match": written.headers["ETag"]}
    assert program.send("PATCH", f"/profiles/{row.pk}", {"summary": "Mine"}, **seen).status_code == 200


def test_the_same_profile_again_is_the_one_that_is_there(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)

    first, again = [program.send("POST", "/profiles", VALVES) for _ in range(2)]
    other = program.send("POST", "/profiles", VALVES | {"summary": "Others."})

    assert again.json() == first.json()
    assert kind(other, 409) == "clash"
    assert CapabilityProfile.objects.filter(name="Valves").count() == 1


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "Valves", "founded_year": 9000}, "founded_year"),
        ({"name": "Valves", "domains": ["astrology"]}, "domains.0"),
        ({"name": "Valves", "may_lead_joint_venture": True}, "may_lead_joint_venture"),
    ],
    ids=str,
)
def test_a_new_profile_holds_what_its_form_holds(
    told: dict[str, object], named: str, alice: User, program_of: ProgramOf
) -> None:
    answer = program_of(alice).send("POST", "/profiles", told)

    assert kind(answer, 422) == "not-understood"
    assert [one["name"] for one in answer.json()["errors"]] == [named]
    assert not CapabilityProfile.objects.exists()


def test_a_profile_is_retired_and_brought_back(world: World, alice: User, program_of: ProgramOf) -> None:
    program, address = program_of(alice), f"/profiles/{world.profile.pk}"

    retired = [program.send("DELETE", address).status_code for _ in range(2)]
    gone = program.get(address).status_code
    back = [program.send("POST", f"{address}/restore") for _ in range(2)]

    assert (retired, gone) == ([204, 404], 404)
    assert [one.status_code for one in back] == [201, 201]
    assert back[0].headers["Location"] == f"/api/v1{address}"
    assert program.get(address).json() == back[1].json()


def test_a_profile_whose_name_is_taken_stays_retired(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    program, address = program_of(alice), f"/profiles/{world.profile.pk}"
    program.send("DELETE", address)
    program.send("POST", "/profiles", {"name": world.profile.name})

    assert kind(program.send("POST", f"{address}/restore"), 409) == "clash"
    assert program.get(address).status_code == 404


def test_a_search_that_was_taken_away_is_kept_again(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    kept = program.send("POST", "/saved-searches", {"name": "Pumps", "query": "q=pumps"})
    address = kept.headers["Location"].removeprefix("/api/v1")
    program.send("DELETE", address)

    back = [program.send("POST", f"{address}/restore") for _ in range(2)]

    assert [(one.status_code, one.json()) for one in back] == [(201, kept.json())] * 2
    program.send("DELETE", address)
    program.send("POST", "/saved-searches", {"name": "Pumps", "query": ""})
    assert kind(program.send("POST", f"{address}/restore"), 409) == "clash"
    assert program.get(address).status_code == 404


def test_no_more_searches_come_back_than_there_is_room_for(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    company = world.profile.company
    ended = SavedSearchFactory.create(company=company, by=alice, ended_at=world.profile.changed_at)
    SavedSearch.objects.bulk_create(
        SavedSearch(
            company=company, name=f"S{number}", query="", language="sv", by=alice, created_at=ended.created_at
        )
        for number in range(MOST_SEARCHES)
    )

    answer = program_of(alice).send("POST", f"/saved-searches/{ended.pk}/restore")

    assert kind(answer, 409) == "clash"
    assert SavedSearch.objects.standing().filter(pk=ended.pk).count() == 0
