"""The office's programs: what waits, what is done about it, and to whom something is disclosed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import LedgerEntry, Opportunity
from portal.accounts.models import ApiToken, User
from portal.dashboards.models import Case, CaseEntry
from tests.factories.office_morning import build_office_morning, waiting_proposal
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf
from tests.integration.api.test_problems import kind

ADDRESSES = (
    "/office/inbox",
    "/office/inbox/undisclosed-1",
    "/office/inbox/document-1/readings",
    "/office/colleagues",
    "/office/deeds",
    "/office/deeds/1",
    "/office/disclosures/1",
    "/office/links",
    "/office/sources",
    "/office/sources/1",
)


@pytest.fixture
def hidden(world: World) -> Opportunity:
    """Waits for the office to disclose it."""
    opportunity: Opportunity = OpportunityFactory.create(title="Smart poles", disclosed_from=None)
    return opportunity


@pytest.fixture
def office(olga: User, program_of: ProgramOf) -> Program:
    return program_of(olga)


def key_of(hidden: Opportunity) -> str:
    return f"/office/inbox/undisclosed-{hidden.pk}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_the_offices_alone(
    address: str, alice: User, olga: User, anybody: Program, program_of: ProgramOf
) -> None:
    assert kind(anybody.get(address), 401) == "who-are-you"
    assert kind(program_of(alice).get(address), 403) == "scope-missing"
    assert kind(program_of(olga, ApiToken.Scope.READ).get(address), 403) == "scope-missing"


def test_a_token_of_the_offices_opens_nothing_without_the_second_factor(
    office: Program, settings: Settings
) -> None:
    before = office.get("/office/inbox")
    settings.OFFICE_SECOND_FACTOR = True

    assert before.status_code == 200
    assert kind(office.get("/office/inbox"), 403) == "not-allowed"
    assert kind(office.get("/opportunities"), 403) == "not-allowed"


def test_a_token_ends_with_its_persons_role(office: Program, olga: User) -> None:
    User.objects.filter(pk=olga.pk).update(role=User.Role.MEMBER)

    assert kind(office.get("/office/inbox"), 401) == "who-are-you"


@pytest.mark.usefixtures("hidden")
def test_the_inbox_tells_what_the_page_tells(olga: User, office: Program, client: Client) -> None:
    build_office_morning(olga, now=timezone.now())
    client.force_login(olga)

    shown = client.get("/office/inbox/").context["lines"]
    told = office.get("/office/inbox").json()["results"]

    assert [one["key"] for one in told] == [line.key for line in shown]
    for one in told:
        assert office.get(f"/office/inbox/{one['key']}").json()["title"] == one["title"]
    only = office.get("/office/inbox?kind=undisclosed").json()["results"]
    assert {one["kind"] for one in only} == {"undisclosed"}


def test_a_thing_is_disclosed_as_it_was_seen_once(hidden: Opportunity, alice: User, office: Program) -> None:
    seen = office.get(key_of(hidden)).headers["ETag"]

    unseen = office.send("POST", f"{key_of(hidden)}/deeds", {"do": "disclose"})
    done = office.send("POST", f"{key_of(hidden)}/deeds", {"do": "disclose"}, If_Match=seen)
    again = office.send("POST", f"{key_of(hidden)}/deeds", {"do": "disclose"}, If_Match=seen)

    assert kind(unseen, 428) == "version-missing"
    assert (done.status_code, done.json()["deed"]) == (201, "disclosed")
    assert kind(again, 409) == "clash"
    assert office.get(key_of(hidden)).status_code == 404
    hidden.refresh_from_db()
    assert hidden.disclosed_from is not None
    assert office.get(done.headers["Location"].removeprefix("/api/v1")).json() == done.json()


def test_what_a_colleague_did_meanwhile_must_be_seen(hidden: Opportunity, office: Program) -> None:
    seen = office.get(key_of(hidden)).headers["ETag"]
    office.send("POST", f"{key_of(hidden)}/deeds", {"do": "remark", "remark": "Ask the city."}, If_Match="*")

    stale = office.send("POST", f"{key_of(hidden)}/deeds", {"do": "disclose"}, If_Match=seen)
    seen = office.get(key_of(hidden)).headers["ETag"]
    fresh = office.send("POST", f"{key_of(hidden)}/deeds", {"do": "disclose"}, If_Match=seen)

    assert kind(stale, 412) == "changed-meanwhile"
    assert fresh.status_code == 201


def test_it_is_assigned_set_aside_and_brought_back(hidden: Opportunity, olga: User, office: Program) -> None:
    deeds = f"{key_of(hidden)}/deeds"

    taken = [office.send("POST", deeds, {"do": "assign", "to_me": True}, If_Match="*") for _ in range(2)]
    mine = office.get("/office/inbox?mine=yes").json()["results"]
    settled = office.send("POST", deeds, {"do": "settle", "because": "Not for us"}, If_Match="*")
    gone = office.get(key_of(hidden)).status_code
    done = office.get("/office/deeds").json()["results"]
    undone = office.send("DELETE", f"/office/deeds/{settled.json()['id']}")

    assert [one.json()["id"] for one in taken] == [taken[0].json()["id"]] * 2
    assert [(one["key"], one["looked_after_by"]) for one in mine] == [(f"undisclosed-{hidden.pk}", olga.name)]
    assert (settled.json()["deed"], settled.json()["words"], gone) == ("set_aside", "Not for us", 404)
    assert [one["deed"] for one in done] == ["set_aside"]
    assert (undone.status_code, office.get(key_of(hidden)).status_code) == (204, 200)
    assert kind(office.send("DELETE", f"/office/deeds/{taken[0].json()['id']}"), 409) == "clash"


@pytest.mark.usefixtures("world")
def test_two_that_are_one_are_merged(olga: User, office: Program) -> None:
    build_office_morning(olga, now=timezone.now())
    proposal = waiting_proposal()

    body = {"do": "merge", "may_disclose": True}
    merged = office.send("POST", f"/office/inbox/duplicate-{proposal.pk}/deeds", body, If_Match="*")

    assert (merged.status_code, merged.json()["deed"]) == (201, "merged")


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"do": "burn"}, "do"),
        ({"do": "approve"}, "do"),
        ({"do": "settle"}, "because"),
        ({"do": "disclose", "because": "So"}, "because"),
        ({"do": "disclose", "visible_from": "2026-12-01T12:00"}, "visible_from"),
        ({"do": "disclose", "visible_from": "9999-12-31T23:59:59-05:00"}, "visible_from"),
        ({"do": "answer", "extraction": 1, "question": "x", "answer": "confirm"}, "question"),
        ({"do": "name", "buyer": 1}, "do"),
    ],
    ids=str,
)
def test_a_deed_is_told_with_its_own_fields(
    told: dict[str, object], named: str, hidden: Opportunity, office: Program
) -> None:
    answer = office.send("POST", f"{key_of(hidden)}/deeds", told, If_Match="*")

    assert kind(answer, 422) == "not-understood"
    assert [one["name"] for one in answer.json()["errors"]] == [named]
    assert not CaseEntry.objects.exists()
    assert not Case.objects.exists()


def test_a_disclosure_is_looked_at_decided_corrected_and_withdrawn(
    hidden: Opportunity, office: Program
) -> None:
    address = f"/office/disclosures/{hidden.pk}"
    seen = office.get(address).headers["ETag"]
    some, later = {"domains": ["water-supply"]}, (timezone.now() + timedelta(days=2)).isoformat()

    reach = office.send("POST", f"{address}/preview", some)
    silent = office.send("POST", address, some, If_Match=seen)
    decided = office.send("POST", address, some | {"because": "Theirs", "visible_from": later}, If_Match=seen)
    stale = office.send("POST", address, {"because": "All"}, If_Match=seen)
    corrected = office.send("POST", address, {"because": "All"}, If_Match=decided.headers["ETag"])
    withdrawn = office.send("POST", f"{address}/withdraw", {"because": "A mistake"}, If_Match="*")

    assert set(reach.json()) == {"members", "meant", "listed", "strong", "subscribers", "nothing"}
    assert [one["name"] for one in silent.json()["errors"]] == ["because"]
    assert (decided.status_code, decided.json()["domains"]) == (201, ["water-supply"])
    assert kind(stale, 412) == "changed-meanwhile"
    assert (corrected.status_code, corrected.json()["domains"]) == (201, [])
    assert (withdrawn.status_code, withdrawn.json()["disclosed_from"]) == (201, None)
    told = [one["kind"] for one in withdrawn.json()["ledger"]]
    assert told == list(
        LedgerEntry.objects.filter(opportunity=hidden).order_by("-number").values_list("kind", flat=True)
    )


def test_a_link_is_confirmed_and_refused(world: World, office: Program) -> None:
    project = ProjectFactory.create()
    body: dict[str, Any] = {"project": project.pk, "opportunity": world.sensors.pk}

    linked = office.send("POST", "/office/links", body | {"is_it": True})
    silent = office.send("POST", "/office/links", body | {"is_it": False})
    refused = office.send("POST", "/office/links", body | {"is_it": False, "because": "Another city"})
    nothing = office.send("POST", "/office/links", body | {"is_it": True, "project": 2**40})

    assert (linked.status_code, linked.json()["state"]) == (201, "confirmed")
    assert [one["name"] for one in silent.json()["errors"]] == ["because"]
    assert (refused.status_code, refused.json()["state"]) == (201, "refused")
    assert kind(nothing, 404) == "not-found"
    assert office.get("/office/links").json()["results"] == []


@pytest.mark.usefixtures("world")
def test_sources_are_told_with_how_they_do(office: Program, olga: User) -> None:
    build_office_morning(olga, now=timezone.now())

    listed = office.get("/office/sources").json()["results"]

    assert "kerala" in [one["slug"] for one in listed]
    assert office.get(f"/office/sources/{listed[0]['id']}").json() == listed[0]
    assert kind(office.get("/office/sources/0"), 404) == "not-found"
