"""What a buyer's tenders so far were like, from the tenders and how their deadlines moved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from opportunities.models import BuyerMemory
from opportunities.parsed_notice import Stage
from opportunities.selectors import tendered_for_everyone

# Deadlines pass without anyone writing a row.
LASTS = timedelta(hours=6)
_READ = (
    "buyer_naming__buyer",
    "pk",
    "stage",
    "published_at",
    "recorded_at",
    "submission_deadline",
    "value_amount",
    "value_currency",
    "bid_security_amount",
    "bid_security_currency",
)
_RECKON = """
WITH tender(buyer, id, stage, published_at, recorded_at, deadline, value, value_in, security, security_in) AS
    MATERIALIZED ({tenders}),
moved AS (
    SELECT revision.opportunity_id AS id, revision.number,
        (jsonb_path_query_first(
            revision.changes, '$[*] ? (@.field == "submission_deadline").before.at'
        ) #>> '{{}}')::timestamptz AS was
    FROM opportunities_opportunityrevision revision JOIN tender ON tender.id = revision.opportunity_id
    WHERE revision.tells_a_change
),
first_set AS (SELECT DISTINCT ON (id) id, was FROM moved WHERE was IS NOT NULL ORDER BY id, number),
told AS (
    SELECT tender.*, coalesce(was, deadline) AS first_deadline,
        stage = ANY(%s) AS is_cancelled,
        deadline <= %s AS is_closed,
        CASE WHEN value > 0 AND security > 0 AND security <= value AND value_in = security_in
            THEN security / value END AS security_share
    FROM tender LEFT JOIN first_set USING (id)
),
counted AS (
    SELECT *, recorded_at < first_deadline AS is_watched,
        extract(epoch FROM first_deadline - published_at) / 86400 AS bid_days,
        extract(epoch FROM deadline - first_deadline) / 86400 AS extension_days
    FROM told
)
SELECT buyer,
    count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY bid_days) FILTER (WHERE bid_days > 0),
    count(*) FILTER (WHERE bid_days > 0),
    count(*) FILTER (WHERE is_watched AND is_closed),
    count(*) FILTER (WHERE is_watched AND is_closed AND extension_days > 0),
    avg(extension_days) FILTER (WHERE is_watched AND is_closed AND extension_days > 0),
    count(*) FILTER (WHERE is_watched AND (is_closed OR is_cancelled)),
    count(*) FILTER (WHERE is_watched AND is_cancelled),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY security_share),
    count(security_share)
FROM counted GROUP BY buyer
"""


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """The columns of a memory, in the order of the statement above."""

    tenders: int = 0
    bid_days_median: float | None = None
    bid_days_of: int = 0
    closed: int = 0
    extended: int = 0
    extension_days_mean: float | None = None
    ended: int = 0
    cancelled: int = 0
    security_share_median: float | None = None
    security_of: int = 0


_COLUMNS = tuple(field.name for field in fields(_Reckoned))


@transaction.atomic
def reckon_memories(*, now: datetime, most: int = 100) -> int:
    """Reckon what is remembered of buyers whose tenders were written, or of whom it is hours old.

    Return of how many. What another worker has is left to it; reckoning again says the same.

    Only what every member may see counts, so no figure tells one member more than another, or anyone of
    what isn't disclosed.
    """
    due = BuyerMemory.objects.filter(Q(is_due=True) | Q(reckoned_at__lt=now - LASTS))
    memories = list(due.select_for_update(skip_locked=True).order_by("pk")[:most])
    if not memories:
        return 0
    reckoned = _reckon([memory.pk for memory in memories], now=now)
    for memory in memories:
        memory.is_due, memory.reckoned_at = False, now
        for name in _COLUMNS:
            setattr(memory, name, getattr(reckoned.get(memory.pk, _Reckoned()), name))
    BuyerMemory.objects.bulk_create(
        memories,
        update_conflicts=True,
        unique_fields=["buyer"],
        update_fields=["is_due", "reckoned_at", *_COLUMNS],
    )
    return len(memories)


def _reckon(buyers: Collection[int], *, now: datetime) -> dict[int, _Reckoned]:
    tenders = tendered_for_everyone(at=now).filter(buyer_naming__buyer__in=buyers)
    sql, params = tenders.order_by().values_list(*_READ).query.sql_with_params()
    called_off = [Stage.CANCELLED.value, Stage.RETENDERED.value]
    with connection.cursor() as cursor:
        cursor.execute(_RECKON.format(tenders=sql), [*params, called_off, now])
        return {buyer: _Reckoned(*figures) for buyer, *figures in cursor.fetchall()}
