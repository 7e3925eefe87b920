from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from ingest.models import QuarantinedPart, RawDocument
from opportunities.models import Disclosure
from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.signing_in import SignIn


def test_everything_that_waits_is_in_the_inbox(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/inbox/").content, "lxml")

    lines = [line.get_text(" ", strip=True) for line in page.select(".choice .badge")]
    assert lines == [
        "Source fails",
        "Source alarms",
        "Pages rebuilt",
        "Early stage",
        "Quarantined",
        "Check the reading",
        "Document rejected",
    ]


def test_one_kind_can_be_looked_at_alone(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/inbox/?kind=part").content, "lxml")

    assert [line.get_text(strip=True) for line in page.select(".choice .badge")] == ["Quarantined"]


def test_a_line_lies_beside_its_original_with_the_words_marked(world: World, olga: User, as_: SignIn) -> None:
    answer = as_(olga).get(f"/office/inbox/?item=undisclosed-{world.poles.pk}")

    page = BeautifulSoup(answer.content, "lxml")
    marks = [" ".join(mark.get_text().split()) for mark in page.select(".original mark")]
    assert marks == ["150 smart poles", "Rs. 42 Cr.", "Q1 of FY 2027-28"]


def test_the_office_discloses_to_all_at_once(world: World, olga: User, alice: User, as_: SignIn) -> None:
    assert as_(alice).get(f"/opportunities/{world.poles.pk}/").status_code == 404

    answer = as_(olga).post(f"/office/inbox/disclose/{world.poles.pk}/", follow=True)

    assert f"“{world.poles.title}”: Every member sees it now." in answer.content.decode()
    assert as_(alice).get(f"/opportunities/{world.poles.pk}/").status_code == 200
    assert Disclosure.objects.get().decided_by == olga


def test_the_moment_is_read_by_the_clock_in_stockholm(world: World, olga: User, as_: SignIn) -> None:
    as_(olga).post(f"/office/inbox/disclose/{world.poles.pk}/", {"from_": "2099-01-12T09:00"})

    world.poles.refresh_from_db()
    assert world.poles.disclosed_from == datetime(2099, 1, 12, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["", "tomorrow", "2099-13-01T09:00"])
def test_without_a_moment_that_can_be_read_nothing_is_disclosed(
    moment: str, world: World, olga: User, as_: SignIn
) -> None:
    answer = as_(olga).post(f"/office/inbox/disclose/{world.poles.pk}/", {"from_": moment})

    world.poles.refresh_from_db()
    assert (answer.status_code, world.poles.disclosed_from) == (422, None)
    assert "field__error" in answer.content.decode()


def test_a_quarantined_part_is_settled_with_a_reason(world: World, olga: User, as_: SignIn) -> None:
    part = QuarantinedPart.objects.get()

    refused = as_(olga).post(f"/office/inbox/part-{part.pk}/settle/", {"because": " "})
    settled = as_(olga).post(f"/office/inbox/part-{part.pk}/settle/", {"because": "A heading, no tender"})

    part.refresh_from_db()
    assert (refused.status_code, settled.status_code) == (422, 302)
    assert (part.settled_because, part.settled_by) == ("A heading, no tender", olga)
    assert as_(olga).get(f"/office/inbox/?item=part-{part.pk}").status_code == 404


@pytest.mark.parametrize(
    "key", ["undisclosed-0", "part-x", "nothing-1", "source", "notice-99999999999999999999", "document--1"]
)
def test_a_line_that_is_not_there_is_not_found(key: str, world: World, olga: User, as_: SignIn) -> None:
    assert as_(olga).get("/office/inbox/", {"item": key}).status_code == 404


def test_each_kind_of_line_can_be_laid_on_the_desk(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/inbox/").content, "lxml")
    addresses = [str(line["href"]).partition("#")[0] for line in page.select("a.choice")]

    answers = [as_(olga).get(f"/office/inbox/{address}").status_code for address in addresses]

    assert answers == [200] * len(addresses)


def test_what_was_read_with_doubt_can_be_checked_against_the_original(
    world: World, olga: User, as_: SignIn
) -> None:
    extraction = world.sensors.notices.get(notice_id="NIT 17").extractions.get()

    page = as_(olga).get(f"/office/inbox/?item=notice-{extraction.pk}").content.decode()

    assert "no date in it" in page
    assert "<mark>as per the corrigendum</mark>" in page
    assert "source, read with doubt" not in page


def test_an_empty_inbox_says_so(olga: User, as_: SignIn) -> None:
    assert "Nothing waits for you" in as_(olga).get("/office/inbox/").content.decode()


@pytest.mark.parametrize("kind", ["part", "document"])
def test_what_could_not_be_read_is_tried_again(kind: str, world: World, olga: User, as_: SignIn) -> None:
    document = QuarantinedPart.objects.get().document if kind == "part" else RawDocument.objects.rejected()[0]
    pk = QuarantinedPart.objects.get().pk if kind == "part" else document.pk
    page = BeautifulSoup(as_(olga).get(f"/office/inbox/?item={kind}-{pk}").content, "lxml")
    address = f"/office/documents/{document.pk}/retry/"
    assert page.select(f'form[action="{address}"]')

    as_(olga).post(address)

    document.refresh_from_db()
    assert (document.parsed_at, document.rejected_because) == (None, "")
