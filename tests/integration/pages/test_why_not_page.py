"""Why a tender isn't in the list, and that the page never tells what isn't disclosed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile, Match
from matching.services.why_not_shown import Stop, why_not_shown
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, VerdictFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.integration.signing_in import SignIn

PAGE = "/matches/why-not/"
pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    return CapabilityProfileFactory.create(
        company=alice.companies.get(),
        capabilities=["Online water-quality sensors"],
        scored_at=timezone.now(),
    )


@pytest.fixture
def tender(profile: CapabilityProfile) -> Opportunity:
    return OpportunityFactory.create(
        process_id="2026_PSC_1_1", reference="PSC/17", url="https://etenders.example.org/view/1"
    )


def ask(client: Client, text: str) -> str:
    page = BeautifulSoup(client.post(PAGE, {"text": text}).content, "lxml")
    return " ".join(page.main.get_text(" ").split())  # type: ignore[union-attr]


def stop(profile: CapabilityProfile, text: str = "2026_PSC_1_1") -> Stop:
    return why_not_shown(profile, text, now=timezone.now()).stop


@pytest.mark.parametrize(
    "name",
    [
        "2026_PSC_1_1",
        " 2026_psc_1_1 ",
        "PSC/17",
        "https://etenders.example.org/view/1",
        "supply and commissioning of online water-quality sensors",
    ],
)
def test_a_tender_is_found_by_whatever_names_it(
    name: str, profile: CapabilityProfile, tender: Opportunity
) -> None:
    answer = why_not_shown(profile, name, now=timezone.now())

    assert answer.opportunity == tender


def test_a_tender_is_found_by_its_link_here(profile: CapabilityProfile, tender: Opportunity) -> None:
    link = f"https://setu.example.org/opportunities/{tender.pk}/"

    assert why_not_shown(profile, link, now=timezone.now()).opportunity == tender


def test_the_first_thing_that_stopped_it_is_told(
    profile: CapabilityProfile, tender: Opportunity, alice: User
) -> None:
    assert stop(profile) == Stop.NOT_SCORED

    match = MatchFactory.create(profile=profile, opportunity=tender, score=80)
    assert stop(profile) == Stop.NOTHING

    Match.objects.update(score=20)
    assert stop(profile) == Stop.BELOW_MINIMUM

    VerdictFactory.create(profile=profile, opportunity=match.opportunity, person=alice)
    assert stop(profile) == Stop.DISMISSED

    Opportunity.objects.update(submission_deadline=timezone.now() - timedelta(hours=1))
    assert stop(profile) == Stop.CLOSED

    Opportunity.objects.update(stage=Stage.CANCELLED)
    assert stop(profile) == Stop.CALLED_OFF

    Opportunity.objects.update(disclosed_from=None)
    assert stop(profile) == Stop.UNKNOWN


def test_what_was_too_weak_to_be_kept_is_scored_again(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    OpportunityFactory.create(process_id="2026_X_1_1", title="Playground for children", description="")

    said = ask(as_(alice), "2026_X_1_1")

    assert "It got 0, and your list begins at 35" in said
    assert "Playground for children" in said


def test_a_new_revision_that_awaits_scoring_is_told_as_such(
    profile: CapabilityProfile, tender: Opportunity
) -> None:
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=tender), number=1)

    assert stop(profile) == Stop.NOT_SCORED


def test_a_text_is_scored_as_it_stands_and_nothing_is_stored(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    said = ask(as_(alice), "Annual supply\nOnline water-quality sensors for reservoirs, twelve sites.")

    assert "We know no opportunity by this name that you may see" in said
    assert re.search(r"this text would get [1-9]\d", said)
    assert "Field" in said
    assert (Opportunity.objects.count(), Match.objects.count()) == (0, 0)


SECRET_NAMES = (
    "2026_PSC_1_1",
    "PSC/17",
    "https://etenders.example.org/view/1",
    "Supply and commissioning of online water-quality sensors",
)


@pytest.mark.parametrize("name", SECRET_NAMES)
@pytest.mark.parametrize("hours", [None, 1], ids=["not decided", "in an hour"])
def test_what_is_not_disclosed_gets_the_answer_of_what_does_not_exist(
    name: str, hours: int | None, profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    unknown = _bytes(client, name)
    until = None if hours is None else timezone.now() + timedelta(hours=hours)
    secret = OpportunityFactory.create(
        process_id=SECRET_NAMES[0],
        reference=SECRET_NAMES[1],
        url=SECRET_NAMES[2],
        title=SECRET_NAMES[3],
        disclosed_from=until,
    )
    MatchFactory.create(profile=profile, opportunity=secret, score=90)

    assert _bytes(client, name) == unknown


def test_a_link_to_what_is_not_disclosed_is_a_link_to_nothing(
    profile: CapabilityProfile, tender: Opportunity, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    link = f"/opportunities/{tender.pk}/"
    assert tender.title in _bytes(client, link)
    Opportunity.objects.update(disclosed_from=None)

    withheld = _bytes(client, link)
    Opportunity.objects.all().delete()

    assert _bytes(client, link) == withheld


def _bytes(client: Client, text: str) -> str:
    """The page as it is sent, but for the token that is new each time."""
    page = client.post(PAGE, {"text": text}).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("   ", 422), ("x\x00y", 422), ("w " * 10_001, 422), ("w " * 9_999, 200)]
)
def test_texts_that_are_none_or_too_long_are_refused(
    text: str, status: int, profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    assert as_(alice).post(PAGE, {"text": text}).status_code == status


def test_a_person_who_asks_without_end_is_asked_to_wait(
    profile: CapabilityProfile, alice: User, bob: User, as_: SignIn
) -> None:
    client = as_(alice)

    statuses = [client.post(PAGE, {"text": f"2026_X_{n}"}).status_code for n in range(31)]

    assert set(statuses[:30]) == {200}
    assert statuses[30] == 429
    assert as_(bob).post(PAGE, {"text": "2026_X_1"}).status_code == 200


def test_a_competitor_is_told_by_their_own_profile(
    profile: CapabilityProfile, tender: Opportunity, charlie: User, as_: SignIn
) -> None:
    MatchFactory.create(profile=profile, opportunity=tender, score=91)
    theirs = CapabilityProfileFactory.create(
        company=charlie.companies.get(), name="Cedern", summary="Playgrounds"
    )

    page = as_(charlie).post(PAGE, {"text": tender.process_id, "profile": profile.pk}).content.decode()

    assert "91" not in BeautifulSoup(page, "lxml").main.get_text()  # type: ignore[union-attr]
    assert theirs.name in page
    assert profile.name not in page
