"""What verdicts do to the company's own list, and to nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from matching.models import CapabilityProfile, Match, Verdict
from matching.services import Answer, record_verdict, score_opportunity, score_profile, withdraw_verdict
from matching.services.tastes import PendingVerdicts
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.at_once import held_by_another
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

RELEVANT = Answer(is_relevant=True)
WRONG_FIELD = Answer(is_relevant=False, reason=Verdict.Reason.WRONG_FIELD)
TITLES = (
    "Supply of online water quality sensors",
    "Water quality sensors and SCADA for 12 wards",
    "SCADA for sewage pumping stations",
    "Maintenance of SCADA at sewage treatment plant",
)
LATER = timedelta(hours=1)


@pytest.fixture
def tenders(db: None, noon: datetime) -> list[Opportunity]:
    return [_tender(title, noon) for title in TITLES]


@pytest.fixture
def profile(alice: User, tenders: list[Opportunity], noon: datetime) -> CapabilityProfile:
    profile = _profile(alice, noon)
    score_profile(profile.pk, now=noon)
    return profile


def _tender(title: str, now: datetime) -> Opportunity:
    tender = OpportunityFactory.create(title=title, description="", submission_deadline=now + 20 * LATER)
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=tender), number=1)
    return tender


def _profile(person: User, now: datetime) -> CapabilityProfile:
    return CapabilityProfileFactory.create(
        company=person.companies.get(),
        capabilities=["SCADA", "Water quality sensors"],
        changed_at=now - LATER,
    )


def ranking(profile: CapabilityProfile) -> list[dict[str, Any]]:
    matches = Match.objects.filter(profile=profile).order_by("-score", "pk")
    return [{"opportunity": m.opportunity_id, "score": m.score, "parts": m.parts} for m in matches]


def judge(
    profile: CapabilityProfile, tender: Opportunity, answer: Answer, *, by: User, now: datetime
) -> Verdict:
    match = Match.objects.get(profile=profile, opportunity=tender)
    return record_verdict(match.pk, answer, by=by, now=now)


def test_a_dismissal_lowers_what_is_like_it_and_raises_nothing(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    before = {row["opportunity"]: row["score"] for row in ranking(profile)}
    judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)

    score_profile(profile.pk, now=noon + LATER)

    after = {row["opportunity"]: row["score"] for row in ranking(profile)}
    assert after[tenders[3].pk] < before[tenders[3].pk]
    # By meaning all four lie near each other, a little.
    assert before[tenders[0].pk] - 2 <= after[tenders[0].pk] <= before[tenders[0].pk]
    assert all(after[pk] <= before[pk] for pk in before)


def test_withdrawing_restores_exactly_the_former_ranking(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    before = ranking(profile)
    verdicts = [
        judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon),
        judge(profile, tenders[0], RELEVANT, by=alice, now=noon),
    ]
    score_profile(profile.pk, now=noon + LATER)
    assert ranking(profile) != before

    for verdict in verdicts:
        withdraw_verdict(verdict.pk, now=noon + 2 * LATER)
    score_profile(profile.pk, now=noon + 3 * LATER)

    assert ranking(profile) == before


def test_no_other_company_s_list_changes(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, charlie: User, noon: datetime
) -> None:
    theirs = _profile(charlie, noon)
    score_profile(theirs.pk, now=noon)
    before = ranking(theirs)
    judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)

    CapabilityProfile.objects.update(changed_at=noon + LATER)
    score_profile(theirs.pk, now=noon + 2 * LATER)

    assert ranking(theirs) == before


def test_a_new_tender_is_scored_with_the_verdicts_as_well(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    """Both directions agree."""
    judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)
    score_profile(profile.pk, now=noon + LATER)
    new = _tender(TITLES[3], noon)

    score_opportunity(new.pk, now=noon + LATER)

    found = {row["opportunity"]: (row["score"], row["parts"]) for row in ranking(profile)}
    assert found[new.pk] == found[tenders[3].pk]
    assert found[new.pk][1][-1]["rule"] == "feedback"


def test_ranking_takes_a_verdict_in_once(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)

    score_profile(profile.pk, now=noon + LATER)
    score_profile(profile.pk, now=noon + 2 * LATER)

    assert Verdict.objects.get().learnt_at == noon + LATER
    profile.refresh_from_db()
    assert profile.scored_at == noon + LATER


def test_reasons_that_are_no_matter_of_subject_change_no_score(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    before = ranking(profile)
    for reason in set(Verdict.Reason) - {Verdict.Reason.WRONG_FIELD}:
        judge(profile, tenders[2], Answer(is_relevant=False, reason=reason), by=alice, now=noon)

    CapabilityProfile.objects.update(changed_at=noon + LATER)
    score_profile(profile.pk, now=noon + 2 * LATER)

    assert ranking(profile) == before


@pytest.mark.django_db(transaction=True)
def test_a_verdict_can_be_given_while_the_profile_is_being_scored(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    with held_by_another(CapabilityProfile.objects.filter(pk=profile.pk), no_key=True):
        judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)

    assert Verdict.objects.unlearnt().count() == 1


def test_what_is_withdrawn_while_it_is_being_taken_in_stays_due(
    profile: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    verdict = judge(profile, tenders[2], WRONG_FIELD, by=alice, now=noon)
    pending = PendingVerdicts(profile.pk)

    withdraw_verdict(verdict.pk, now=noon + LATER)
    pending.mark_learnt(now=noon + LATER)

    assert Verdict.objects.unlearnt().count() == 1
