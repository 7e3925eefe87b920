"""What a company says of itself is kept once, compared anew when it matters, and never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Model

from matching.models import CapabilityProfile, CompletedProject, Match, Subscription
from matching.profile_drafts import ProfileDraft, StatedProject, StatedTurnover, draft_of
from matching.selectors import best_match, profiles_of
from matching.services import (
    ChangedMeanwhile,
    NameTaken,
    add_profile,
    restore_profile,
    retire_profile,
    save_profile,
    score_opportunity,
    score_profile,
)
from portal.accounts.models import Company, User
from tests.at_once import at_once, held_by_another
from tests.factories.matching import MatchFactory, SubscriptionFactory
from tests.factories.opportunities import OpportunityFactory, OpportunityRevisionFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


def save(
    profile: CapabilityProfile, draft: ProfileDraft, now: datetime, *, seen: int = 1
) -> CapabilityProfile:
    by = User.objects.get(name="Alice Ahlgren")
    return save_profile(profile, draft, seen_version=seen, by=by, now=now).profile


def test_everything_that_was_said_is_read_back(
    water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    said = replace(
        draft,
        turnovers=(StatedTurnover(2025, Decimal("142.5")), StatedTurnover(2024, Decimal(131))),
        projects=(StatedProject("Meters", 2023, Decimal("27.5"), ("water-supply",)), StatedProject("Pumps")),
        states=("GJ", "MH"),
        value_from_inr=Decimal(30_000_000),
    )

    save(water, said, noon)

    assert draft_of(CapabilityProfile.objects.get()) == said


def test_twice_is_once(vallar: Company, alice: User, draft: ProfileDraft, noon: datetime) -> None:
    first = add_profile(vallar, draft, by=alice, now=noon)
    second = add_profile(vallar, draft, by=alice, now=noon + LATER)
    save(first.profile, replace(draft, employees=86), noon)
    save(first.profile, replace(draft, employees=86), noon + LATER)  # the same click, sent again

    assert (first.is_changed, second.is_changed) == (True, False)
    assert CapabilityProfile.objects.get().version == 2


def test_only_what_matching_reads_has_it_compared_anew(
    water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    score_profile(water.pk, now=noon)

    save(water, replace(draft, certifications=("ISO 9001",), name="Water and more"), noon + LATER)
    after_a_certificate = CapabilityProfile.objects.get().changed_at
    save(water, replace(draft, summary="Street lights"), noon + LATER, seen=2)

    assert after_a_certificate == noon
    assert CapabilityProfile.objects.get().changed_at == noon + LATER


def test_a_scorer_that_was_done_a_moment_before_reads_it_again(
    water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    """The page took the time, then waited for the scorer, which took it later."""
    score_profile(water.pk, now=noon + LATER)

    saved = save(water, replace(draft, summary="Street lights"), noon)

    assert CapabilityProfile.objects.awaiting_scoring(scorer_versions=[saved.scorer_version]).count() == 1


def test_whoever_saves_upon_another_s_text_is_told(
    water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    save(water, replace(draft, summary="Hers"), noon)

    with pytest.raises(ChangedMeanwhile):
        save(water, replace(draft, summary="His"), noon, seen=1)

    assert CapabilityProfile.objects.get().summary == "Hers"


def test_two_profiles_of_a_company_have_two_names(
    water: CapabilityProfile, alice: User, draft: ProfileDraft, noon: datetime
) -> None:
    other = add_profile(water.company, replace(draft, name="Light"), by=alice, now=noon).profile

    with pytest.raises(NameTaken):
        add_profile(water.company, replace(draft, summary="Another"), by=alice, now=noon)
    with pytest.raises(NameTaken):
        save(other, replace(draft, summary="Another"), noon)


def test_a_retired_profile_finds_nothing_and_nobody(
    water: CapabilityProfile, alice: User, draft: ProfileDraft, noon: datetime
) -> None:
    match = MatchFactory.create(profile=water)
    SubscriptionFactory.create(profile=water, user=alice)

    retire_profile(water, now=noon)
    retire_profile(water, now=noon + LATER)
    OpportunityRevisionFactory.create(notice__opportunity=OpportunityFactory.create())
    score_opportunity(OpportunityFactory._meta.model.objects.latest("pk").pk, now=noon)

    assert CapabilityProfile.objects.get().retired_at == noon
    assert profiles_of(water.company) == []
    assert best_match(water.company, match.opportunity_id) is None
    assert not Subscription.objects.wanted().exists()
    assert Match.objects.count() == 1
    assert add_profile(water.company, draft, by=alice, now=noon).is_changed


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_once_one_is_first_and_the_others_are_told(
    water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    start = Barrier(8)

    def try_to_save(person: int) -> bool:
        start.wait(timeout=10)
        projects = (StatedProject(f"Work of {person}"),)
        try:
            save(water, replace(draft, summary=f"Text of {person}", projects=projects), noon)
        except ChangedMeanwhile:
            return False
        return True

    told = at_once(try_to_save, range(8))

    kept = CapabilityProfile.objects.get()
    assert (sum(told), kept.version) == (1, 2)
    assert CompletedProject.objects.get().name == kept.summary.replace("Text", "Work")


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_on_save_add_one_profile(
    vallar: Company, alice: User, draft: ProfileDraft, noon: datetime
) -> None:
    added = at_once(lambda _: add_profile(vallar, draft, by=alice, now=noon).is_changed, range(8))

    assert (sum(added), CapabilityProfile.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Company, CapabilityProfile])
def test_a_save_waits_for_whoever_is_at_it(
    model: type[Model], water: CapabilityProfile, draft: ProfileDraft, noon: datetime
) -> None:
    rows = model._default_manager.all()

    with held_by_another(rows, no_key=True), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            save(water, replace(draft, summary="Street lights"), noon)

    assert CapabilityProfile.objects.get().version == 1


def test_disclosures_go_by_what_the_current_profiles_name(
    water: CapabilityProfile, draft: ProfileDraft, alice: User, noon: datetime
) -> None:
    company = water.company

    def domains() -> list[str]:
        company.refresh_from_db()
        return company.domains

    add_profile(company, replace(draft, name="Light", domains=("street-lighting",)), by=alice, now=noon)
    assert domains() == sorted({"street-lighting", *water.domains})

    retire_profile(water, by=alice, now=noon)
    assert domains() == ["street-lighting"]
    restore_profile(water, by=alice, now=noon)
    assert domains() == sorted({"street-lighting", *water.domains})
