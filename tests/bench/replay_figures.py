"""How quickly the archive is read again, and whether it tells the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.utils import timezone

from ingest.models import Source
from ingest.services import parse_document, receive_upload
from ingest.services.replay import replay_archive
from ingest.services.replay.compare import archived_documents
from tests.bench.figures import Figure
from tests.bench.made_up_tenders import export_of
from tests.bench.memory import resident_megabytes

# 10,000 documents have to be read again within five minutes.
GOAL = 10_000 / 300


def measure(documents: int) -> Iterator[Figure]:
    """``documents`` of one tender each are handed in and read, then everything archived is read again."""
    source = Source.objects.create(slug="replay", kind="upload", name="Replay", publisher="r.example.org")
    for number, line in enumerate(export_of(documents).splitlines()):
        now = timezone.now()
        document, _ = receive_upload(
            source, name=f"{number}.jsonl", media_type="application/jsonl", body=line, now=now
        )
        parse_document(document.pk, now=now)
    archived = archived_documents().count()

    before, started = resident_megabytes(), time.perf_counter()
    comparison = replay_archive(now=timezone.now())
    seconds, growth = time.perf_counter() - started, resident_megabytes() - before
    again = replay_archive(now=timezone.now())

    yield Figure("ingest.replay", archived / seconds, "documents/s", GOAL, "more")
    yield Figure("ingest.replay.differences", comparison.different, "of them", 0, "less")
    yield Figure("ingest.replay.other_digest", int(again.digest != comparison.digest), "times", 0, "less")
    yield Figure("ingest.replay.memory_growth", growth, "MB", 50, "less")
