"""Two processes on one queue of documents, as two workers would be."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence

from django.utils import timezone

from ingest.models import RawDocument, Source
from ingest.services import receive_upload
from opportunities.models import Notice
from tests.bench.figures import Figure
from tests.bench.made_up_tenders import export_of
from tests.bench.pair import work_in_pair
from tests.real_data import DATA

ROWS_A_FILE = 500
REAL = DATA / "india-tenders" / "assam.jsonl.gz"


def measure(rows: int) -> Iterator[Figure]:
    """Real tenders where they lie beside the repository, made-up ones otherwise; the unit says which."""
    source = Source.objects.create(slug="workers", kind="upload", name="Workers", publisher="w.example.org")
    lines, origin = _lines(rows)
    before = Notice.objects.count()
    _hand_in(source, lines, "first")
    seconds, growths = _run_workers()
    recorded = Notice.objects.count() - before
    _hand_in(source, lines, "again")
    seconds_again, _ = _run_workers()
    left = RawDocument.objects.filter(source=source, parsed_at=None).count()
    if left or Notice.objects.count() - before != recorded:
        raise RuntimeError(f"the workers left {left} documents unread, or recorded what was known")
    yield Figure("ingest.two_workers", recorded / seconds, f"{origin}/s", 300, "more")
    yield Figure("ingest.two_workers.known_rows", len(lines) / seconds_again, f"{origin}/s", 2_000, "more")
    yield Figure("ingest.two_workers.memory_growth", max(growths), "MB", 50, "less")


def _hand_in(source: Source, lines: Sequence[bytes], name: str) -> None:
    for number, start in enumerate(range(0, len(lines), ROWS_A_FILE)):
        receive_upload(
            source,
            name=f"{name} {number}.jsonl",
            media_type="application/jsonl",
            body=b"\n".join(lines[start : start + ROWS_A_FILE]),
            now=timezone.now(),
        )


def _lines(rows: int) -> tuple[Sequence[bytes], str]:
    if REAL.exists():
        with gzip.open(REAL) as file:
            return [line.rstrip(b"\n") for _, line in zip(range(rows), file, strict=False)], "real"
    return export_of(rows).splitlines(), "made up"


def _run_workers() -> tuple[float, list[float]]:
    """Seconds from the start signal to the last one's end, and each one's growth in megabytes."""
    worked = work_in_pair("tests.bench.parsing_worker")
    return worked.seconds, [grew for (grew,) in worked.said]
