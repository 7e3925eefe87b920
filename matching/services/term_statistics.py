"""How common each word is among the tenders we hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection, transaction

from matching.models import TermStatistics
from matching.scoring.records import NO_COUNTS, TermCounts
from opportunities.canary import CANARY_PUBLISHER
from opportunities.models import Opportunity

_VECTORS = "SELECT search_vector FROM %s WHERE publisher <> '%s'"
KEPT_FOR = timedelta(days=30)


@transaction.atomic
def refresh_term_statistics(*, now: datetime) -> None:
    """Count afresh in how many opportunities each word stem occurs, and forget counts of last month."""
    table = connection.ops.quote_name(Opportunity._meta.db_table)
    with connection.cursor() as cursor:
        # The inner query is a text because ts_stat takes one; it holds nothing but two names of ours.
        cursor.execute("SELECT word, ndoc FROM ts_stat(%s)", [_VECTORS % (table, CANARY_PUBLISHER)])
        frequencies = dict(cursor.fetchall())
    TermStatistics.objects.update_or_create(
        taken_at=now,
        defaults={"documents": Opportunity.objects.without_canaries().count(), "frequencies": frequencies},
    )
    TermStatistics.objects.filter(taken_at__lt=now - KEPT_FOR).delete()


def current_term_counts() -> TermCounts:
    """The latest counts; none before the first night, and the scorer then goes by its own prior."""
    latest = TermStatistics.objects.order_by("-taken_at").values_list("pk", flat=True).first()
    return NO_COUNTS if latest is None else _counts(latest)


@lru_cache(maxsize=1)
def _counts(statistics_id: int) -> TermCounts:
    # Kept by each worker: a row never changes, and holds tens of thousands of words.
    row = TermStatistics.objects.get(pk=statistics_id)
    return TermCounts(row.documents, row.frequencies)
