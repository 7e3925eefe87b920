from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.models import Notice
from opportunities.services.disclose import Decision, entry_on
from opportunities.services.groups import lock_groups
from opportunities.services.ledger import write_entries
from opportunities.services.stories import open_stories, recall_stories, write_stories


@transaction.atomic
def supersede_notices(notice_ids: Collection[int], *, now: datetime) -> int:
    """Let notices count no longer that no document says any more, by a better reading. Return how many.

    Their rows stay, and so does the history they made. Superseding them again changes nothing.
    """
    unsaid = Notice.objects.filter(pk__in=notice_ids, superseded_at=None)
    groups = lock_groups(Q(pk__in=unsaid.values("opportunity")))
    seen_until_now = [group for group in groups if group.root.disclosed_from is not None]
    told = {
        group.root.pk: entry_on(group, Decision(None), by=None, now=now, follows_from="unsaid")
        for group in seen_until_now
    }
    stories = open_stories(groups)
    recall_stories(set(stories.values()))
    gone = 0
    for story in dict.fromkeys(stories.values()):
        here = story.rows_among(notice_ids)
        if here:
            story.unsay(here, now=now)
            Notice.objects.filter(pk__in=[notice.pk for notice in here]).update(superseded_at=now)
            gone += len(here)
    write_stories(set(stories.values()), seen_at=now)
    write_entries([told[group.root.pk] for group in seen_until_now if group.root.disclosed_from is None])
    return gone
