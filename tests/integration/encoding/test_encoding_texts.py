from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from pytest_django import Settings

from matching.dense import Encoder
from matching.models import OpportunityVector, ProfileVector, Verdict
from matching.services import encode_due
from matching.services.encode_texts import opportunity_vectors
from matching.services.encoder import current_encoder
from matching.services.kept_statements import KeptStatements, keep_statements, statements_of
from matching.services.reading import read_wanted
from opportunities.models import Opportunity
from tests.at_once import at_once, held_by_another
from tests.factories.matching import CapabilityProfileFactory, VerdictFactory
from tests.integration.scoring.test_matches import SCHOOL, SENSORS, offer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def encoder() -> Encoder:
    found = current_encoder()
    if found is None:
        pytest.skip("the model's wheel exists for Linux on x86-64 alone")
    return found


@pytest.fixture
def switched_off(settings: Settings) -> None:
    settings.MATCH_BY_MEANING = False


def test_what_is_open_is_encoded_once(encoder: Encoder, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)

    done = [encode_due(now=noon + timedelta(hours=hours)) for hours in range(2)]

    row = OpportunityVector.objects.get()
    assert done == [1, 0]
    assert (row.opportunity, row.encoder_version, row.encoded_at) == (opportunity, encoder.version, noon)


def test_what_is_closed_is_left(encoder: Encoder, noon: datetime) -> None:
    offer(SENSORS, now=noon)
    Opportunity.objects.update(submission_deadline=noon - timedelta(days=1))

    assert encode_due(now=noon) == 0


def test_another_version_reads_everything_again(encoder: Encoder, noon: datetime) -> None:
    offer(SENSORS, now=noon)
    encode_due(now=noon)
    OpportunityVector.objects.update(encoder_version="an older one")

    assert encode_due(now=noon) == 1
    assert OpportunityVector.objects.count() == 2


def test_a_kept_vector_is_as_good_as_a_fresh_one(encoder: Encoder, noon: datetime) -> None:
    opportunity = offer(SENSORS, now=noon)
    (fresh,) = opportunity_vectors([opportunity], encoder, now=noon)

    (kept,) = opportunity_vectors([opportunity], encoder, now=noon)

    assert fresh is not None
    assert kept is not None
    assert np.array_equal(fresh, kept)


def test_a_changed_text_is_read_again(encoder: Encoder, noon: datetime) -> None:
    (before,) = opportunity_vectors([offer(SENSORS, now=noon)], encoder, now=noon)

    (after,) = opportunity_vectors([offer(SCHOOL, now=noon, day=2)], encoder, now=noon)

    assert before is not None
    assert after is not None
    assert float(before @ after) < 0.9
    assert OpportunityVector.objects.count() == 1


def test_a_profile_keeps_what_it_says_and_no_more(encoder: Encoder, noon: datetime) -> None:
    profile = CapabilityProfileFactory.create(capabilities=["Vattenmätare", "Pumpar"], summary="")
    read_wanted(profile, now=noon)
    before = set(ProfileVector.objects.values_list("pk", flat=True))

    profile.capabilities = ["Pumpar", "Ventiler"]
    read_wanted(profile, now=noon + timedelta(days=1))

    after = set(ProfileVector.objects.values_list("pk", flat=True))
    assert len(before) == len(after) == 2
    assert len(before & after) == 1


def test_a_profile_is_read_from_the_database_again(encoder: Encoder, noon: datetime) -> None:
    profile = CapabilityProfileFactory.create(capabilities=["Vattenmätare"], language="sv")
    read = KeptStatements(encoder, {})
    fresh = read.encode(["Vattenmätare", "Pumpar", "Vattenmätare"])
    keep_statements([(profile, {}, read)], encoder, now=noon)

    known = statements_of([profile.pk], encoder)[profile.pk]
    again = KeptStatements(encoder, known, may_make=False).encode(["Pumpar", "Vattenmätare"])

    assert ProfileVector.objects.count() == 2
    assert np.array_equal(fresh[[1, 0]], again)
    assert np.array_equal(fresh[0], fresh[2])


def test_what_a_verdict_is_about_is_read_after_it_has_closed(encoder: Encoder, noon: datetime) -> None:
    judged, other = (offer(SENSORS, process_id=f"2026_A_{n}_1", now=noon) for n in range(2))
    VerdictFactory.create(opportunity=judged, is_relevant=True, reason="")
    VerdictFactory.create(opportunity=other, reason=Verdict.Reason.TOO_BIG)
    Opportunity.objects.update(submission_deadline=noon - timedelta(days=1))

    assert [encode_due(now=noon) for _ in range(2)] == [1, 0]
    assert OpportunityVector.objects.get().opportunity == judged


def test_eight_workers_encode_each_once(encoder: Encoder, noon: datetime) -> None:
    for number in range(40):
        offer(f"{SENSORS}, lot {number}", process_id=f"2026_A_{number}_1", now=noon)

    done = at_once(lambda _: encode_due(now=noon), range(8))

    assert sum(done) == OpportunityVector.objects.count() == 40


def test_a_worker_leaves_what_another_has(encoder: Encoder, noon: datetime) -> None:
    offer(SENSORS, now=noon)

    with held_by_another(Opportunity.objects.all()):
        done = encode_due(now=noon)

    assert (done, OpportunityVector.objects.count()) == (0, 0)


def test_without_an_encoder_nothing_is_due(switched_off: None, noon: datetime) -> None:
    offer(SENSORS, now=noon)

    assert encode_due(now=noon) == 0
