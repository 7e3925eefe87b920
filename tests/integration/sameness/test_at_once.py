"""Merging, splitting and recording by many workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from ingest.services.replay.snapshot import digests
from opportunities.models import Merge, Notice, Opportunity
from opportunities.services import compare_opportunity, merge_opportunities, split_opportunity
from tests.at_once import at_once, held_by_another
from tests.integration.sameness.world import (
    CHANNEL,
    PORTAL,
    SHEET,
    compare_all,
    in_a_bulletin,
    in_a_sheet,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_workers_that_record_and_merge_leave_one_record(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), in_a_sheet(), at=noon)
    pks = {publisher: the(publisher).pk for publisher in (PORTAL, CHANNEL, SHEET)}

    def work(number: int) -> None:
        match number % 4:
            case 0:
                record(in_a_bulletin(5 + number), on_the_portal(5 + number), at=noon)
            case 1:
                record(on_the_portal(5 + number), in_a_sheet(5 + number), at=noon)
            case 2:
                merge_opportunities(pks[CHANNEL], pks[PORTAL], now=noon)
            case _:
                merge_opportunities(pks[SHEET], pks[CHANNEL], now=noon)

    at_once(work, range(24))

    survivor = Opportunity.objects.standing().get()
    numbers = list(survivor.revisions.values_list("number", flat=True))
    assert survivor == the(PORTAL)
    assert Merge.objects.in_force().count() == 2
    assert Notice.objects.count() == 3 + 24
    assert numbers == list(range(1, len(numbers) + 1))
    assert survivor.notices.latest("published_at").notice_id.endswith("/26")


def test_eight_workers_that_merge_and_split_neither_hang_nor_lose(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), in_a_sheet(), at=noon)
    before = digests()
    pks = [the(publisher).pk for publisher in (PORTAL, CHANNEL, SHEET)]

    def work(number: int) -> None:
        merge_opportunities(pks[number % 3], pks[(number + 1) % 3], now=noon)
        for merge in Merge.objects.in_force():
            split_opportunity(merge.pk, now=noon + timedelta(hours=1))

    at_once(work, range(24))

    for merge in Merge.objects.in_force():
        split_opportunity(merge.pk, now=noon + timedelta(hours=1))
    assert digests() == before


def test_eight_comparers_merge_once(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)

    at_once(lambda _: compare_all(noon), range(8))
    compare_all(noon)

    assert Merge.objects.count() == 1


def test_a_comparer_leaves_what_another_has(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)
    tender = the(PORTAL)

    with held_by_another(Opportunity.objects.filter(pk=tender.pk)):
        compare_opportunity(tender.pk, now=noon)

    assert the(PORTAL).compared_at is None


def test_a_recorder_waits_for_a_merge_and_tells_the_survivor(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)
    merged, go_on = Event(), Event()

    def merge() -> None:
        merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon)
        merged.set()
        go_on.wait(timeout=10)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(in_own_transaction, merge)
        assert merged.wait(timeout=10)
        second = pool.submit(
            in_own_transaction, lambda: record(in_a_bulletin(9, contact="City engineer"), at=noon)
        )
        wait([second], timeout=0.5)  # time enough to go wrong, were it not made to wait
        go_on.set()
        first.result(timeout=10)
        second.result(timeout=10)

    assert (the(PORTAL).contact, the(CHANNEL).contact) == ("City engineer", "")


def in_own_transaction(work: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            work()
    finally:
        connection.close()
