from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from opportunities.chain import Entry, LedgerKind
from opportunities.models import Notice, Opportunity
from opportunities.parsed_notice import ParsedNotice, unsure_facts
from opportunities.serialization import content_hash, notice_to_json
from opportunities.services.groups import lock_groups
from opportunities.services.ledger import write_entries
from opportunities.services.stories import open_stories, recall_stories, write_stories
from opportunities.services.story import Story
from opportunities.services.telling import ProcessKey, Telling


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
    marked = [
        replace(parsed, unsure=unsure) if (unsure := unsure_facts(parsed)) else parsed for parsed in batch
    ]
    tellings = [
        Telling(parsed, content := notice_to_json(parsed), content_hash(content)) for parsed in marked
    ]
    stories, new_opportunities = _open_stories(tellings, now=now)
    hidden = [story for story in dict.fromkeys(stories.values()) if story.has_notices and story.is_hidden]
    notices = tuple(
        stories[telling.process].tell(telling, seen_at=seen_at, now=now, is_news=is_news)
        for telling in tellings
    )
    told = list(dict.fromkeys(stories.values()))  # one story may tell of several processes
    write_stories(told, seen_at=seen_at)
    write_entries([_shown_by_its_tender(story, now=now) for story in hidden if not story.is_hidden])
    return Recording(
        notices=notices,
        new_notices=sum(len(story.new_notices) for story in told),
        new_opportunities=new_opportunities,
        new_revisions=sum(len(story.revisions) for story in told),
    )


def _shown_by_its_tender(story: Story, *, now: datetime) -> Entry:
    """For the ledger: early information that the office held back has been published by a portal."""
    return Entry(
        kind=LedgerKind.DISCLOSED,
        at=now,
        by=None,
        opportunity=story.opportunity.pk,
        rule={},
        visible_from=story.opportunity.disclosed_from,
        details={"follows_from": "tender"},
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
    stories = open_stories(lock_groups(_any_of(in_order)))
    recall_stories(
        {story for telling in tellings if not (story := stories[telling.process]).has_only(telling)}
    )
    return stories, sum(1 for key in missing if not stories[key].has_notices)


def _any_of(keys: Iterable[ProcessKey]) -> Q:
    by_publisher: defaultdict[str, list[str]] = defaultdict(list)
    for publisher, process_id in keys:
        by_publisher[publisher].append(process_id)
    return reduce(or_, (Q(publisher=p, process_id__in=ids) for p, ids in by_publisher.items()), Q(pk__in=[]))
