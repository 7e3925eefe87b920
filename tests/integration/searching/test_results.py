"""What a search finds, in which order, and how much of each there is."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.services import ask
from opportunities.explore import (
    MOST_RANKED,
    Asked,
    facet_counts,
    found_opportunities,
    ids_among,
    ids_in_order,
    loosened,
    opportunities_by_id,
    weekly_volume,
)
from opportunities.models import Opportunity, SearchEntry
from opportunities.parsed_notice import Stage
from opportunities.searching.definition import Facet
from opportunities.searching.terms import Reading
from opportunities.services import DomainsOf, set_domains
from portal.accounts.models import Company
from tests.factories.opportunities import OpportunityFactory
from tests.integration.searching.conftest import Look


def tender(title: str, **facts: object) -> Opportunity:
    said = {"description": "", "city": "", "state": "", "buyer_name": "", **facts}
    return OpportunityFactory.create(title=title, **said)


def titles(asked: Asked) -> list[str]:
    ids = ids_in_order(asked)
    return [row.title for row in opportunities_by_id(ids, to=asked.to, at=asked.at)]


@pytest.fixture
def four(db: None) -> None:
    now = timezone.now()
    tender("LED street lights in wards", city="Pune", state="MH", value_amount=Decimal(50_000_000))
    tender(
        "Sewage treatment plant",
        city="Nagpur",
        state="MH",
        stage=Stage.EOI,
        submission_deadline=now + timedelta(days=5),
        scheme="AMRUT 2.0",
        is_joint_venture_allowed=True,
    )
    tender(
        "Water meters",
        state="KA",
        buyer_name="Mysuru Water Board",
        procurement_method="Global Tenders",
        is_joint_venture_allowed=False,
        submission_deadline=now + timedelta(days=40),
        publisher="kppp.example.org",
    )
    tender("Awarded street lights", state="MH", stage=Stage.AWARDED)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"LED street lights in wards", "Sewage treatment plant", "Water meters"}),
        ("q=gatubelysning", {"LED street lights in wards"}),
        ("q=gatubelysning&closed=yes", {"LED street lights in wards", "Awarded street lights"}),
        ("q=STP", {"Sewage treatment plant"}),
        ("q=vattenmätare", {"Water meters"}),
        ("q=strete+lihgts", {"LED street lights in wards"}),
        ("q=gatubelysnig", {"LED street lights in wards"}),
        ("q=strete&exactly=yes", set()),
        ("q=lights+-street", set()),
        ('q="street+lights"', {"LED street lights in wards"}),
        ("q=mysuru", {"Water meters"}),
        ("q=maharashtra+plant", {"Sewage treatment plant"}),
        ("q=amrut", {"Sewage treatment plant"}),
        ("q=the", {"LED street lights in wards", "Sewage treatment plant", "Water meters"}),
        ("state=MH", {"LED street lights in wards", "Sewage treatment plant"}),
        ("state=MH&state=KA&stage=tender", {"LED street lights in wards", "Water meters"}),
        ("city=Nagpur", {"Sewage treatment plant"}),
        ("buyer=Mysuru+Water+Board", {"Water meters"}),
        ("value=1-10", {"LED street lights in wards"}),
        ("within=7", {"Sewage treatment plant"}),
        ("scheme=AMRUT+2.0", {"Sewage treatment plant"}),
        ("source=kppp.example.org", {"Water meters"}),
        ("jv=yes", {"Sewage treatment plant"}),
        ("jv=no&jv=unstated", {"LED street lights in wards", "Water meters"}),
        ("global=yes", {"Water meters"}),
        ("q=water&state=MH", set()),
    ],
)  # fmt: skip
def test_words_and_facets_find_what_they_say(query: str, found: set[str], look: Look, four: None) -> None:
    asked = look(query)

    assert set(titles(asked)) == found
    assert facet_counts(asked).total == len(found)


@pytest.mark.parametrize(
    "words",
    [
        "'",
        "a & !b",
        "a | (",
        ":*",
        "<->",
        "%",
        "_%",
        "\\",
        "' OR 1=1 --",
        "a:b <2> c",
        '"',
        '""',
        "((((",
        "-",
    ],
)
def test_signs_mean_nothing_to_the_database(words: str, look: Look, four: None) -> None:
    asked = look("")
    odd = look(f"q={words.replace('&', '%26').replace('%', '%25')}")

    assert set(titles(odd)) <= set(titles(asked))
    assert facet_counts(odd).total == len(titles(odd))


def test_the_order_is_by_words_then_by_deadline(look: Look, vallar: object) -> None:
    soon, late = (timezone.now() + timedelta(days=days) for days in (3, 30))
    tender("Roads", description="with a sensor somewhere", submission_deadline=soon)
    tender("Sensor network", submission_deadline=late)
    tender("Sensor platform", submission_deadline=soon)

    assert titles(look("q=sensor")) == ["Sensor platform", "Sensor network", "Roads"]
    assert titles(look("q=sensor&sort=deadline"))[-1] == "Sensor network"


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("closed=yes", ["Next", "Later", "Undated", "Just over", "Long over"]),
        ("sort=newest", ["Undated", "Later", "Next"]),
        ("sort=value", ["Later", "Next", "Undated"]),
    ],
)
def test_every_order_says_where_gaps_stand(query: str, order: list[str], look: Look, db: None) -> None:
    now = timezone.now()
    for age, (title, days, value) in enumerate(
        [
            ("Undated", None, None),
            ("Later", 20, 900),
            ("Just over", -1, 5),
            ("Next", 2, 100),
            ("Long over", -90, 5),
        ]
    ):
        tender(
            title,
            submission_deadline=days and now + timedelta(days=days),
            published_at=now - timedelta(days=age),
            value_amount=value,
            value_currency="INR" if value else "",
        )

    assert titles(look(query)) == order


def test_a_page_is_a_stretch_of_the_whole_order(look: Look, db: None) -> None:
    for number in range(7):
        tender(f"Sensor {number}")
    asked = look("q=sensor")

    whole = ids_in_order(asked)

    assert [pk for start in (0, 3, 6) for pk in ids_in_order(asked, start=start, stop=start + 3)] == whole


@pytest.mark.parametrize("order", ["best", "deadline", "newest", "value"])
@pytest.mark.parametrize("query", ["q=sensor", "q=sensor&closed=yes", "state=MH&closed=yes", ""])
def test_the_counts_bring_what_comes_first_as_the_order_has_it(
    query: str, order: str, look: Look, db: None
) -> None:
    now = timezone.now()
    for number in range(8):
        tender(
            "Sensor " * (number % 3 + 1) + str(number),
            state="MH" if number % 4 else "GJ",
            submission_deadline=None if number == 5 else now + timedelta(days=(3 - number) * 2, hours=1),
            published_at=now - timedelta(days=number % 5),
            value_amount=None if number == 2 else number % 3 * 1_000_000,
            value_currency="" if number == 2 else "INR",
        )
    asked = look(f"{query}&sort={order}")

    first = facet_counts(asked, first=MOST_RANKED).first

    assert ids_among(asked, first, start=0, stop=9) == ids_in_order(asked)
    assert ids_among(asked, first, start=2, stop=4) == ids_in_order(asked, start=2, stop=4)
    assert ids_among(asked, first, start=0, stop=MOST_RANKED + 1) == ids_in_order(asked)


def test_more_than_are_ranked_are_all_there_once(
    look: Look, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opportunities.explore.results.MOST_RANKED", 3)
    for number in range(8):
        tender(f"Sensor {number}", submission_deadline=timezone.now() + timedelta(days=number + 1))
    asked = look("q=sensor")

    whole = ids_in_order(asked)

    assert len(set(whole)) == 8
    assert [pk for start in range(8) for pk in ids_in_order(asked, start=start, stop=start + 1)] == whole


def test_what_is_hidden_takes_nobodys_place_among_those_ranked(
    look: Look, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opportunities.explore.results.MOST_RANKED", 2)
    for days, hidden in ((1, True), (2, True), (3, False), (4, False)):
        deadline = timezone.now() + timedelta(days=days)
        words = "Sensor " * days
        tender(words, submission_deadline=deadline, **({"disclosed_from": None} if hidden else {}))

    assert titles(look("q=sensor")) == ["Sensor " * 4, "Sensor " * 3]


def test_who_is_not_approved_is_told_nothing_in_any_order(look: Look, four: None, vallar: Company) -> None:
    asked = look("q=lights")
    assert len(ids_in_order(asked)) == 1

    vallar.approved_at = None

    assert ids_in_order(asked) == []


@pytest.mark.parametrize(
    "query",
    ["", "q=street", "state=MH", "state=MH&stage=eoi", "stage=tender&jv=no&value=unstated&value=50-200"],
)
def test_each_facet_is_counted_under_the_others(query: str, look: Look, four: None) -> None:
    asked = look(query)
    counts = facet_counts(asked)

    for facet in (Facet.STATE, Facet.STAGE, Facet.VALUE, Facet.CITY):
        column = {"value": "value_band"}.get(facet.value, facet.value)
        others = look(query)
        rows = found_opportunities(
            Asked(others.search.having(facet, ()), others.terms, others.to, others.at)
        ).values_list(f"search_entry__{column}", flat=True)
        assert counts.of[facet] == {value: n for value, n in Counter(rows).items() if value}


def test_domains_and_days_are_counted(look: Look, db: None) -> None:
    one = tender("Lights and cameras", submission_deadline=timezone.now() + timedelta(days=6))
    two = tender("Lights", submission_deadline=timezone.now() + timedelta(days=20))
    both = [DomainsOf(one.pk, ("lighting", "surveillance")), DomainsOf(two.pk, ("lighting",))]
    set_domains(both, version="test")

    counts = facet_counts(look("domain=surveillance")).of

    assert counts[Facet.DOMAIN] == {"lighting": 2, "surveillance": 1}
    assert counts[Facet.WITHIN] == {"7": 1, "14": 1, "30": 1, "90": 1}


def test_an_empty_search_tells_what_to_loosen(look: Look, four: None) -> None:
    asked = look("q=street&state=KA&stage=tender")

    ways = loosened(asked, facet_counts(asked))

    assert {(way.facet, way.term and way.term.written, way.count) for way in ways} == {
        (Facet.STATE, None, 1),
        (None, "street", 1),
    }


def test_what_is_over_is_a_way_to_loosen(look: Look, four: None) -> None:
    asked = look("q=awarded")

    assert [(way.with_closed, way.count) for way in loosened(asked, facet_counts(asked))] == [(True, 1)]


def test_volume_goes_by_what_was_new_in_ninety_days(look: Look, db: None) -> None:
    now = timezone.now()
    for days in (1, 10, 89, 91):
        tender(
            "Sensors", published_at=now - timedelta(days=days), submission_deadline=now - timedelta(hours=1)
        )
    tender("Roads", published_at=now - timedelta(days=1))

    assert weekly_volume(look("q=sensors&within=7")) == pytest.approx(3 * 7 / 90)


def test_the_best_read_words_are_told(look: Look, four: None) -> None:
    corrected, abbreviation = look("q=gatubelysnig+stp").terms

    assert (corrected.reading, corrected.corrected) == (Reading.CORRECTED, "gatubelysning")
    assert abbreviation.reading is Reading.ABBREVIATION


def test_words_and_counts_take_four_questions(
    look: Look, four: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = look("q=strete&state=MH")

    with django_assert_num_queries(4):
        again = ask(asked.search, to=asked.to, at=asked.at, language="en")
        facet_counts(again)


def test_entries_follow_what_is_recorded(db: None) -> None:
    tender("Water meters")

    entry = SearchEntry.objects.get()

    assert (entry.stage, entry.value_band, entry.is_global_tender) == ("tender", "50-200", False)
