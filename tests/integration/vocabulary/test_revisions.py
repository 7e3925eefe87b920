"""Changes of the vocabulary: checked, kept, undone, and every profile scored anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from matching.models import CapabilityProfile, ConceptRevision, Match, ScoredRevision
from matching.scoring.vocabulary import SHIPPED
from matching.scoring.vocabulary.serialization import entry_to_json
from matching.services import (
    check_matches,
    refresh_index,
    score_profile,
    sufficient_versions,
)
from matching.services.vocabulary import (
    ChangedMeanwhile,
    ProposedRevision,
    current_vocabulary,
    revise_concept,
    standing_changes,
)
from matching.services.vocabulary_preview import preview_revision
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import NoticeFactory, OpportunityRevisionFactory
from tests.integration.vocabulary.conftest import GLOW, make


def awaiting() -> int:
    return CapabilityProfile.objects.awaiting_scoring(scorer_versions=sufficient_versions()).count()


def test_a_new_concept_has_every_profile_scored_anew_and_found_by_it(
    bollards: CapabilityProfile, olga: User, noon: datetime
) -> None:
    score_profile(bollards.pk, now=noon)
    assert (awaiting(), Match.objects.count()) == (0, 0)

    revision = make(GLOW, olga, noon)
    assert awaiting() == 1
    score_profile(bollards.pk, now=noon + timedelta(hours=1))

    match = Match.objects.get()
    assert match.parts[0]["evidence"][0][2] == GLOW.slug
    assert match.scorer_version.endswith(f"+{revision}")
    assert awaiting() == 0


def test_the_index_and_the_nightly_check_go_by_what_the_office_added(  # a fixture each
    bollards: CapabilityProfile,
    olga: User,
    noon: datetime,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DATA_DIR = tmp_path
    tender = Opportunity.objects.get(title__contains="bollards")
    revision_of_tender = OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=tender))
    ScoredRevision.objects.create(revision=revision_of_tender, scored_at=noon)
    built = refresh_index(now=noon)
    revision = make(GLOW, olga, noon)

    rebuilt = refresh_index(now=noon)
    missing = check_matches(now=noon)

    assert (built, rebuilt, missing) == (True, True, 1)
    match = Match.objects.get()
    assert match.parts[0]["evidence"][0][2] == GLOW.slug
    assert match.scorer_version.endswith(f"+{revision}")


def test_the_same_again_changes_nothing(olga: User, noon: datetime) -> None:
    first = make(GLOW, olga, noon)

    assert revise_concept(ProposedRevision(GLOW.slug, GLOW, first), by=olga, now=noon) is None
    assert ConceptRevision.objects.count() == 1


def test_going_back_is_a_revision_as_well(olga: User, noon: datetime) -> None:
    first = make(GLOW, olga, noon)
    second = make(replace(GLOW, en=("light bollard",)), olga, noon, based_on=first)
    make(GLOW, olga, noon, based_on=second)

    assert standing_changes() == {GLOW.slug: GLOW}
    assert ConceptRevision.objects.count() == 3


def test_who_began_before_another_s_change_is_told_and_nothing_is_lost(olga: User, noon: datetime) -> None:
    make(GLOW, olga, noon)

    with pytest.raises(ChangedMeanwhile):
        make(replace(GLOW, en=("light bollard",)), olga, noon)

    assert standing_changes() == {GLOW.slug: GLOW}


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_change_one_concept_at_once_one_does(olga: User, noon: datetime) -> None:
    def change(number: int) -> bool:
        try:
            make(replace(GLOW, en=(f"glow bollard {number}",)), olga, noon)
        except ChangedMeanwhile:
            return False
        return True

    assert sum(at_once(change, range(8))) == 1
    assert ConceptRevision.objects.count() == 1


def test_changes_that_no_longer_fit_what_ships_leave_the_scorer_working(olga: User, noon: datetime) -> None:
    content = entry_to_json(replace(GLOW, sv=()))
    ConceptRevision.objects.create(slug=GLOW.slug, content=content, made_by=olga, made_at=noon)

    vocabulary = current_vocabulary()

    assert vocabulary.order == SHIPPED.order
    assert vocabulary.version.endswith("!")


def test_the_preview_counts_tenders_and_profiles_and_stores_nothing(bollards: CapabilityProfile) -> None:
    CapabilityProfileFactory.create(capabilities=["Water meters"])

    preview = preview_revision(GLOW.slug, GLOW, now=timezone.now())

    found = [(count.term, count.is_added, count.tenders) for count in preview.terms]
    assert found == [("glow bollard", True, 1)]
    assert (preview.profiles, preview.is_cut_short) == (1, False)
    assert not ConceptRevision.objects.exists()
