from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.models import Notice
from opportunities.services.groups import lock_groups
from opportunities.services.stories import open_stories, recall_stories, write_stories


@transaction.atomic
def supersede_notices(notice_ids: Collection[int], *, now: datetime) -> int:
    """Let notices count no longer that no document says any more, by a better reading. Return how many.

    Their rows stay, and so does the history they made. Superseding them again changes nothing.
    """
    unsaid = Notice.objects.filter(pk__in=notice_ids, superseded_at=None)
    stories = open_stories(lock_groups(Q(pk__in=unsaid.values("opportunity"))))
    recall_stories(set(stories.values()))
    gone = 0
    for story in dict.fromkeys(stories.values()):
        here = story.rows_among(notice_ids)
        if here:
            story.unsay(here, now=now)
            Notice.objects.filter(pk__in=[notice.pk for notice in here]).update(superseded_at=now)
            gone += len(here)
    write_stories(set(stories.values()), seen_at=now)
    return gone
