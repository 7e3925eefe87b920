from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from matching.models import CapabilityProfile, Verdict
from matching.scoring.engine import SCORER_VERSION
from matching.services import accept_suggestion, suggestions_for
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, VerdictFactory

KEY = "lower_upper:840000000"


@pytest.fixture
def profile(alice: User, noon: datetime) -> CapabilityProfile:
    profile = CapabilityProfileFactory.create(
        company=alice.companies.get(),
        changed_at=noon,
        scored_at=noon + timedelta(hours=1),
        scorer_version=SCORER_VERSION,
    )
    VerdictFactory.create(profile=profile, person=alice, reason=Verdict.Reason.TOO_BIG, learnt_at=noon)
    return profile


def awaiting() -> int:
    return CapabilityProfile.objects.awaiting_scoring(scorer_versions=[SCORER_VERSION]).count()


def test_a_suggestion_changes_nothing_until_it_is_accepted(profile: CapabilityProfile) -> None:
    assert [suggestion.key for suggestion in suggestions_for(profile)] == [KEY]

    profile.refresh_from_db()
    assert profile.value_to_inr is None
    assert awaiting() == 0


def test_accepting_twice_is_accepting_once_and_has_the_list_scored_anew(
    profile: CapabilityProfile, noon: datetime
) -> None:
    first = accept_suggestion(profile.pk, KEY, now=noon)
    second = accept_suggestion(profile.pk, KEY, now=noon)

    profile.refresh_from_db()
    assert (first is None, second is None) == (False, True)
    assert profile.value_to_inr == Decimal(840_000_000)
    assert awaiting() == 1


def test_a_withdrawn_verdict_suggests_nothing(profile: CapabilityProfile, noon: datetime) -> None:
    Verdict.objects.update(withdrawn_at=noon)

    assert suggestions_for(profile) == ()
    assert accept_suggestion(profile.pk, KEY, now=noon) is None


def test_states_are_taken_off_and_added(profile: CapabilityProfile, alice: User, noon: datetime) -> None:
    profile.states = ["MH", "KL"]
    profile.save(update_fields=["states"])
    Verdict.objects.update(reason=Verdict.Reason.WRONG_PLACE)
    VerdictFactory.create(
        profile=profile, person=alice, is_relevant=True, reason="", opportunity__state="GJ", learnt_at=noon
    )

    for suggestion in suggestions_for(profile):
        accept_suggestion(profile.pk, suggestion.key, now=noon)

    profile.refresh_from_db()
    assert profile.states == ["KL", "GJ"]


def test_the_page_offers_it_and_a_click_accepts_it(
    profile: CapabilityProfile, alice: User, client: Client
) -> None:
    client.force_login(alice)
    page = BeautifulSoup(client.get("/matches/dismissed/").content, "lxml")
    form = page.select_one("form[action$='/accept/']")

    assert form is not None
    said = " ".join(form.get_text().split())
    assert "Set your upper value limit to ₹ 84 crore" in said
    client.post(str(form["action"]), {"suggestion": KEY})

    profile.refresh_from_db()
    assert profile.value_to_inr == Decimal(840_000_000)
    assert "Your profile is changed" in client.get("/matches/dismissed/").content.decode()


def test_a_competitor_cannot_accept_for_us(profile: CapabilityProfile, charlie: User, client: Client) -> None:
    client.force_login(charlie)

    answer = client.post(f"/matches/suggestions/{profile.pk}/accept/", {"suggestion": KEY})

    profile.refresh_from_db()
    assert (answer.status_code, profile.value_to_inr) == (404, None)
