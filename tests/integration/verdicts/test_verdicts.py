"""Verdicts: said once, undone, kept, and nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.models import CapabilityProfile, Match, Verdict
from matching.scoring.engine import SCORER_VERSION
from matching.services import Answer, record_verdict, withdraw_verdict
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.matching import CapabilityProfileFactory, MatchFactory

RELEVANT = Answer(is_relevant=True)
WRONG_FIELD = Answer(is_relevant=False, reason=Verdict.Reason.WRONG_FIELD, note="Sludge, not sensors")
TOO_BIG = Answer(is_relevant=False, reason=Verdict.Reason.TOO_BIG)


@pytest.fixture
def match(alice: User, noon: datetime) -> Match:
    profile = CapabilityProfileFactory.create(
        company=alice.companies.get(), changed_at=noon, scored_at=noon, scorer_version=SCORER_VERSION
    )
    return MatchFactory.create(profile=profile)


def awaiting() -> int:
    return CapabilityProfile.objects.awaiting_scoring(scorer_versions=[SCORER_VERSION]).count()


def test_the_same_verdict_twice_is_once(match: Match, alice: User, bob: User, noon: datetime) -> None:
    first = record_verdict(match.pk, WRONG_FIELD, by=alice, now=noon)
    second = record_verdict(match.pk, WRONG_FIELD, by=bob, now=noon + timedelta(hours=1))

    assert second == first
    assert [(v.person, v.given_at) for v in Verdict.objects.all()] == [(alice, noon)]


def test_another_verdict_stands_in_its_place_and_history_is_kept(
    match: Match, alice: User, bob: User, noon: datetime
) -> None:
    record_verdict(match.pk, WRONG_FIELD, by=alice, now=noon)
    later = noon + timedelta(hours=1)
    record_verdict(match.pk, RELEVANT, by=bob, now=later)

    rows = list(Verdict.objects.order_by("pk"))
    assert [(row.is_relevant, row.withdrawn_at) for row in rows] == [(False, later), (True, None)]


def test_withdrawing_leaves_none_standing_and_twice_is_once(
    match: Match, alice: User, noon: datetime
) -> None:
    verdict = record_verdict(match.pk, WRONG_FIELD, by=alice, now=noon)

    withdraw_verdict(verdict.pk, now=noon + timedelta(hours=1))
    withdraw_verdict(verdict.pk, now=noon + timedelta(hours=2))

    assert Verdict.objects.get().withdrawn_at == noon + timedelta(hours=1)
    assert not Verdict.objects.standing().exists()


@pytest.mark.parametrize(("answer", "due"), [(RELEVANT, 1), (WRONG_FIELD, 1), (TOO_BIG, 0)])
def test_a_verdict_on_the_subject_has_the_profile_ranked_anew(
    answer: Answer, due: int, match: Match, alice: User, noon: datetime
) -> None:
    assert awaiting() == 0

    record_verdict(match.pk, answer, by=alice, now=noon)

    assert awaiting() == due


def test_a_verdict_that_taught_nothing_is_withdrawn_without_ranking(
    match: Match, alice: User, noon: datetime
) -> None:
    verdict = record_verdict(match.pk, TOO_BIG, by=alice, now=noon)

    withdraw_verdict(verdict.pk, now=noon)

    assert awaiting() == 0


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_say_the_same_at_once_leave_one_verdict(
    match: Match, alice: User, noon: datetime
) -> None:
    at_once(lambda _: record_verdict(match.pk, WRONG_FIELD, by=alice, now=noon), range(8))

    assert Verdict.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_disagree_at_once_leave_one_that_stands(
    match: Match, alice: User, noon: datetime
) -> None:
    answers = [RELEVANT, WRONG_FIELD, TOO_BIG, RELEVANT] * 2

    at_once(lambda answer: record_verdict(match.pk, answer, by=alice, now=noon), answers)

    assert Verdict.objects.standing().count() == 1
