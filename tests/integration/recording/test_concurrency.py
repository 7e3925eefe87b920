from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from threading import Event

import pytest
from django.db import connection, transaction

from opportunities.models import Notice, Opportunity
from opportunities.services import record_notice, record_notices
from tests.at_once import at_once
from tests.factories.notices import parsed_notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_recorder_reads_what_the_one_before_has_written(noon: datetime) -> None:
    record_notice(parsed_notice(1, title="Bridge"), seen_at=noon, now=noon)

    def record_second() -> None:
        record_notice(parsed_notice(2, buyer_name="Public works"), seen_at=noon, now=noon)
        written.set()
        go_on.wait(timeout=10)

    written, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        second = pool.submit(in_own_transaction, record_second)
        assert written.wait(timeout=10)
        third = pool.submit(
            in_own_transaction,
            lambda: record_notice(parsed_notice(3, pincode="411001"), seen_at=noon, now=noon),
        )
        wait([third], timeout=0.5)  # time enough to go wrong, were it not made to wait
        go_on.set()
        second.result(timeout=10)
        third.result(timeout=10)

    opportunity = Opportunity.objects.get()
    assert (opportunity.buyer_name, opportunity.pincode) == ("Public works", "411001")
    assert list(opportunity.revisions.values_list("number", flat=True)) == [1, 2, 3]


def in_own_transaction(work: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            work()
    finally:
        connection.close()


def test_eight_recorders_write_one_history(noon: datetime) -> None:
    notices = [parsed_notice(1 + n, title=f"Bridge {n}") for n in range(4)]

    at_once(lambda n: record_notice(notices[n % 4], seen_at=noon, now=noon), range(32))

    opportunity = Opportunity.objects.get()
    numbers = list(opportunity.revisions.values_list("number", flat=True))
    assert Notice.objects.count() == 4
    assert opportunity.title == "Bridge 3"
    assert numbers == list(range(1, len(numbers) + 1))


def test_batches_of_the_same_processes_in_opposite_order_do_not_wait_for_each_other(noon: datetime) -> None:
    batch = [parsed_notice(process_id=f"2026_A_{n}_1", title="Bridge") for n in range(40)]

    at_once(lambda step: record_notices(batch[::step], seen_at=noon, now=noon), [1, -1, 1, -1, 1, -1, 1, -1])

    assert [Opportunity.objects.count(), Notice.objects.count()] == [40, 40]
