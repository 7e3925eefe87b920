"""The broker is a bell: it may go at any moment, and forget everything, and nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime

import pytest
import redis

from ingest.models import RawDocument
from opportunities.models import Notice, Opportunity
from portal.embedded.valkey import Valkey
from tests.chaos.tables import hand_in
from tests.factories.ingest import SourceFactory
from tests.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SWEEP = "ingest.tasks.parse_pending_documents"
TABLES, ROWS = 20, 10


def power_cut(broker: Valkey) -> None:
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGKILL)
    broker.stop()  # nothing but taking note of its death
    broker.start()


def forget_everything(broker: Valkey) -> None:
    with redis.Redis.from_url(broker.url()) as client:
        client.flushall()


@pytest.mark.parametrize("mishap", [power_cut, forget_everything])
def test_nothing_is_lost_when_the_broker_fails(
    mishap: Callable[[Valkey], None], broker: Valkey, worker: Worker, noon: datetime
) -> None:
    source = SourceFactory.create(kind="upload")
    for table in range(TABLES):
        hand_in(source, table=table, rows=ROWS, now=noon)
    worker.ring(SWEEP)
    worker.wait_until(lambda: RawDocument.objects.exclude(parsed_at=None).count() > 1, ringing=SWEEP)
    assert RawDocument.objects.filter(parsed_at=None).exists(), "it came too late to do harm"

    mishap(broker)
    worker.wait_until(lambda: not RawDocument.objects.filter(parsed_at=None).exists(), ringing=SWEEP)

    assert [Opportunity.objects.count(), Notice.objects.count()] == [TABLES * ROWS] * 2
    assert not RawDocument.objects.rejected().exists()
