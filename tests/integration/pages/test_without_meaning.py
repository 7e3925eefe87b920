"""Every page that tells a score says so where it was made without comparing what texts mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from matching.models import CapabilityProfile, Match
from matching.scoring.calibration import WITH_MEANING, WITHOUT_MEANING
from matching.services import score_profile
from matching.services.encoder import loaded_encoder
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.typed import typed_profile
from tests.integration.signing_in import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_cache")]

WAITING = "the language model is being prepared"
NEVER = "isn't read on this server"
TEXT = "Online water-quality sensors for twelve reservoirs\nwith SCADA"


@pytest.fixture
def switched_off(settings: Settings) -> None:
    settings.MATCH_BY_MEANING = False


@pytest.fixture
def not_ready(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """As in a web process whose workers have only just been started."""
    settings.DATA_DIR = tmp_path
    loaded_encoder.cache_clear()
    yield
    loaded_encoder.cache_clear()


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    OpportunityFactory.create()
    return CapabilityProfileFactory.create(
        company=alice.companies.get(), capabilities=["Online water-quality sensors"]
    )


def looked_at(client: Client, profile: CapabilityProfile) -> list[str]:
    """The list, the saved profile, the draft beside it, and the answer why not."""
    answers = [
        client.get("/matches/"),
        client.get(f"/profile/{profile.pk}/"),
        client.post(f"/profile/{profile.pk}/", typed_profile(do="preview", version="1")),
        client.post("/matches/why-not/", {"text": TEXT}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    return [answer.content.decode() for answer in answers]


@pytest.mark.usefixtures("switched_off")
def test_each_page_says_that_meaning_is_not_read(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    score_profile(profile.pk, now=timezone.now())

    pages = looked_at(as_(alice), profile)

    assert Match.objects.get().calibration == WITHOUT_MEANING.name
    assert [NEVER in page for page in pages] == [True] * 4


@pytest.mark.usefixtures("not_ready")
def test_until_the_model_is_ready_each_page_says_so(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    MatchFactory.create(profile=profile, calibration=WITHOUT_MEANING.name)

    pages = looked_at(as_(alice), profile)

    assert [WAITING in page or NEVER in page for page in pages] == [True] * 4


def test_what_was_compared_by_meaning_needs_no_note(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    MatchFactory.create(profile=profile, calibration=WITH_MEANING.name)

    page = as_(alice).get("/matches/").content.decode()

    assert "ompared by field and wording" not in page


def test_a_list_made_by_words_is_made_anew_once_meaning_can_be_read(
    profile: CapabilityProfile, settings: Settings
) -> None:
    now = timezone.now()
    settings.MATCH_BY_MEANING = False
    for hours in range(2):
        score_profile(profile.pk, now=now + timedelta(hours=hours))
    assert Match.objects.get().matched_at == now
    settings.MATCH_BY_MEANING = True
    if loaded_encoder() is None:
        pytest.skip("the model's wheel exists for Linux on x86-64 alone")

    score_profile(profile.pk, now=now + timedelta(hours=2))
    settings.MATCH_BY_MEANING = False
    score_profile(profile.pk, now=now + timedelta(hours=3))

    match = Match.objects.get()
    assert (match.calibration, match.matched_at) == (WITH_MEANING.name, now + timedelta(hours=2))


@pytest.mark.usefixtures("switched_off")
def test_the_office_reads_in_its_inbox_why_meaning_is_not_read(olga: User, as_: SignIn) -> None:
    assert "switched off (MATCH_BY_MEANING)" in as_(olga).get("/office/inbox/").content.decode()
