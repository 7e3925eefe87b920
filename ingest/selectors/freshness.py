from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

LOOKED_BACK = timedelta(days=7)
# What we promise: 95 of 100 notices are recorded so soon after their document has reached us.
PROMISED = timedelta(minutes=2)

_SQL = """
    SELECT count(*), percentile_cont(0.95) WITHIN GROUP (ORDER BY waited)
    FROM (
        SELECT min(notice.recorded_at - document.fetched_at) AS waited
        FROM ingest_extraction AS extraction
        JOIN ingest_rawdocument AS document ON document.id = extraction.document_id
        JOIN ingest_source AS source ON source.id = document.source_id
        JOIN opportunities_notice AS notice ON notice.id = extraction.notice_id
        -- What was recorded long after its document came was read again, by better readers.
        WHERE document.fetched_at >= %s AND notice.recorded_at >= document.fetched_at
            AND source.kind <> 'canary' AND document.reread_for_id IS NULL
        GROUP BY notice.id
    ) AS notices
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long notices waited from when their document reached us until they were recorded."""

    notices: int
    waited: timedelta  # as long as 95 of 100 of them, at most

    @property
    def is_kept(self) -> bool:
        return self.waited <= PROMISED


def freshness(*, at: datetime) -> Freshness | None:
    """Of the notices of the last week; None if there are none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [at - LOOKED_BACK])
        notices, waited = cursor.fetchone()
    return Freshness(notices, max(waited, timedelta(0))) if notices else None
