from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.services import DomainsOf, note_search_words, set_domains
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory
from tests.factories.opportunities import OpportunityFactory
from tests.integration.signing_in import SignIn

MOST_QUESTIONS = 12


def page(client: Client, query: str = "", **headers: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/explore/{query}", headers=headers).content, "lxml")


def titles(found: BeautifulSoup) -> list[str]:
    return [" ".join(title.get_text().split()) for title in found.select(".found__title")]


def text(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def three(db: None) -> None:
    soon = timezone.now() + timedelta(days=3)
    lights = OpportunityFactory.create(title="LED street lights", description="", submission_deadline=soon)
    OpportunityFactory.create(title="Sewage treatment plant", description="", city="Mysuru", state="KA")
    OpportunityFactory.create(
        title="Water meters", description="", buyer_name="Kochi Water Board", city="Kochi", state="KL"
    )
    OpportunityFactory.create(
        title="Old street lights", submission_deadline=timezone.now() - timedelta(days=1)
    )
    set_domains([DomainsOf(lights.pk, ("lighting",))], version="test")
    note_search_words()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["LED street lights", "Sewage treatment plant", "Water meters"]),
        ("?q=gatubelysning", ["LED street lights"]),
        ("?q=gatubelysnig", ["LED street lights"]),
        ("?domain=lighting", ["LED street lights"]),
        ("?state=KA&state=KL&sort=newest", ["Water meters", "Sewage treatment plant"]),
        ("?q=street&closed=yes", ["LED street lights", "Old street lights"]),
        ("?q=STP&page=999999", ["Sewage treatment plant"]),
        ("?state=ZZ&q=meters", ["Water meters"]),
    ],
)
def test_everything_open_is_there_to_be_searched(
    query: str, shown: list[str], three: None, alice: User, as_: SignIn
) -> None:
    assert titles(page(as_(alice), query)) == shown


def test_what_was_understood_is_told(three: None, alice: User, as_: SignIn) -> None:
    said = text(page(as_(alice), "?q=gatubelysnig+nosuchthing"))

    assert "Nothing says “gatubelysnig”. Showing results for gatubelysning ." in said
    assert "also found as street lighting" in said
    assert "No opportunity says “nosuchthing”." in said


def test_facets_say_how_many_they_would_leave(three: None, alice: User, as_: SignIn) -> None:
    found = page(as_(alice), "?state=KA")

    states = {text(label) for label in found.select("#facet-state label")}
    assert states == {"Karnataka 1", "Kerala 1", "Maharashtra 1"}
    assert [field["value"] for field in found.select("#facet-state input[checked]")] == ["KA"]
    assert text(found.select_one("h1") or found) == "1 open opportunity"


def test_a_choice_can_be_taken_back(three: None, alice: User, as_: SignIn) -> None:
    found = page(as_(alice), "?q=water&state=KL&stage=tender")

    assert [text(link) for link in found.select(".chosen__one")] == [
        "Remove Stage: Open tender",
        "Remove State: Kerala",
    ]
    assert found.select(".chosen__one")[0]["href"] == "/explore/?q=water&state=KL"


def test_what_is_not_understood_is_told_and_the_rest_holds(three: None, alice: User, as_: SignIn) -> None:
    found = page(as_(alice), "?state=ZZ&view=globe&q=meters")

    assert "State: “ZZ” isn’t one of the choices" in text(found)
    assert "View: “globe” isn’t one of the choices" in text(found)


def test_an_empty_search_leads_on(three: None, alice: User, as_: SignIn) -> None:
    found = page(as_(alice), "?q=street&state=KA")

    assert [(text(way), way.a["href"]) for way in found.select(".ways-out li")] == [  # type: ignore[index]
        ("any state : 1", "/explore/?q=street"),
        ("without “street” : 1", "/explore/?state=KA"),
    ]


@pytest.mark.parametrize(
    ("view", "sign"), [("table", ".found-table"), ("map", ".tiles"), ("list", "ol.list")]
)
def test_it_can_be_seen_three_ways(view: str, sign: str, three: None, alice: User, as_: SignIn) -> None:
    found = page(as_(alice), f"?view={view}&state=KA")

    assert found.select_one(sign)
    assert "Sewage treatment plant" in text(found)


def test_htmx_gets_the_same_without_what_is_round_it(three: None, alice: User, as_: SignIn) -> None:
    answer = as_(alice).get(
        "/explore/?q=street&state=&sort=best&within=&state=MH&page=1", headers={"HX-Request": "true"}
    )

    alone = BeautifulSoup(answer.content, "lxml")
    assert titles(alone) == ["LED street lights"]
    assert alone.select_one("header") is None
    assert answer["HX-Push-Url"] == "/explore/?q=street&state=MH"
    assert "HX-Request" in answer["Vary"]


def test_what_fits_is_marked_with_its_points(three: None, alice: User, as_: SignIn) -> None:
    profile = CapabilityProfileFactory.create(company=alice.companies.get())
    MatchFactory.create(profile=profile, opportunity__title="Leak sensors", score=81)

    assert "fits you 81 of 100" in text(page(as_(alice), "?q=leak"))


def test_the_points_of_others_are_not_shown(alice: User, charlie: User, as_: SignIn) -> None:
    profile = CapabilityProfileFactory.create(company=charlie.companies.get())
    MatchFactory.create(profile=profile, opportunity__title="Leak sensors", score=81)

    assert "Leak sensors" in text(page(as_(alice), "?q=leak"))
    assert "of 100" not in text(page(as_(alice), "?q=leak"))


@pytest.mark.parametrize(
    "query", ["", "?q=strete+lihgts&state=MH&stage=tender", "?q=nothing&state=GA", "?view=map"]
)
def test_the_number_of_questions_does_not_grow(query: str, three: None, alice: User, as_: SignIn) -> None:
    client = as_(alice)
    with CaptureQueriesContext(connection) as few:
        page(client, query)
    for number in range(8):
        MatchFactory.create(opportunity__title=f"Street lights {number}")
    with CaptureQueriesContext(connection) as many:
        page(client, query)

    assert len(many) == len(few)
    assert len(many) <= MOST_QUESTIONS


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00", "?q=" + "a" * 10_000, "?q=%26+%7C+!+(+)+:*+%3C-%3E", "?q=%25_%25", "?q='%3B+DROP+TABLE+x",
        "?q=%ED%A0%80", "?page=-1", "?page=x", "?page=99999999999999999999", "?buyer=" + "b" * 3_000,
        "?state=%00", "?within=9999999999", "?value=1e9", "?" + "&".join(["state=MH"] * 200), "?q=-",
        "?" + "&".join(f"q=w{n}" for n in range(100)), '?q="', "?stage[]=tender", "?city=%F0%9F%92%A1",
    ],
)  # fmt: skip
def test_no_address_breaks_the_page(query: str, three: None, alice: User, as_: SignIn) -> None:
    assert as_(alice).get(f"/explore/{query}").status_code == 200


def test_the_page_speaks_swedish(three: None, bob: User, as_: SignIn) -> None:
    client = as_(bob)
    client.cookies["django_language"] = "sv"

    found = page(client, "?q=gatubelysning&within=7")

    assert text(found.select_one("h1") or found) == "1 öppen möjlighet"
    assert "hittas även som street lighting" in text(found)
    assert "Sista anbudsdag: inom 7 dagar" in text(found)
