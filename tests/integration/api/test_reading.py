"""What programs read: what the pages show, by the same search and through the same door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from opportunities.models import Opportunity
from opportunities.parsed_notice import NoticeKind, ParsedNotice, Requirement, RequirementKind
from opportunities.projects.documents import DocumentKind
from opportunities.services import (
    DocumentNamed,
    attach_document,
    merge_opportunities,
    record_notices,
    remove_document,
)
from portal.accounts.models import Company, User
from tests.factories.buyers import pune
from tests.factories.notices import asking, parsed_notice
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf

HOUR = timedelta(hours=1)


def titles(program: Program, address: str) -> list[str]:
    return [one["title"] for one in program.get(address).json()["results"]]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "sensors"},
        {"q": "sensors water", "sort": "value"},
        {"state": ["KL", "MH"], "sort": "newest"},
        {"stage": "eoi", "closed": "yes"},
        {"within": "30", "value": ["10-50", "50-200"]},
    ],
    ids=str,
)
@pytest.mark.usefixtures("world")
def test_a_search_finds_what_explore_finds_in_its_order(
    asked: dict[str, str | list[str]], alice: User, program_of: ProgramOf, client: Client
) -> None:
    client.force_login(alice)
    query = urlencode(asked, doseq=True)

    page = client.get(f"/explore/?{query}").context
    told = program_of(alice).get(f"/opportunities?{query}").json()

    assert [one["id"] for one in told["results"]] == [one.opportunity.pk for one in page["found"]]
    assert len(told["results"]) == page["total"]
    assert told["next"] is None


def test_one_opportunity_is_told_with_what_is_known_of_it(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    told = program_of(alice).get(f"/opportunities/{world.sensors.pk}").json()

    assert told["title"] == world.sensors.title
    assert told["value"] == {"amount": f"{world.sensors.value_amount:.2f}", "currency": "INR"}
    assert told["submission_deadline"]["at"].endswith("Z")
    assert [change["field"] for entry in told["history"] for change in entry["changes"]] != []
    assert {origin["field"] for origin in told["origins"]} >= {"value"}
    assert [asked["kind"] for asked in told["requirements"]] != []
    assert [step["name"] for step in told["timeline"]] != []


def test_only_the_fields_that_are_asked_for_are_told(
    world: World, alice: User, program_of: ProgramOf
) -> None:
    program = program_of(alice)

    line = program.get("/opportunities?fields=id,title&limit=1").json()["results"][0]
    whole = program.get(f"/opportunities/{world.sensors.pk}?fields=history").json()

    assert set(line) == {"id", "title"}
    assert set(whole) == {"history"}
    assert set(whole["history"][0]) > {"number", "changes"}


@pytest.mark.usefixtures("world")
def test_facets_count_what_the_page_counts(alice: User, program_of: ProgramOf, client: Client) -> None:
    client.force_login(alice)

    page = client.get("/explore/?q=sensors").context
    told = program_of(alice).get("/opportunities/facets?q=sensors").json()

    states = {
        value.value: value.count
        for facet in page["facets"]
        if facet.facet == "state"
        for value in facet.values
    }
    assert told["total"] == page["total"]
    assert {
        one["value"]: one["count"]
        for facet in told["facets"]
        if facet["name"] == "state"
        for one in facet["values"]
    } == states


def test_anybody_is_told_what_every_member_may_know_and_no_contact(
    world: World, vallar: Company, anybody: Program, alice: User, program_of: ProgramOf
) -> None:
    vallar.domains = ["water-supply"]
    vallar.save()
    Opportunity.objects.filter(pk=world.sensors.pk).update(contact="GM (Water)")
    ours = OpportunityFactory.create(title="For water alone", audience_domains=["water-supply"])
    member = program_of(alice)

    assert "For water alone" in titles(member, "/opportunities?q=water&limit=100")
    assert "For water alone" not in titles(anybody, "/opportunities?q=water&limit=100")
    assert anybody.get(f"/opportunities/{ours.pk}").status_code == 404
    assert member.get(f"/opportunities/{world.sensors.pk}").json()["contact"] == "GM (Water)"
    told = anybody.get(f"/opportunities/{world.sensors.pk}").json()
    assert told["contact"] == ""
    assert "contact" not in {origin["field"] for origin in told["origins"]}


def test_what_changed_of_a_contact_is_told_to_members_alone(
    alice: User, program_of: ProgramOf, anybody: Program
) -> None:
    first = parsed_notice(1, title="Pumps", contact="GM (Water)", period_days=90)
    corrected = parsed_notice(2, kind=NoticeKind.CORRIGENDUM, contact="GM (Finance)", period_days=120)
    process = recorded(first, corrected)

    def changed(program: Program) -> set[str]:
        told = program.get(f"/opportunities/{process.pk}").json()["history"]
        return {change["field"] for entry in told for change in entry["changes"]}

    assert changed(program_of(alice)) == {"contact", "period_days"}
    assert changed(anybody) == {"period_days"}


def test_what_the_channel_wrote_is_told_to_members_alone(
    alice: User, program_of: ProgramOf, anybody: Program
) -> None:
    asked = Requirement(RequirementKind.TURNOVER, "Says the channel of turnover")
    told = parsed_notice(1, process_id="CII-77", title="Pumps", description="Says the channel of pumps")
    process = recorded(replace(asking(told, asked), publisher="CII"))

    member = program_of(alice).get(f"/opportunities/{process.pk}").content.decode()
    whole = anybody.get(f"/opportunities/{process.pk}")
    line = anybody.get("/opportunities").json()["results"][0]

    assert (member.count("Says the channel"), "CII-77" in member, "2026-11-01" in member) == (2, True, True)
    everybody = whole.content.decode()
    assert (everybody.count("Says the channel"), "CII-77" in everybody, "2026-11-01" in everybody) == (
        0,
        False,
        False,
    )
    assert (line["title"], line["process_id"], line["published_at"]) == ("Pumps", "", None)


def test_of_what_a_portal_and_the_channel_told_everybody_reads_the_portal(
    anybody: Program, olga: User
) -> None:
    asked = Requirement(RequirementKind.TURNOVER, "Turnover, says the portal")
    by_portal = recorded(asking(parsed_notice(2, title="Pumps", description="Says the portal"), asked))
    hint = Requirement(RequirementKind.NET_WORTH, "Net worth, says the channel")
    by_channel = recorded(
        replace(asking(parsed_notice(1, process_id="CII-77", title="Pumps"), hint), publisher="CII")
    )
    now = timezone.now()
    assert merge_opportunities(by_portal.pk, by_channel.pk, by=olga, now=now, may_disclose=True) is not None

    told = anybody.get(f"/opportunities/{by_portal.pk}").json()

    assert told["description"] == "Says the portal"
    assert [one["sentence"] for one in told["requirements"]] == ["Turnover, says the portal"]
    assert told["published_at"] is None
    assert told["process_id"] == by_portal.process_id


def recorded(*notices: ParsedNotice) -> Opportunity:
    for notice in notices:
        record_notices([notice], seen_at=timezone.now(), now=timezone.now())
    first = notices[0]
    return Opportunity.objects.get(publisher=first.publisher, process_id=first.process_id)


@pytest.mark.usefixtures("world")
def test_pages_follow_one_another_without_a_gap(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    for query in ("sort=deadline", "sort=newest&closed=yes", "sort=value", "q=water", "closed=yes"):
        whole = titles(program, f"/opportunities?{query}&limit=100")
        found, address = [], f"/opportunities?{query}&limit=2"
        while address:
            told = program.get(address).json()
            found += [one["title"] for one in told["results"]]
            address = (told["next"] or "").partition("/api/v1")[2]

        assert found == whole, query
        assert len(found) > 4, query


@pytest.mark.usefixtures("world")
def test_what_is_new_meanwhile_shifts_no_page(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    first = program.get("/opportunities?limit=3").json()
    rest = titles(program, "/opportunities?limit=100")[3:6]

    OpportunityFactory.create(title="Closes first", submission_deadline=timezone.now() + timedelta(minutes=5))

    assert len(rest) == 3
    assert titles(program, first["next"].partition("/api/v1")[2]) == rest


def test_a_project_is_told_without_what_the_office_keeps(alice: User, program_of: ProgramOf) -> None:
    project = ProjectFactory.create(title="Smart poles", contact="GM (e-Gov)", basis="Council, 12 November")
    program = program_of(alice)

    line = program.get("/projects").json()["results"]
    whole = program.get(f"/projects/{project.pk}")

    assert [one["id"] for one in line] == [project.pk]
    assert whole.json()["basis"] == "Council, 12 November"
    assert "GM (e-Gov)" not in whole.content.decode()


def test_documents_of_a_project_are_told_as_its_page_tells_them_and_never_earlier(
    alice: User, olga: User, program_of: ProgramOf, anybody: Program
) -> None:
    now = timezone.now()
    known, later = ProjectFactory.create(), ProjectFactory.create(opportunity=hidden_until(now + HOUR))
    for project in (known, later):
        attach_document(project.pk, report("shared", is_shared=True), by=olga, now=now)
        attach_document(project.pk, report("internal", is_shared=False), by=olga, now=now)
    gone = attach_document(known.pk, report("gone", is_shared=True), by=olga, now=now)
    remove_document(gone.pk, by=olga, now=now)

    told = program_of(alice).get(f"/projects/{known.pk}").json()["documents"]

    assert told == [
        {
            "kind": "projectPlan",
            "title": "shared",
            "url": "https://pmc.example.in/shared.pdf",
            "published_on": "2026-03-31",
        }
    ]
    assert anybody.get(f"/projects/{known.pk}").json()["documents"] == told
    assert program_of(alice).get(f"/projects/{later.pk}").status_code == 404


def hidden_until(moment: datetime) -> Opportunity:
    return OpportunityFactory.create(stage="dpr", disclosed_from=moment)


def report(title: str, *, is_shared: bool) -> DocumentNamed:
    url = f"https://pmc.example.in/{title}.pdf"
    return DocumentNamed(DocumentKind.PLAN, title, url, date(2026, 3, 31), is_shared)


def test_buyers_and_cities_are_told_with_memory(anybody: Program) -> None:
    buyer = pune()

    listed = anybody.get("/buyers?q=pune").json()["results"]
    city = anybody.get("/cities/pune").json()

    assert anybody.get(f"/buyers/{buyer.pk}").json() in listed
    assert buyer.pk in [one["id"] for one in city["buyers"]]
    assert city["buyers"][0]["memory"]["bid_days"] is None
    assert len(anybody.get("/cities?limit=100").json()["results"]) == 100


@pytest.mark.usefixtures("world")
def test_a_page_takes_few_queries(
    alice: User, program_of: ProgramOf, django_assert_max_num_queries: object
) -> None:
    program = program_of(alice)
    program.get("/opportunities")  # notes that the token is in use
    for address, most in (
        ("/opportunities", 3),
        ("/opportunities?q=sensors", 6),
        ("/opportunities/facets", 2),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert program.get(address).status_code == 200
