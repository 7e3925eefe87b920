"""A tender has one score for a profile: in its list, beside a draft, and wherever else it is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from matching.dense import is_prepared
from matching.models import CapabilityProfile, Match, OpportunityVector, ProfileVector
from matching.profile_drafts import draft_of
from matching.scoring.serialization import parts_from_json
from matching.services import add_profile, encode_due, preview_profile, score_opportunity, score_profile
from matching.services.encoder import Meaning, current_encoder, current_meaning, loaded_encoder, ready_encoder
from matching.services.vocabulary import current_vocabulary
from matching.services.vocabulary_preview import scores_with
from matching.services.why_not_shown import why_not_shown
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.matching import VerdictFactory
from tests.integration.scoring.test_matches import SCHOOL, SENSORS, offer, sensors

__all__ = ["sensors"]

pytestmark = pytest.mark.django_db

TITLES = (
    SENSORS,
    "Real-time monitoring of drinking water at 14 reservoirs",
    "Chlorine analysers and turbidity probes, with five years of maintenance",
    SCHOOL,
)


@pytest.fixture(params=["with meaning", "words alone"])
def way(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Both ways of scoring; the first only where the model can be had."""
    if request.param == "words alone":
        settings.MATCH_BY_MEANING = False
    elif current_encoder() is None:
        pytest.skip("the model's wheel exists for Linux on x86-64 alone")
    return str(request.param)


@pytest.fixture
def tenders(noon: datetime) -> list[Opportunity]:
    tenders = [offer(title, process_id=f"2026_A_{n}_1", now=noon) for n, title in enumerate(TITLES)]
    Opportunity.objects.update(disclosed_from=noon, state="MH")
    return tenders


@pytest.fixture
def listed(
    way: str, sensors: CapabilityProfile, tenders: list[Opportunity], noon: datetime
) -> dict[int, Match]:
    """The profile's list, as the workers make it, with a verdict learnt."""
    del way
    sensors.states, sensors.minimum_score = ["MH"], 1
    sensors.save()
    VerdictFactory.create(profile=sensors, opportunity=tenders[1], is_relevant=True, reason="")
    encode_due(now=noon)
    score_opportunity(tenders[0].pk, now=noon)
    score_profile(sensors.pk, now=noon)
    return {match.opportunity_id: match for match in Match.objects.filter(profile=sensors)}


def test_a_list_goes_by_meaning_where_it_can(way: str, listed: dict[int, Match]) -> None:
    rules = {part.rule for match in listed.values() for part in parts_from_json(match.parts)}

    assert ("meaning" in rules) is (way == "with meaning")
    assert "feedback" in rules


def test_a_draft_gets_what_the_saved_profile_got(
    listed: dict[int, Match], sensors: CapabilityProfile, noon: datetime
) -> None:
    finds = preview_profile(sensors.company, draft_of(sensors), now=noon, saved=sensors)

    assert {one.opportunity.pk: one.score for one in finds.best} == {pk: m.score for pk, m in listed.items()}
    assert len(listed) >= 2


@pytest.mark.usefixtures("way")
def test_a_draft_gets_what_it_will_get_when_it_is_saved(
    sensors: CapabilityProfile, tenders: list[Opportunity], alice: User, noon: datetime
) -> None:
    draft = draft_of(sensors)
    sensors.delete()

    finds = preview_profile(alice.companies.get(), draft, now=noon)
    kept = ProfileVector.objects.count() + OpportunityVector.objects.count()
    saved = add_profile(alice.companies.get(), draft, by=alice, now=noon).profile
    score_profile(saved.pk, now=noon)

    matches = Match.objects.filter(profile=saved, score__gte=draft.minimum_score)
    assert [(one.opportunity.pk, one.score) for one in finds.best] == list(
        matches.order_by("-score", "opportunity").values_list("opportunity", "score")
    )
    assert finds.count
    assert kept == 0
    assert len(tenders) == len(TITLES)


def test_the_answer_why_not_is_what_the_list_had(
    listed: dict[int, Match], sensors: CapabilityProfile, noon: datetime
) -> None:
    Match.objects.all().delete()

    answers = [why_not_shown(sensors, f"/opportunities/{pk}/", now=noon) for pk in listed]

    assert [(answer.points, answer.parts) for answer in answers] == [
        (match.score, parts_from_json(match.parts)) for match in listed.values()
    ]


def test_a_pasted_text_gets_what_the_tender_got(
    listed: dict[int, Match], sensors: CapabilityProfile, tenders: list[Opportunity], noon: datetime
) -> None:
    CapabilityProfile.objects.update(states=[])
    score_profile(sensors.pk, now=noon)
    sensors.refresh_from_db()
    Opportunity.objects.update(disclosed_from=None)
    first = tenders[0]

    answer = why_not_shown(sensors, f"{first.title}\n{first.description}", now=noon)

    assert answer.opportunity is None
    assert answer.points == listed[first.pk].score - _points_for_place(listed[first.pk])


def test_a_preview_of_the_vocabulary_begins_at_what_the_lists_say(
    listed: dict[int, Match], sensors: CapabilityProfile, tenders: list[Opportunity], noon: datetime
) -> None:
    rows = [Opportunity.objects.get(pk=tender.pk) for tender in tenders]

    scores = scores_with(current_vocabulary(), [sensors], rows, now=noon)

    assert {
        row.pk: score for row, score in zip(rows, scores[sensors.pk], strict=True) if row.pk in listed
    } == {pk: match.score for pk, match in listed.items()}


def test_a_page_prepares_no_model(settings: Settings, tmp_path: Path) -> None:
    loaded_encoder.cache_clear()
    settings.DATA_DIR = tmp_path

    states = {current_meaning() for _ in range(2)}

    assert states <= {Meaning.NOT_READY, Meaning.IMPOSSIBLE}
    assert ready_encoder() is None
    assert not is_prepared(tmp_path / "models")
    assert list(tmp_path.iterdir()) == []


def _points_for_place(match: Match) -> int:
    return sum(part.points for part in parts_from_json(match.parts) if part.rule == "place")
