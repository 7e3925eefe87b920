"""The office's lists a page at a time, what it gives to colleagues, and what it reads by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ingest.models import HandReading, QuarantinedPart, RawDocument
from ingest.services import parse_document, receive_upload
from opportunities.models import Opportunity, ProjectLink
from portal.accounts.models import User
from portal.dashboards.deeds import settling
from portal.dashboards.handling import Hand, handle, remark
from portal.dashboards.waiting import everything_waiting
from tests.factories.accounts import UserFactory
from tests.factories.ingest import SourceFactory
from tests.factories.office_morning import build_office_morning
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf
from tests.integration.api.test_problems import kind
from tests.unit.ingest.pdfs import pdf

DEPOT = {"kind": "tender", "title": "Bus depot", "stage": "tender", "value": "Rs. 42 Cr."}


@pytest.fixture
def office(olga: User, program_of: ProgramOf) -> Program:
    return program_of(olga)


def pages_of(program: Program, address: str) -> list[list[dict[str, Any]]]:
    """Each page of a list, as `next` leads from one to the next."""
    pages, following = [], address
    while following:
        told = program.get(following.partition("/api/v1")[2] or following).json()
        pages.append(told["results"])
        following = told["next"]
    return pages


def build_lists(world: World, olga: User) -> None:
    now = timezone.now()
    build_office_morning(olga, now=now)
    OpportunityFactory.create_batch(3, disclosed_from=None)
    for number in range(3):
        ProjectLink.objects.create(
            project=ProjectFactory.create(), opportunity=world.sensors, likeness=50 + number, proposed_at=now
        )
    for line in everything_waiting(at=now):
        if line.kind == "undisclosed" and line.pk != world.poles.pk:
            handle(line.key, settling("Not for us"), hand=Hand(olga, now))
    OpportunityFactory.create_batch(3, disclosed_from=None)


@pytest.mark.parametrize("name", ["inbox", "deeds", "links", "sources", "colleagues"])
def test_a_list_comes_a_page_at_a_time_and_whole(
    name: str, world: World, olga: User, office: Program
) -> None:
    UserFactory.create_batch(2, role=User.Role.OFFICE)
    build_lists(world, olga)
    address = f"/office/{name}"

    pages = pages_of(office, f"{address}?limit=2")

    whole = office.get(f"{address}?limit=100").json()
    assert whole["next"] is None
    assert len(pages) > 1
    assert {len(page) for page in pages[:-1]} == {2}
    assert [one for page in pages for one in page] == whole["results"]
    foreign = office.get(f"{address}?limit=2").json()["next"].partition("?")[2]
    other = "links" if name != "links" else "deeds"
    assert kind(office.get(f"/office/{other}?{foreign}"), 400) == "bad-parameters"


def test_what_is_dealt_with_meanwhile_shifts_no_page(olga: User, office: Program) -> None:
    OpportunityFactory.create_batch(6, disclosed_from=None)
    keys = [one["key"] for one in office.get("/office/inbox").json()["results"]]
    first = office.get("/office/inbox?limit=3").json()

    for key in (keys[0], keys[2]):  # the last of them as well, after which it goes on
        handle(key, settling("Not for us"), hand=Hand(olga, timezone.now()))

    told = office.get(first["next"].partition("/api/v1")[2]).json()["results"]
    assert [one["key"] for one in told] == keys[3:6]


def test_more_of_a_kind_is_told_than_the_page_has_room_for(office: Program) -> None:
    OpportunityFactory.create_batch(27, disclosed_from=None)

    told = office.get("/office/inbox?kind=undisclosed&limit=100").json()["results"]

    assert len(told) == 27


def test_a_thing_is_given_to_a_colleague_to_nobody_and_to_no_stranger(
    world: World, alice: User, office: Program
) -> None:
    thing = OpportunityFactory.create(disclosed_from=None)
    key = f"/office/inbox/undisclosed-{thing.pk}"
    colleague = UserFactory.create(name="Oda Ek", role=User.Role.OFFICE)
    known = office.get("/office/colleagues").json()["results"]

    def give(**told: object) -> Any:
        return office.send("POST", f"{key}/deeds", {"do": "assign"} | told, If_Match="*")

    given = give(to=colleague.pk)
    assert {"id": colleague.pk, "name": "Oda Ek"} in known
    assert (given.status_code, given.json()["to_name"]) == (201, "Oda Ek")
    assert office.get(key).json()["looked_after_by"] == "Oda Ek"
    assert give(to=colleague.pk).json() == given.json()
    assert give(to=None).status_code == 201
    assert office.get(key).json()["looked_after_by"] == ""
    for wrong in ({"to": alice.pk}, {"to": 2**40}, {"to": colleague.pk, "to_me": True}, {}):
        refused = give(**wrong)
        assert kind(refused, 422) == "not-understood"
        assert [one["name"] for one in refused.json()["errors"]] == ["to"]


@pytest.fixture
def part(db: None) -> QuarantinedPart:
    hand_in(b"Tender ID,Title\n,Bus depot\n")
    return QuarantinedPart.objects.get()


def hand_in(body: bytes) -> RawDocument:
    source = SourceFactory.create(kind="upload", address="", publisher="office.example.org")
    document, _ = receive_upload(source, name="list", media_type="text/csv", body=body, now=timezone.now())
    parse_document(document.pk, now=timezone.now())
    return document


def test_a_part_is_read_by_hand_once(part: QuarantinedPart, olga: User, office: Program) -> None:
    address = f"/office/inbox/part-{part.pk}/readings"
    before = office.get(address).json()

    read = office.send("POST", address, DEPOT)
    again = office.send("POST", address, DEPOT | {"title": "Another"})

    opportunity = Opportunity.objects.get()
    assert before == {"results": [], "next": None}
    assert (read.status_code, read.json()["opportunity"]) == (201, opportunity.pk)
    assert (read.json()["title"], read.json()["by_name"]) == ("Bus depot", olga.name)
    assert kind(again, 409) == "clash"
    assert office.get(address).json()["results"] == [read.json()]
    assert office.get(f"/office/inbox/part-{part.pk}").status_code == 404
    part.refresh_from_db()
    assert (part.settled_because, part.settled_by) == ("read by hand", olga)


def test_a_document_may_hold_several_notices(office: Program) -> None:
    document = hand_in(pdf([["Dear all,", "a bus depot in Mysuru, 42 Cr."]]))
    address = f"/office/inbox/document-{document.pk}/readings"

    first = office.send("POST", address, DEPOT | {"is_last": False})
    last = office.send("POST", address, DEPOT | {"title": "Poles"})
    late = office.send("POST", address, DEPOT | {"title": "Pumps"})

    assert [first.status_code, last.status_code, late.status_code] == [201, 201, 409]
    titles = [page[0]["title"] for page in pages_of(office, f"{address}?limit=1")]
    assert titles == ["Poles", "Bus depot"]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"title": ""}, "title"),
        ({"value": "about 42"}, "value"),
        ({"submission_deadline": "32/12/2026"}, "submission_deadline"),
        ({"portal": "the usual one"}, "portal"),
        ({"kind": "corrigendum"}, "process_id"),
        ({"kind": "award"}, "kind"),
        ({"stage": "awarded"}, "stage"),
        ({"is_last": True}, "is_last"),
    ],
    ids=str,
)
def test_what_can_not_be_read_is_told_by_its_field(
    told: dict[str, object], named: str, part: QuarantinedPart, office: Program
) -> None:
    answer = office.send("POST", f"/office/inbox/part-{part.pk}/readings", DEPOT | told)

    assert kind(answer, 422) == "not-understood"
    assert [one["name"] for one in answer.json()["errors"]] == [named]
    assert not HandReading.objects.exists()


def test_only_what_could_not_be_read_is_read_by_hand(world: World, office: Program) -> None:
    read = RawDocument.objects.filter(rejected_because="").first()
    assert read is not None
    for key in (f"undisclosed-{world.poles.pk}", f"document-{read.pk}", "part-0", "document-x", "part"):
        address = f"/office/inbox/{key}/readings"

        assert kind(office.get(address), 404) == "not-found"
        assert kind(office.send("POST", address, DEPOT), 404) == "not-found"


def test_a_remark_leaves_a_thing_where_it_is_in_the_list(olga: User, office: Program) -> None:
    OpportunityFactory.create_batch(4, disclosed_from=None)
    first = office.get("/office/inbox?limit=2").json()
    rest = office.get("/office/inbox").json()["results"][2:]

    remark(rest[0]["key"], "Ask the city.", hand=Hand(olga, timezone.now() + timedelta(seconds=1)))

    assert office.get(first["next"].partition("/api/v1")[2]).json()["results"] == rest
