from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile
from opportunities.parsed_notice import Stage
from opportunities.services.search_entries import DomainsOf, set_domains
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, DigestRunFactory, MatchFactory, VerdictFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn


def titles(client: Client, address: str = "") -> list[str]:
    page = BeautifulSoup(client.get(f"/matches/{address}").content, "lxml")
    return [title.get_text(strip=True)[:12] for title in page.select(".card__title")]


def heading(client: Client, address: str = "") -> str:
    page = BeautifulSoup(client.get(f"/matches/{address}").content, "lxml")
    return page.select_one("h1").get_text(strip=True)  # type: ignore[union-attr]


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=alice.companies.get(), scored_at=timezone.now())


@pytest.fixture
def three(profile: CapabilityProfile) -> None:
    now = timezone.now()
    for title, score, days, state, stage in (
        ("Water meters", 60, 30, "KA", Stage.TENDER),
        ("Flood sensors", 80, 20, "TN", Stage.EOI),
        ("Leak detection", 70, None, "TN", Stage.DPR),
    ):
        opportunity = OpportunityFactory.create(
            title=title,
            description="",
            city="",
            state=state,
            stage=stage.value,
            submission_deadline=days and now + timedelta(days=days),
        )
        if title == "Water meters":
            set_domains([DomainsOf(opportunity.pk, ("water-supply",))], version="test")
        MatchFactory.create(profile=profile, opportunity=opportunity, score=score)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?sort=deadline", ["Flood sensor", "Water meters", "Leak detecti"]),
        ("?stage=early", ["Leak detecti"]),
        ("?stage=sounding", ["Flood sensor"]),
        ("?stage=tender", ["Water meters"]),
        ("?state=TN", ["Flood sensor", "Leak detecti"]),
        ("?state=tn&stage=early", ["Leak detecti"]),
        ("?stage=tender&stage=early", ["Leak detecti", "Water meters"]),
        ("?closing=soon", []),
        ("?closing=later", ["Flood sensor", "Water meters"]),
        ("?closing=unstated", ["Leak detecti"]),
        ("?value=50-200", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?value=0-1&value=1-10", []),
        ("?mark=followed", []),
        ("?mark=new&sort=newest", ["Leak detecti", "Flood sensor", "Water meters"]),
        ("?domain=water-supply", ["Water meters"]),
        ("?q=meter", ["Water meters"]),
        ("?q=detecting leaks", ["Leak detecti"]),
        ("?q=pune smart", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?value=x&closing=x&mark=x&domain=x", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?stage=x&sort=x&page=x&profile=x", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?profile=99999999999999999999", ["Flood sensor", "Leak detecti", "Water meters"]),
        ("?q=%00", ["Flood sensor", "Leak detecti", "Water meters"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_ordered_as_asked(
    address: str, shown: list[str], three: None, alice: User, as_: SignIn
) -> None:
    assert titles(as_(alice), address) == shown


def test_what_is_over_or_fits_too_badly_is_left_out(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    past = OpportunityFactory.create(submission_deadline=timezone.now() - timedelta(hours=1))
    cancelled = OpportunityFactory.create(stage=Stage.CANCELLED.value)
    for opportunity, score in ((past, 90), (cancelled, 90), (OpportunityFactory.create(), 34)):
        MatchFactory.create(profile=profile, opportunity=opportunity, score=score)

    assert titles(as_(alice)) == []
    assert heading(as_(alice)) == "0 opportunities fit your profile"
    assert "No open opportunity reaches 35 of 100" in as_(alice).get("/matches/").content.decode()


def test_a_long_list_comes_in_pages_that_keep_the_choice(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    for _ in range(21):
        MatchFactory.create(profile=profile)

    page = BeautifulSoup(as_(alice).get("/matches/?state=MH").content, "lxml")

    assert len(page.select(".card")) == 20
    assert [link["href"] for link in page.select("a[rel=next]")] == ["?state=MH&page=2"]
    assert len(titles(as_(alice), "?state=MH&page=2")) == 1


def test_another_profile_of_the_company_can_be_chosen(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    other = CapabilityProfileFactory.create(company=profile.company, name="Meters")
    MatchFactory.create(profile=other)

    assert heading(as_(alice)) == "0 opportunities fit your profile"
    assert heading(as_(alice), f"?profile={other.pk}") == "1 opportunity fits your profile"


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "Your profile is being compared"), ("?q=tramway", "Nothing here with this choice")],
)
def test_an_empty_list_says_why(
    address: str, said: str, profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    profile.scored_at = None
    profile.save()

    assert said in as_(alice).get(f"/matches/{address}").content.decode()


def test_a_company_without_a_profile_is_told_so(alice: User, as_: SignIn) -> None:
    assert "no profile yet" in as_(alice).get("/matches/").content.decode()


def test_the_numbers_above_the_list_are_those_of_the_list(world: World, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get("/matches/").content, "lxml")

    figures = [figure.get_text() for figure in page.select(".figure__number")]
    assert figures == ["6", "4", "1", "1"]
    tiles = {tile.get_text(" ", strip=True) for tile in page.select("a.tile")}
    assert {"MH Maharashtra : 2", "MH Maharashtra: 2"} & tiles
    assert sum(int(tile.rpartition(":")[2]) for tile in tiles) == 9


def test_a_card_says_what_fits_what_doesn_t_and_what_changed(world: World, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get("/matches/").content, "lxml")

    best = " ".join(page.select(".card")[0].get_text(" ").split())
    worst = " ".join(page.select(".card")[-1].get_text(" ").split())
    assert "deadline +10 days" in best
    assert "Fits water-quality sensors · SCADA" in best
    assert "₹ 84.5 crore ≈ SEK 93 M" in best.replace("\xa0", " ")
    assert "Gap ₹ 84.5 crore is above your ₹ 40 crore" in worst.replace("\xa0", " ")


def test_the_page_speaks_swedish_and_marks_what_is_english(world: World, alice: User, as_: SignIn) -> None:
    client = as_(alice)
    client.post("/language/setlang/", {"language": "sv", "next": "/matches/"})

    page = BeautifulSoup(client.get("/matches/").content, "lxml")

    assert page.select_one("h1").get_text(strip=True) == "9 affärsmöjligheter passar er"  # type: ignore[union-attr]
    assert page.html["lang"] == "sv"  # type: ignore[index]
    assert {link["lang"] for link in page.select(".card__title a")} == {"en"}


def choices(client: Client, address: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(f"/matches/{address}").content, "lxml")
    lines = page.select(".facet__choice")
    return {str(line.select_one("input")["value"]): line.get_text(" ", strip=True) for line in lines}  # type: ignore[index]


def test_a_facet_counts_under_what_is_chosen_of_the_others_but_not_of_itself(
    three: None, alice: User, as_: SignIn
) -> None:
    client = as_(alice)

    assert choices(client, "")["tender"] == "Open tender 1"
    by_state = choices(client, "?state=TN&stage=early")
    assert (by_state["early"], by_state["sounding"]) == ("Early stage 1", "RFI, EOI, RFQ 1")
    assert "tender" not in by_state, "there is none in that state"
    assert choices(client, "?stage=tender&closing=later")["later"] == "in 15–45 days 1"
    assert choices(client, "?q=meter")["water-supply"].endswith("1")


def test_nothing_new_says_how_many_came_in_and_what_kept_each_off_the_list(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    now = timezone.now()
    DigestRunFactory.create(decided_at=now)
    too_low, dismissed = OpportunityFactory.create(), OpportunityFactory.create()
    MatchFactory.create(profile=profile, opportunity=too_low, score=34)
    MatchFactory.create(profile=profile, opportunity=dismissed, score=90)
    VerdictFactory.create(profile=profile, opportunity=dismissed, person=alice)
    OpportunityFactory.create()
    OpportunityFactory.create(stage=Stage.CANCELLED.value)
    OpportunityFactory.create(disclosed_from=now - timedelta(days=8))
    OpportunityFactory.create(disclosed_from=None)

    page = BeautifulSoup(as_(alice).get("/matches/").content, "lxml")

    told = " ".join(page.select_one(".message .bullets").parent.get_text(" ").split())  # type: ignore[union-attr]
    assert "4 opportunities came in" in told
    for reason in (
        "1 doesn't reach 35 of 100",
        "1 has nothing in common",
        "1 is closed or over already",
        "1 was dismissed by you",
        "The latest digest was decided",
    ):
        assert reason in told
