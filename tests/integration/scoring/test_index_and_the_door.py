"""The index finds what fits, and nobody is shown what the door withholds, whichever way it is asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from pytest_django import Settings

from matching.models import CapabilityProfile, Match
from matching.profile_drafts import draft_of
from matching.selectors import matches_of
from matching.services import preview_profile, refresh_index, score_profile
from matching.services.encoder import current_encoder
from matching.services.match_index import best_opportunities
from matching.services.reading import read_wanted
from matching.services.why_not_shown import why_not_shown
from opportunities.canary import CANARY_PUBLISHER
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> None:
    current_encoder()  # from the folder that all tests share
    settings.DATA_DIR = tmp_path


@pytest.fixture
def profile(noon: datetime) -> CapabilityProfile:
    return CapabilityProfileFactory.create(
        capabilities=["Online water-quality sensors"], minimum_score=10, changed_at=noon - HOUR
    )


@pytest.fixture
def every_kind(noon: datetime) -> list[Opportunity]:
    """Alike but for what decides who may know of them, and whether they are open."""
    moments = (None, noon - HOUR, noon, noon + HOUR)
    standing = OpportunityFactory.create(disclosed_from=noon - HOUR, process_id="standing")
    made = [standing]
    for number, (disclosed, stage, is_merged, is_canary) in enumerate(
        product(moments, (Stage.TENDER, Stage.CANCELLED), (False, True), (False, True))
    ):
        opportunity = OpportunityFactory.create(
            process_id=f"kind-{number}",
            disclosed_from=disclosed,
            stage=stage,
            merged_into=standing if is_merged else None,
            **({"publisher": CANARY_PUBLISHER} if is_canary else {}),
        )
        made.append(opportunity)
    for opportunity in made:
        OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=1)
    return made


def known_to_members(opportunity: Opportunity, now: datetime) -> bool:
    """The rule as it is meant, told once more in other words than the door's."""
    is_out = opportunity.disclosed_from is not None and opportunity.disclosed_from <= now
    return is_out and opportunity.merged_into_id is None and opportunity.publisher != CANARY_PUBLISHER


@pytest.mark.parametrize("is_approved", [True, False], ids=["a member", "not approved yet"])
def test_no_way_of_asking_gives_what_the_door_withholds(
    profile: CapabilityProfile,
    every_kind: list[Opportunity],
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_approved: bool,
) -> None:
    # The function of this name hides its module.
    monkeypatch.setattr(import_module("matching.services.preview_profile"), "SHOWN", 1_000)
    profile.company.approved_at = noon - HOUR if is_approved else None
    profile.company.save()
    refresh_index(now=noon)
    score_profile(profile.pk, now=noon)

    found = best_opportunities(read_wanted(profile, now=noon), now=noon)
    listed = {match.opportunity_id for match in matches_of(profile, at=noon)}
    finds = preview_profile(profile.company, draft_of(profile), now=noon, saved=profile)
    asked = {
        one.pk for one in every_kind if why_not_shown(profile, one.process_id, now=noon).opportunity == one
    }

    known = {one.pk for one in every_kind if is_approved and known_to_members(one, noon)}
    is_open = {one.pk for one in every_kind if one.stage == Stage.TENDER}
    assert listed == {found.opportunity.pk for found in finds.best} == known & is_open
    assert asked == known
    assert found is not None
    # They are in the index and have matches all the same, ready for the moment at which they are disclosed.
    hidden = {one.pk for one in every_kind if one.disclosed_from is None} & set(found.ids.tolist())
    assert hidden
    assert hidden <= set(Match.objects.values_list("opportunity", flat=True))
