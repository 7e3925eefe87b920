"""How many releases a second are written into a month's file, and what that takes of memory."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from ingest.models import Source
from ingest.services import parse_document, receive_upload
from opportunities.compile import SeenNotice
from opportunities.exports.ocds import releases
from opportunities.exports.told import ToldNotice, ToldProcess
from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.selectors import months_told, public_opportunities
from opportunities.serialization import content_hash, notice_from_json
from portal.open_data.bulk import RELEASES, write_bulk
from portal.open_data.republisher import republisher
from tests.bench.figures import Figure
from tests.bench.made_up_tenders import export_of
from tests.bench.memory import resident_megabytes

RECORDED, TIMES = 1_000, 40
NAIVE = 2_000  # it takes long
PEER = "a query for each process's rows, models, json.dumps"


def measure() -> Iterator[Figure]:
    """40,000 processes of one month, half of them with a corrigendum, packed as for harvesters."""
    now = timezone.now()
    _fill(now)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "month.jsonl.gz"
        write_bulk(RELEASES, file, at=now)  # warms the process up
        before = resident_megabytes()
        started = time.perf_counter()
        written = write_bulk(RELEASES, file, at=now)
        seconds = time.perf_counter() - started
        grown = resident_megabytes() - before
    started = time.perf_counter()
    months_told(at=now)
    asked = time.perf_counter() - started
    ours, naive = written / seconds, _naive(now)
    yield Figure("opendata.releases", ours, "releases/s", 5_000, "more", PEER, ours / naive)
    yield Figure("opendata.memory", grown, "MB more", 20, "less")
    yield Figure("opendata.state", asked * 1000, "ms", None, "less")


def _fill(now: datetime) -> None:
    source = Source.objects.create(slug="open", kind="upload", name="Open", publisher="open.example.org")
    body = export_of(RECORDED)
    document, _ = receive_upload(
        source, name="open.jsonl", media_type="application/jsonl", body=body, now=now
    )
    parse_document(document.pk, now=now)
    notices = list(Notice.objects.select_related("opportunity"))
    for number in range(TIMES - 1):
        _copy(notices, number, now)


def _copy(notices: list[Notice], number: int, now: datetime) -> None:
    """The same tenders under other numbers, every other with its deadline moved."""
    opportunities, told = [], []
    for place, notice in enumerate(notices):
        original = notice.opportunity
        values = {
            field.attname: getattr(original, field.attname)
            for field in Opportunity._meta.concrete_fields
            if not field.primary_key and not field.generated
        }
        copy = Opportunity(**values | {"process_id": f"{original.process_id}-{number}"})
        opportunities.append(copy)
        content = {**notice.content, "process_id": copy.process_id}
        told.append(_notice(copy, notice, content, now))
        if place % 2:
            moved = {"at": (now + timedelta(days=30)).isoformat(), "has_time": True}
            changed = {**content, "kind": "corrigendum", "notice_id": "corrigendum-1"}
            told.append(_notice(copy, notice, changed | {"facts": {"submission_deadline": moved}}, now))
    Opportunity.objects.bulk_create(opportunities, batch_size=500)
    Notice.objects.bulk_create(told, batch_size=500)
    OpportunityRevision.objects.bulk_create(
        OpportunityRevision(
            opportunity=row.opportunity,
            notice=row,
            number=1 + (row.kind == "corrigendum"),
            changes=[],
            tells_a_change=False,
            recorded_at=now,
        )
        for row in told
    )


def _notice(copy: Opportunity, like: Notice, content: dict[str, object], now: datetime) -> Notice:
    return Notice(
        opportunity=copy,
        notice_id=str(content["notice_id"]),
        kind=str(content["kind"]),
        published_at=like.published_at,
        content=content,
        content_hash=content_hash(content),
        seen_at=now,
        recorded_at=now,
    )


def _naive(now: datetime) -> float:
    """Releases a second as one would write it at first: model by model, in memory, then compressed."""
    started, lines = time.perf_counter(), []
    by = republisher()
    for row in public_opportunities(at=now).order_by("pk")[:NAIVE]:
        notices = tuple(
            ToldNotice(SeenNotice(notice_from_json(notice.content), notice.seen_at), notice.recorded_at)
            for notice in row.notices.filter(superseded_at=None)
        )
        since = row.disclosed_from or now
        told = replace(ToldProcess(row.publisher, row.process_id, since, notices))
        lines += [json.dumps(release, indent=2) for release in releases(told, by)]
    gzip.compress("\n".join(lines).encode())
    return len(lines) / (time.perf_counter() - started)
