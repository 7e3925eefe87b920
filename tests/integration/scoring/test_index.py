from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from matching.models import CapabilityProfile, Match, ProfileReach, ScoredRevision
from matching.services import (
    check_matches,
    match_index,
    refresh_index,
    refresh_term_statistics,
    score_opportunity,
    score_profile,
)
from matching.services.encoder import current_encoder
from matching.services.match_index import best_opportunities, current_reader
from matching.services.reading import read_wanted
from opportunities.models import Opportunity
from portal.lib.locks import try_advisory_lock
from tests.at_once import at_once
from tests.factories.matching import CapabilityProfileFactory
from tests.integration.scoring.test_matches import SCHOOL, SENSORS, offer, sensors

__all__ = ["sensors"]

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timedelta(minutes=10)  # longer than what is looked at twice
LAMPS = "Supply and installation of LED street lights with central control and monitoring"


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> None:
    current_encoder()  # from the folder that all tests share
    settings.DATA_DIR = tmp_path


@pytest.fixture
def words_alone(settings: Settings) -> None:
    settings.MATCH_BY_MEANING = False


@pytest.fixture
def lamps(sensors: CapabilityProfile, noon: datetime) -> CapabilityProfile:
    return CapabilityProfileFactory.create(
        summary="Street lighting", capabilities=["LED street lights", "Lighting control"], changed_at=noon
    )


def found_by(profile: CapabilityProfile, now: datetime) -> set[int]:
    best = best_opportunities(read_wanted(profile, now=now), now=now)
    assert best is not None
    return set(best.ids.tolist())


def test_an_index_is_built_and_then_followed(sensors: CapabilityProfile, noon: datetime) -> None:
    first = offer(SENSORS, now=noon)
    built = [refresh_index(now=noon + times * LATER) for times in (1, 2)]
    second = offer(LAMPS, process_id="2026_A_2_1", now=noon + 3 * LATER)

    published = refresh_index(now=noon + 3 * LATER)

    assert built == [True, False]
    assert published
    assert found_by(sensors, noon + 3 * LATER) == {first.pk, second.pk}


def test_an_index_of_other_counts_is_not_asked(sensors: CapabilityProfile, noon: datetime) -> None:
    refresh_index(now=noon)

    refresh_term_statistics(now=noon)

    assert current_reader() is None
    assert refresh_index(now=noon)
    assert current_reader() is not None


def test_what_has_closed_is_not_found(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)
    deadline = noon + timedelta(days=3)
    Opportunity.objects.update(submission_deadline=deadline)

    refresh_index(now=noon)

    assert found_by(sensors, deadline - timedelta(seconds=1)) == {opportunity.pk}
    assert found_by(sensors, deadline) == set()


def test_one_process_builds_and_the_other_leaves(sensors: CapabilityProfile, noon: datetime) -> None:
    with try_advisory_lock("matching index"):
        (published,) = at_once(lambda _: refresh_index(now=noon), [0])

    assert not published


def test_words_alone_make_an_index_too(words_alone: None, sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)

    refresh_index(now=noon)

    assert found_by(sensors, noon) == {opportunity.pk}


def test_only_profiles_in_reach_are_scored(
    sensors: CapabilityProfile, lamps: CapabilityProfile, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_index, "FEW", 0)
    monkeypatch.setattr(match_index, "BEST", 1)
    offer(SENSORS, now=noon)
    offer(LAMPS, process_id="2026_A_2_1", now=noon)
    refresh_index(now=noon + LATER)
    for profile in (sensors, lamps):
        score_profile(profile.pk, now=noon + LATER)
    Match.objects.all().delete()

    again = offer(
        f"{SENSORS} and dosing pumps, chlorine analysers, flow meters", process_id="2026_A_3_1", now=noon
    )
    nothing = offer(SCHOOL, process_id="2026_A_4_1", now=noon)
    for opportunity in (again, nothing):
        score_opportunity(opportunity.pk, now=noon + LATER)

    assert ProfileReach.objects.count() == 2
    assert ScoredRevision.objects.count() == 2
    assert set(Match.objects.values_list("profile", "opportunity")) <= {(sensors.pk, again.pk)}


def test_few_profiles_are_all_scored(
    sensors: CapabilityProfile, lamps: CapabilityProfile, noon: datetime
) -> None:
    refresh_index(now=noon + LATER)
    ProfileReach.objects.create(profile=sensors, label=match_index.index_label(), least=1e9)

    score_opportunity(offer(SENSORS, now=noon).pk, now=noon + LATER)

    assert Match.objects.get().profile == sensors


def test_a_profile_that_changed_since_is_in_reach(
    sensors: CapabilityProfile, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_index, "FEW", 0)
    refresh_index(now=noon + LATER)
    ProfileReach.objects.create(profile=sensors, label=match_index.index_label(), least=1e9)
    CapabilityProfile.objects.update(changed_at=noon + LATER)

    score_opportunity(offer(SENSORS, now=noon).pk, now=noon + LATER)

    assert Match.objects.get().profile == sensors


def test_the_check_finds_nothing_where_all_was_scored(
    sensors: CapabilityProfile, lamps: CapabilityProfile, noon: datetime
) -> None:
    for number, title in enumerate((SENSORS, LAMPS, SCHOOL)):
        score_opportunity(offer(title, process_id=f"2026_A_{number}_1", now=noon).pk, now=noon)

    assert check_matches(now=noon + LATER) == 0
    assert ProfileReach.objects.count() == 2


def test_the_check_makes_what_is_missing_once(sensors: CapabilityProfile, noon: datetime) -> None:
    score_opportunity(offer(SENSORS, now=noon).pk, now=noon)
    before = Match.objects.values_list("score", "parts").get()
    Match.objects.all().delete()

    missing = [check_matches(now=noon + times * LATER) for times in (1, 2)]

    assert missing == [1, 0]
    assert Match.objects.values_list("score", "parts").get() == before


def test_the_check_leaves_what_is_still_to_be_scored(sensors: CapabilityProfile, noon: datetime) -> None:
    offer(SENSORS, now=noon)

    assert check_matches(now=noon + LATER) == 0
    assert Match.objects.count() == 0
