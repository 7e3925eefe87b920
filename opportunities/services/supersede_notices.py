from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from opportunities.models import Notice, Opportunity
from opportunities.services.record_notices import NOT_FACTS, recall_stories, write_stories
from opportunities.services.story import Story


@transaction.atomic
def supersede_notices(notice_ids: Collection[int], *, now: datetime) -> int:
    """Let notices count no longer that no document says any more, by a better reading. Return how many.

    Their rows stay, and so does the history they made. Superseding them again changes nothing.
    """
    unsaid = Notice.objects.filter(pk__in=notice_ids, superseded_at=None)
    # The order in which everybody locks them.
    rows = list(
        Opportunity.objects.select_for_update(no_key=True)
        .only(*NOT_FACTS)
        .filter(pk__in=unsaid.values("opportunity"))
        .order_by("publisher", "process_id")
    )
    notices: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(opportunity__in=rows).defer("content").order_by("pk"):
        notices[notice.opportunity_id].append(notice)
    stories = {row.pk: Story(row, notices[row.pk]) for row in rows}
    recall_stories(stories.values())
    wanted = set(notice_ids)
    gone = []
    for pk, story in stories.items():
        here = [notice for notice in notices[pk] if notice.pk in wanted and notice.superseded_at is None]
        if here:
            story.unsay(here, now=now)
            gone += here
    Notice.objects.filter(pk__in=[notice.pk for notice in gone]).update(superseded_at=now)
    write_stories(list(stories.values()), seen_at=now)
    return len(gone)
