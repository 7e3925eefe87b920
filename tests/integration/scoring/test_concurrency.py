from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from matching.models import CapabilityProfile, Match, ScoredRevision
from matching.services import score_opportunity, score_profile
from opportunities.models import Opportunity
from tests.at_once import at_once, held_by_another
from tests.integration.scoring.test_matches import SENSORS, offer, sensors

__all__ = ["sensors"]

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_scorer_leaves_what_another_has(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)

    with held_by_another(Opportunity.objects.all()):
        score_opportunity(opportunity.pk, now=noon)

    assert [Match.objects.count(), ScoredRevision.objects.count()] == [0, 0]


def test_a_profile_that_another_scores_is_left(sensors: CapabilityProfile, noon: datetime) -> None:
    offer(SENSORS, now=noon)

    with held_by_another(CapabilityProfile.objects.all()):
        score_profile(sensors.pk, now=noon)

    assert Match.objects.count() == 0


def test_a_profile_that_changes_while_it_is_scored_is_scored_by_what_it_says_now(
    sensors: CapabilityProfile, noon: datetime
) -> None:
    opportunity = offer(SENSORS, now=noon)
    claims = []

    def change_between(execute: Any, sql: str, *rest: Any) -> Any:
        """Somebody saves the profile, and it is scored, before the opportunity is claimed for storing."""
        if "FOR NO KEY UPDATE SKIP LOCKED" in sql and 'FROM "opportunities_opportunity"' in sql:
            claims.append(sql)
            if len(claims) == 2:
                said = {"summary": "", "capabilities": ["Bussar"], "changed_at": noon + SECOND}
                CapabilityProfile.objects.filter(pk=sensors.pk).update(**said)
                score_profile(sensors.pk, now=noon + 2 * SECOND)
        return execute(sql, *rest)

    with connection.execute_wrapper(change_between):
        score_opportunity(opportunity.pk, now=noon)
    meanwhile = [Match.objects.count(), ScoredRevision.objects.count()]
    score_opportunity(opportunity.pk, now=noon + 3 * SECOND)

    assert len(claims) == 2
    assert meanwhile == [0, 0]
    assert [Match.objects.count(), ScoredRevision.objects.count()] == [0, 1]


def test_eight_scorers_make_one_match(sensors: CapabilityProfile, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)

    at_once(lambda _: score_opportunity(opportunity.pk, now=noon), range(16))

    assert [Match.objects.count(), ScoredRevision.objects.count()] == [1, 1]


def test_scoring_from_both_sides_at_once_comes_to_an_end(sensors: CapabilityProfile, noon: datetime) -> None:
    offered = [offer(SENSORS, process_id=f"2026_A_{n}_1", now=noon) for n in range(12)]

    def score(number: int) -> None:
        if number % 4 == 0:
            score_profile(sensors.pk, now=noon)
        else:
            score_opportunity(offered[number % 12].pk, now=noon)

    at_once(score, range(48))

    assert Match.objects.count() == 12
