"""Files that someone hands in: tables of made-up tenders, no two alike."""

from __future__ import annotations

import json
from datetime import datetime

from ingest.models import RawDocument, Source
from ingest.services import receive_upload


def hand_in(source: Source, *, table: int, rows: int, now: datetime) -> RawDocument:
    """Store a table; nothing reads it yet."""
    body = "\n".join(json.dumps(_row(table * rows + number)) for number in range(rows)).encode()
    document, _ = receive_upload(
        source, name=f"table-{table}.jsonl", media_type="application/jsonl", body=body, now=now
    )
    return document


def _row(number: int) -> dict[str, str]:
    return {
        "Tender ID": f"2026_SCDL_{10_000 + number}_1",
        "Title": f"Water meters for ward {number}",
        "Organisation Chain": "Nagpur Smart City Limited",
        "Tender Value in ₹": f"{number + 1},00,000",
        "Published Date": "05-Nov-2026 06:00 PM",
        "Bid Submission End Date": "13-Dec-2026 02:00 PM",
    }
