from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Max, Q

from opportunities.models import Disclosure, Notice, Opportunity, OpportunityRevision
from opportunities.parsed_notice import ParsedNotice
from opportunities.serialization import content_hash, notice_to_json
from opportunities.services.apply_facts import FACT_COLUMNS
from opportunities.services.requirement_rows import replace_requirements
from opportunities.services.story import ProcessKey, Story, Telling

WRITTEN = (*FACT_COLUMNS, "published_at", "disclosed_from")
NOT_FACTS = ("publisher", "process_id", "published_at", "disclosed_from", "recorded_at")


@dataclass(frozen=True, slots=True)
class Recording:
    """What became of a batch: the notices' rows in its order, and how much of it was new."""

    notices: tuple[Notice, ...]
    new_notices: int
    new_opportunities: int
    new_revisions: int


def record_notice(parsed: ParsedNotice, *, seen_at: datetime, now: datetime) -> Notice:
    """Store one notice and bring its opportunity up to date: ``record_notices`` for a single one."""
    return record_notices([parsed], seen_at=seen_at, now=now).notices[0]


@transaction.atomic
def record_notices(
    batch: Sequence[ParsedNotice], *, seen_at: datetime, now: datetime, is_news: bool = True
) -> Recording:
    """Store notices and bring their opportunities up to date. The only way opportunities change.

    ``seen_at`` is when the document that says so was fetched. Recording the same notices again does
    nothing, so callers may retry freely. Without ``is_news`` it is our reading that has changed, and nobody
    is told of a change. A batch may mix processes; a few hundred notices keep the
    transaction short.
    """
    tellings = [Telling(parsed, content := notice_to_json(parsed), content_hash(content)) for parsed in batch]
    stories, new_opportunities = _open_stories(tellings, now=now)
    notices = tuple(
        stories[telling.process].tell(telling, seen_at=seen_at, now=now, is_news=is_news)
        for telling in tellings
    )
    write_stories(list(stories.values()), seen_at=seen_at)
    return Recording(
        notices=notices,
        new_notices=sum(len(story.new_notices) for story in stories.values()),
        new_opportunities=new_opportunities,
        new_revisions=sum(len(story.revisions) for story in stories.values()),
    )


def _open_stories(tellings: Sequence[Telling], *, now: datetime) -> tuple[dict[ProcessKey, Story], int]:
    """Lock the opportunities these notices are about, making those that are new."""
    # One order everywhere, or two documents could each hold a process the other waits for.
    in_order = sorted({telling.process for telling in tellings})
    known = set(Opportunity.objects.filter(_any_of(in_order)).values_list("publisher", "process_id"))
    missing = [key for key in in_order if key not in known]
    Opportunity.objects.bulk_create(
        (Opportunity(publisher=p, process_id=i, title=i, recorded_at=now) for p, i in missing),
        ignore_conflicts=True,
    )
    # One writer per process at a time, or two notices could compile from the same half of the story.
    # The facts stay behind: they are compiled from the notices and only ever written.
    rows = list(
        Opportunity.objects.select_for_update(no_key=True)
        .only(*NOT_FACTS)
        .filter(_any_of(in_order))
        .order_by("publisher", "process_id")
    )
    notices: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(opportunity__in=rows).defer("content").order_by("pk"):
        notices[notice.opportunity_id].append(notice)
    stories = {(row.publisher, row.process_id): Story(row, notices[row.pk]) for row in rows}
    recall_stories(
        {story for telling in tellings if not (story := stories[telling.process]).has_only(telling)}
    )
    return stories, sum(1 for key in missing if not notices[stories[key].opportunity.pk])


def recall_stories(stories: Collection[Story]) -> None:
    """Give these stories what was told before; the others only hear again what is all they know."""
    rows = [story.opportunity for story in stories]
    contents = dict(Notice.objects.filter(opportunity__in=rows).values_list("pk", "content"))
    last_revisions = dict(
        OpportunityRevision.objects.filter(opportunity__in=rows)
        .order_by()
        .values_list("opportunity")
        .annotate(Max("number"))
    )
    decided = set(Disclosure.objects.filter(opportunity__in=rows).values_list("opportunity_id", flat=True))
    for story in stories:
        story.recall(
            contents,
            last_revision=last_revisions.get(story.opportunity.pk, 0),
            is_disclosure_decided=story.opportunity.pk in decided,
        )


def _any_of(keys: Iterable[ProcessKey]) -> Q:
    by_publisher: defaultdict[str, list[str]] = defaultdict(list)
    for publisher, process_id in keys:
        by_publisher[publisher].append(process_id)
    return reduce(or_, (Q(publisher=p, process_id__in=ids) for p, ids in by_publisher.items()), Q(pk__in=[]))


def write_stories(stories: list[Story], *, seen_at: datetime) -> None:
    """Write what came of telling these stories, or of unsaying part of them."""
    Notice.objects.bulk_create([notice for story in stories for notice in story.new_notices])
    seen_again = [notice.pk for story in stories for notice in story.seen_again]
    Notice.objects.filter(pk__in=seen_again).update(seen_at=seen_at)
    Notice.objects.bulk_update([n for story in stories for n in story.revived], ["superseded_at", "seen_at"])
    asking_otherwise = [story for story in stories if story.has_other_requirements]
    if asking_otherwise:
        replace_requirements(
            [story.opportunity for story in asking_otherwise],
            [row for story in asking_otherwise for row in story.requirement_rows()],
        )
    # The rows exist, so each insert becomes an update. One statement with many rows, where bulk_update
    # would spell a CASE for each of forty columns.
    Opportunity.objects.bulk_create(
        [story.opportunity for story in stories if story.has_news],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=WRITTEN,
    )
    OpportunityRevision.objects.bulk_create([r for story in stories for r in story.revisions])
