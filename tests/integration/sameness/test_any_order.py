"""Whatever order notices come in, and whenever they are compared, the record ends the same."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from ingest.services.replay.snapshot import ProcessKey, digests
from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment, NoticeKind, ParsedNotice, Stage
from tests.integration.sameness.world import (
    DEADLINE,
    PORTAL,
    TENDER_ID,
    compare_all,
    crores,
    in_a_bulletin,
    in_a_sheet,
    notice,
    on_the_portal,
    record,
)

pytestmark = pytest.mark.django_db

NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
EXTENDED = Moment(DEADLINE + timedelta(days=14))
ROW = on_the_portal(value=None, city=None)
PAGE = on_the_portal(contact="City engineer")
CORRIGENDUM = notice(PORTAL, TENDER_ID, 6, NoticeKind.CORRIGENDUM, value=crores(91))
EXTENSION = notice(PORTAL, TENDER_ID, 8, NoticeKind.CORRIGENDUM, submission_deadline=EXTENDED)
CANCELLATION = notice(PORTAL, TENDER_ID, 15, NoticeKind.CANCELLATION)
AWARD = notice(PORTAL, TENDER_ID, 16, NoticeKind.AWARD)
BULLETIN = in_a_bulletin()
CHANNELS_EXTENSION = in_a_bulletin(9, submission_deadline=EXTENDED, title=None, reference=None)
SHEET = in_a_sheet()
# Each with the hour at which a document said so: a reading of one page is told from another by it alone.
PUBLISHED = tuple(
    (notice, NOON + timedelta(hours=hour))
    for hour, notice in enumerate(
        (ROW, PAGE, CORRIGENDUM, EXTENSION, CANCELLATION, AWARD, BULLETIN, CHANNELS_EXTENSION, SHEET)
    )
)
COMPARE = "compare"
Step = tuple[ParsedNotice, datetime] | str


def told(steps: list[Step]) -> dict[ProcessKey, bytes]:
    for step in steps:
        if isinstance(step, str):
            compare_all(NOON)
        else:
            parsed, seen_at = step
            record(parsed, at=seen_at)
    compare_all(NOON + timedelta(days=1))
    return digests()


@pytest.fixture(scope="module")
def in_order(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[ProcessKey, bytes]:
    with django_db_blocker.unblock(), transaction.atomic():
        end = told(list(PUBLISHED))
        transaction.set_rollback(True)
    return end


def assert_it_ends_the_same(order: list[Step], in_order: dict[ProcessKey, bytes]) -> None:
    with transaction.atomic():
        assert told(order) == in_order
        assert Opportunity.objects.standing().get().stage == Stage.AWARDED
        transaction.set_rollback(True)


FREELY = settings(deadline=None, suppress_health_check=list(HealthCheck))
ANY_ORDER = st.permutations([*PUBLISHED, COMPARE, COMPARE, COMPARE])


@settings(FREELY, max_examples=12)
@given(order=ANY_ORDER)
def test_the_record_ends_the_same(order: list[Step], in_order: dict[ProcessKey, bytes]) -> None:
    assert_it_ends_the_same(order, in_order)


@pytest.mark.slow
@settings(FREELY, max_examples=300)
@given(order=ANY_ORDER)
def test_in_very_many_orders_it_does(order: list[Step], in_order: dict[ProcessKey, bytes]) -> None:
    assert_it_ends_the_same(order, in_order)
