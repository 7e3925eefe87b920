"""How each source's pages are built: remembered as they are read, judged with each poll."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Count, QuerySet

from ingest.models import PageLayout, RawDocument, Source
from ingest.services.archive import fetched
from ingest.sources import ADAPTERS
from ingest.watching.layout import Layout, PageType, change_between, tells_enough
from portal.accounts.models import User

logger = logging.getLogger(__name__)


def remembered_layout(document: RawDocument, *, now: datetime) -> PageLayout | None:
    """The layout of a document being read, kept with when it was first and last seen."""
    layout = ADAPTERS[document.source.kind].layout(fetched(document))
    if layout is None:
        return None
    row, is_new = PageLayout.objects.get_or_create(
        source=document.source,
        page=layout.page,
        fingerprint=layout.fingerprint(),
        defaults={
            "path": layout.path[:500],
            "labels": list(layout.labels),
            "has_all_labels": layout.has_all_labels,
            "first_seen_at": now,
            "last_seen_at": now,
        },
    )
    if not is_new:
        PageLayout.objects.filter(pk=row.pk).update(last_seen_at=now)
    return row


def judge_layouts(source: Source, documents: QuerySet[RawDocument], *, now: datetime) -> None:
    """Raise or end the alarms of a source by the layouts of everything that one poll showed.

    The first layout of a type of page is settled as it is, and so is a mere variation: a page that leaves
    out what it has nothing to say about.
    """
    counted = documents.exclude(layout=None).order_by().values_list("layout").annotate(Count("pk"))
    pages: dict[int, int] = dict(counted)
    shown = list(PageLayout.objects.filter(pk__in=pages).order_by("page", "last_seen_at", "pk"))
    PageLayout.objects.filter(pk__in=pages).update(last_seen_at=now)
    for page, group in groupby(shown, key=lambda row: row.page):
        rows = list(group)
        _judge_page(source, page, rows, pages=sum(pages[row.pk] for row in rows), now=now)


def accept_layout(layout_id: int, *, by: User, now: datetime) -> None:
    """Let a layout that alarms, and its variations, count as what the source looks like.

    Accepting it again changes nothing.
    """
    layout = PageLayout.objects.filter(pk=layout_id, alarmed_at__isnull=False).first()
    if layout is not None:
        of_its_page = PageLayout.objects.filter(source=layout.source_id, page=layout.page, settled_at=None)
        of_its_page.update(settled_at=now, settled_by=by, alarmed_at=None)


def _judge_page(source: Source, page: str, shown: Sequence[PageLayout], *, pages: int, now: datetime) -> None:
    known = list(PageLayout.objects.settled().filter(source=source, page=page))
    unsettled = [row for row in shown if row.settled_at is None]
    _end_alarms(source, page, unless=unsettled)
    layouts = [_layout(row) for row in shown]
    if not unsettled or not tells_enough(layouts, pages=pages):
        return
    change = change_between([_layout(row) for row in known], layouts)
    if change is None:
        PageLayout.objects.filter(pk__in=[row.pk for row in unsettled]).update(
            settled_at=now, alarmed_at=None
        )
        return
    # One alarm for all variations of it.
    row = next((row for row in unsettled if row.alarmed_at), unsettled[-1])
    if row.alarmed_at is None:
        row.alarmed_at = now
        logger.warning("layout changed", extra={"source": source.slug, "page": page})
    row.new_labels, row.gone_labels = list(change.new), list(change.gone)
    row.save(update_fields=["alarmed_at", "new_labels", "gone_labels"])


def _end_alarms(source: Source, page: str, *, unless: Sequence[PageLayout]) -> None:
    """What a poll no longer shows is over, though it stays unknown."""
    alarming = PageLayout.objects.alarming().filter(source=source, page=page)
    alarming.exclude(pk__in=[row.pk for row in unless]).update(alarmed_at=None)


def _layout(row: PageLayout) -> Layout:
    return Layout(PageType(row.page), row.path, tuple(row.labels), row.has_all_labels)
