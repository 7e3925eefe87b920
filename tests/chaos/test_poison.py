"""A document that kills whoever reads it must not go round for ever, nor take the others with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ingest.models import RawDocument
from ingest.services import receive_upload, retry_document
from opportunities.models import Opportunity
from portal.embedded.valkey import Valkey
from tests.chaos.tables import hand_in
from tests.factories.ingest import SourceFactory
from tests.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SWEEP = "ingest.tasks.parse_pending_documents"
# Spelt out, since importing the module that holds it would poison this process too.
POISON = b"drink me"


def test_poison_is_put_aside_after_three_deaths_and_tried_again_when_asked(
    broker: Valkey, noon: datetime, tmp_path: Path
) -> None:
    source = SourceFactory.create(kind="upload")
    poison, _ = receive_upload(source, name="vial", media_type="text/csv", body=POISON, now=noon)
    for table in range(4):
        hand_in(source, table=table, rows=5, now=noon)
    worker = Worker(broker.url(), tmp_path, app="tests.chaos.deadly")
    try:
        for _ in range(2):
            worker.wait_until(lambda: not RawDocument.objects.filter(parsed_at=None).exists(), ringing=SWEEP)

            poison.refresh_from_db()
            assert "cut off 3 times" in poison.rejected_because
            assert poison.parser_version == ""
            assert Opportunity.objects.count() == 20
            assert list(RawDocument.objects.rejected()) == [poison]
            retry_document(poison.pk, now=noon)
    finally:
        worker.stop()
