"""Sources that fail or fall silent, and what could not be read of others."""

from __future__ import annotations

from datetime import datetime, timedelta

from ingest.watching.alarms import Alarm
from tests.factories.ingest import (
    PageLayoutFactory,
    PollFactory,
    QuarantinedPartFactory,
    RawDocumentFactory,
    SourceFactory,
)


def add_trouble(*, now: datetime) -> None:
    SourceFactory.create(
        name="Kerala e-tendering",
        slug="kerala",
        poll_every_minutes=60,
        last_polled_at=now - timedelta(minutes=20),
        next_poll_at=now + timedelta(hours=1),
        consecutive_failures=5,
        last_failure="SourceUnavailable: the portal answered 503 three times",
        opened_at=now - timedelta(minutes=20),
    )
    quiet = SourceFactory.create(
        name="Goa e-tendering",
        slug="goa",
        poll_every_minutes=60,
        next_poll_at=now - timedelta(hours=2),
        last_success_at=now - timedelta(hours=3),
        usual_rows=48,
        alarm=Alarm.FEW_ROWS,
        alarm_usual=48,
        alarmed_at=now - timedelta(hours=3),
    )
    PageLayoutFactory.create(source=quiet, alarmed_at=now - timedelta(hours=3))
    PollFactory.create(source=quiet, polled_at=now - timedelta(hours=3), documents=1, new_documents=1)
    uploads = SourceFactory.create(name="Lists from the office", slug="lists", kind="upload", address="")
    table = RawDocumentFactory.create(
        source=uploads,
        url="november.csv",
        media_type="text/csv",
        body=b"Tender ID,Title,Value\n,Providing and laying of ducts,12 crore\n",
        fetched_at=now - timedelta(days=1),
    )
    QuarantinedPartFactory.create(
        document=table, place="row 1", excerpt=",Providing and laying of ducts,12 crore"
    )
    RawDocumentFactory.create(
        source=uploads,
        url="minutes.html",
        rejected_because=(
            "no portal we know makes such a page, and none of its tables has headings for Tender ID and "
            "Title; their headings: Item, Decision"
        ),
        fetched_at=now - timedelta(days=2),
    )
