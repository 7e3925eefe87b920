"""Tables as files: what a page lists, by the same question and through the same door."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from matching.models import CapabilityProfile
from opportunities.services import disclose_opportunity
from portal.accounts.models import User
from tests.factories.buyers import remember
from tests.factories.matching import FollowFactory, MatchFactory
from tests.factories.office_morning import build_office_morning
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn

OWN = (
    "/matches/?",
    "/followed/?",
    "/explore/?",
    "/calendar/?score=0&",
    "/early/?",
    "/buyers/?kind=city_spv&",
    "/cities/?",
    "/ledger/?",
)
OFFICE = (
    "/office/members/?",
    "/office/members/coverage/?",
    "/office/ledger/?",
    "/office/inbox/?",
    "/office/sources/?",
    "/buyers/?",
)


def downloaded(client: Client, address: str, kind: str) -> bytes:
    answer = client.get(f"{address}download={kind}")
    assert answer["Content-Disposition"].startswith('attachment; filename="setu-')
    return answer.getvalue()


def objects(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(downloaded(client, address, "json"))
    return found


def test_every_table_can_be_taken_home(world: World, alice: User, olga: User, as_: SignIn) -> None:
    now = timezone.now()
    build_office_morning(olga, now=now)
    told = OpportunityFactory.create(disclosed_from=None)
    disclose_opportunity(told.pk, from_=now, by=olga, now=now, because="Told in Delhi")
    FollowFactory.create(company=alice.companies.get(), opportunity=world.sensors)
    ProjectFactory.create()
    remember(now)

    lines = {address: objects(as_(alice), address) for address in OWN}
    lines |= {address: objects(as_(olga), address) for address in OFFICE}

    assert [address for address, found in lines.items() if not found or not any(found[0].values())] == []


def test_every_kind_of_file_has_the_same_cells(world: World, alice: User, as_: SignIn) -> None:
    client = as_(alice)

    lines = objects(client, "/matches/?")
    plain = list(csv.reader(StringIO(downloaded(client, "/matches/?", "csv").decode("utf-8-sig"))))
    swedish = downloaded(client, "/matches/?", "csv-se").decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(BytesIO(downloaded(client, "/matches/?", "xlsx")))

    titles = [line["title"] for line in lines]
    sheet = book.get_sheet_by_name("Matches").to_python()
    assert len(titles) > 0
    assert [row[1] for row in plain[1:]] == [row[1] for row in sheet[1:]] == titles
    assert {len(row) for row in plain} == {len(lines[0])}
    assert len(next(csv.reader(StringIO(swedish), delimiter=";"))) == len(lines[0])


def test_a_file_holds_what_the_page_lists_by_the_same_question(
    world: World, alice: User, as_: SignIn
) -> None:
    client = as_(alice)

    everything, narrowed = objects(client, "/matches/?"), objects(client, "/matches/?q=Surat&")

    assert 0 < len(narrowed) < len(everything)
    assert all("Surat" in line["buyer"] or "Surat" in line["title"] for line in narrowed)
    assert all(isinstance(line["score"], int) for line in everything)


def test_headings_are_in_the_reader_s_language_and_keys_never_change(
    world: World, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    client.cookies["django_language"] = "sv"

    heading = downloaded(client, "/matches/?", "csv-se").decode("utf-8-sig").splitlines()[0]

    assert heading.startswith("Poäng;Rubrik;Skede")
    assert list(objects(client, "/matches/?")[0])[:3] == ["score", "title", "stage"]


def test_a_competitor_gets_a_file_of_its_own(world: World, alice: User, charlie: User, as_: SignIn) -> None:
    FollowFactory.create(company=alice.companies.get(), opportunity=world.sensors)

    assert objects(as_(charlie), "/followed/?") == []
    assert world.sensors.title in [line["title"] for line in objects(as_(alice), "/followed/?")]
    assert as_(charlie).get("/office/members/?download=csv").status_code == 403


def test_the_office_takes_nothing_from_a_look(world: World, alice: User, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    company = alice.companies.get()
    client.post(f"/office/members/{company.pk}/look/", {"because": "It asked why nothing is found"})

    answer = client.get("/matches/?download=csv")

    assert answer["Content-Type"].startswith("text/html")
    assert b"download=csv-se" not in answer.content


def test_an_unknown_kind_is_the_page(world: World, alice: User, as_: SignIn) -> None:
    assert as_(alice).get("/matches/?download=exe")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("address", ["/matches/?", "/followed/?"])
def test_more_lines_are_no_more_questions(address: str, world: World, alice: User, as_: SignIn) -> None:
    client = as_(alice)

    def asked(lines: int) -> int:
        profile = CapabilityProfile.objects.filter(company=alice.companies.get()).earliest("pk")
        for opportunity in OpportunityFactory.create_batch(lines):
            MatchFactory.create(profile=profile, opportunity=opportunity)
            FollowFactory.create(company=profile.company, opportunity=opportunity)
        with CaptureQueriesContext(connection) as queries:
            downloaded(client, address, "csv")
        return len(queries)

    assert asked(1) == asked(5)
