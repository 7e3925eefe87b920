from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.models import CapabilityProfile, Match, ScoredRevision, TermStatistics
from matching.scoring.engine import SCORER_VERSION
from matching.scoring.serialization import parts_from_json
from matching.services import refresh_term_statistics, score_opportunity, score_profile
from matching.services.term_statistics import current_term_counts
from opportunities.models import Opportunity
from opportunities.services import record_notice
from portal.accounts.models import Company
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.notices import parsed_notice

pytestmark = pytest.mark.django_db

SENSORS = "Supply and commissioning of online water quality sensors with SCADA integration"
SCHOOL = "Construction of boundary wall of primary school"


@pytest.fixture
def sensors(vallar: Company, noon: datetime) -> CapabilityProfile:
    """Written in Swedish, for tenders written in English."""
    return CapabilityProfileFactory.create(
        company=vallar,
        language="sv",
        summary="Vi tillverkar sensorer för vattenkvalitet.",
        capabilities=["Vattenkvalitetssensorer", "Integration mot SCADA"],
        changed_at=noon,
    )


def offer(title: str, *, process_id: str = "2026_SCDL_91000_1", now: datetime, day: int = 1) -> Opportunity:
    notice = parsed_notice(day, process_id=process_id, title=title)
    return record_notice(notice, seen_at=now, now=now).opportunity


def test_a_swedish_profile_finds_an_english_tender(sensors: CapabilityProfile, noon: datetime) -> None:
    score_opportunity(offer(SENSORS, now=noon).pk, now=noon)

    match = Match.objects.get()
    parts = parts_from_json(match.parts)
    assert match.score >= sensors.minimum_score
    assert sum(part.points for part in parts) == match.score
    assert match.scorer_version == SCORER_VERSION


def test_what_has_nothing_in_common_leaves_no_row(sensors: CapabilityProfile, noon: datetime) -> None:
    score_opportunity(offer(SCHOOL, now=noon).pk, now=noon)

    assert Match.objects.count() == 0
    assert ScoredRevision.objects.count() == 1


def test_twice_is_once(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)

    for hours in range(2):
        score_opportunity(opportunity.pk, now=noon + timedelta(hours=hours))

    assert Match.objects.get().matched_at == noon
    assert ScoredRevision.objects.count() == 1


def test_a_changed_tender_is_scored_anew(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)
    score_opportunity(opportunity.pk, now=noon)
    before = Match.objects.get().score

    offer(SCHOOL, now=noon, day=2)
    score_opportunity(opportunity.pk, now=noon + timedelta(hours=1))

    match = Match.objects.get()
    assert match.score < before
    assert (match.first_matched_at, match.matched_at) == (noon, noon + timedelta(hours=1))


def test_both_directions_agree(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)
    score_opportunity(opportunity.pk, now=noon)
    by_opportunity = Match.objects.values_list("score", "parts").get()
    Match.objects.all().delete()

    score_profile(sensors.pk, now=noon)

    assert Match.objects.values_list("score", "parts").get() == by_opportunity


def test_a_profile_is_scored_once_until_it_changes(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)
    score_profile(sensors.pk, now=noon)
    Match.objects.all().delete()

    score_profile(sensors.pk, now=noon + timedelta(hours=1))
    untouched = Match.objects.count()
    CapabilityProfile.objects.update(changed_at=noon + timedelta(hours=2))
    score_profile(sensors.pk, now=noon + timedelta(hours=3))

    assert untouched == 0
    assert Match.objects.get().opportunity == opportunity


def test_a_corrected_profile_loses_what_no_longer_fits(sensors: CapabilityProfile, noon: datetime) -> None:
    offer(SENSORS, now=noon)
    score_profile(sensors.pk, now=noon)
    before = Match.objects.get().score

    CapabilityProfile.objects.update(
        summary="Vi bygger lekplatser.", capabilities=["Lekplatser"], domains=[], changed_at=noon
    )
    CapabilityProfile.objects.update(scored_at=None)
    score_profile(sensors.pk, now=noon)

    assert Match.objects.get().score < min(before, sensors.minimum_score)


def test_closed_tenders_are_not_searched(sensors: CapabilityProfile, noon: datetime) -> None:
    offer(SENSORS, now=noon)
    Opportunity.objects.update(submission_deadline=noon - timedelta(days=1))

    score_profile(sensors.pk, now=noon)

    assert Match.objects.count() == 0


def test_words_are_counted_over_all_tenders(noon: datetime) -> None:
    offer("Water meters", process_id="2026_A_1_1", now=noon)
    offer("Water mains", process_id="2026_A_2_1", now=noon)

    refresh_term_statistics(now=noon)

    counts = current_term_counts()
    assert counts.documents == 2
    assert (counts.frequencies["water"], counts.frequencies["meter"]) == (2, 1)


def test_old_counts_are_forgotten(noon: datetime) -> None:
    for days in (0, 40):
        refresh_term_statistics(now=noon + timedelta(days=days))

    assert TermStatistics.objects.get().taken_at == noon + timedelta(days=40)
