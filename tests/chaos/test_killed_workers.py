"""The power goes, again and again, in the middle of reading: nothing is lost and nothing comes twice."""

from __future__ import annotations

import random
import time
from datetime import datetime
from pathlib import Path

import pytest

from ingest.models import Extraction, RawDocument
from ingest.services.replay import replay_archive
from opportunities.models import Notice, Opportunity, OpportunityRevision
from portal.embedded.valkey import Valkey
from tests.chaos.tables import hand_in
from tests.factories.ingest import SourceFactory
from tests.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KILLS = 20
ROWS = 25  # in each table: 500 notices in all
SWEEP = "ingest.tasks.parse_pending_documents"
LONGEST_RECOVERY = 30.0  # seconds


def test_twenty_power_cuts_lose_nothing_and_double_nothing(
    broker: Valkey, noon: datetime, tmp_path: Path
) -> None:
    source = SourceFactory.create(kind="upload")
    chance = random.Random(20)  # noqa: S311  when to pull the plug is no secret
    interrupted = 0
    for table in range(KILLS):
        worker = Worker(broker.url(), tmp_path)
        worker.wait_until_ready()
        hand_in(source, table=table, rows=ROWS, now=noon)
        worker.ring(SWEEP)
        wait_until_reading_begins()
        time.sleep(chance.uniform(0.0, 0.1))  # the moment is what this test is about
        worker.kill()
        interrupted += RawDocument.objects.filter(parsed_at=None).exclude(tried_by="").exists()

    worker = Worker(broker.url(), tmp_path)
    try:
        worker.wait_until_ready()
        back = time.monotonic()
        worker.wait_until(lambda: not RawDocument.objects.filter(parsed_at=None).exists(), ringing=SWEEP)
        took = time.monotonic() - back
    finally:
        worker.stop()

    assert interrupted > 0, "no kill hit a reading, so nothing was tried"
    assert took <= LONGEST_RECOVERY
    models = (Opportunity, Notice, OpportunityRevision, Extraction)
    assert [model._default_manager.count() for model in models] == [KILLS * ROWS] * 4
    assert not RawDocument.objects.rejected().exists(), "an outage is no fault of the document's"
    # Undisturbed, in one piece, from the archive: the same, fact by fact.
    replayed = replay_archive(now=noon)
    assert (replayed.opportunities, replayed.fields) == (KILLS * ROWS, ())


def wait_until_reading_begins() -> None:
    give_up = time.monotonic() + LONGEST_RECOVERY
    # Every round hands in one table, so something waits until something is being read.
    while not RawDocument.objects.exclude(tried_by="").exists() and time.monotonic() < give_up:
        time.sleep(0.002)
