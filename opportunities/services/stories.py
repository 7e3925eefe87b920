"""Stories out of the tables and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max

from opportunities.models import Disclosure, Notice, Opportunity, OpportunityRevision
from opportunities.selectors import rulings_of
from opportunities.services.apply_facts import FACT_COLUMNS
from opportunities.services.groups import Group
from opportunities.services.requirement_rows import replace_requirements
from opportunities.services.search_entries import write_search_entries
from opportunities.services.story import Story, process_of
from opportunities.services.telling import ProcessKey

_SEEN = ("disclosed_from", "audience_domains", "audience_regions")
WRITTEN = (*FACT_COLUMNS, *_SEEN, "unsure", "published_at", "identity_keys", "compared_at")


def open_stories(groups: Iterable[Group]) -> dict[ProcessKey, Story]:
    """The story of each group, under the key of each of its processes. The caller holds the locks."""
    told_in = {row.pk: group.root.pk for group in groups for row in group.all}
    notices: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(opportunity__in=told_in).defer("content").order_by("pk"):
        notices[told_in[notice.opportunity_id]].append(notice)
    stories: dict[ProcessKey, Story] = {}
    for group in groups:
        story = Story(group.root, notices[group.root.pk], others=group.others)
        stories |= {process_of(row): story for row in group.all}
    return stories


def recall_stories(stories: Collection[Story]) -> None:
    """Give these stories what was told before; the others only hear again what is all they know."""
    rows = [row for story in stories for row in story.processes]
    processes = [row.pk for row in rows]
    contents = dict(Notice.objects.filter(opportunity__in=processes).values_list("pk", "content"))
    last_revisions = dict(
        OpportunityRevision.objects.filter(opportunity__in=[story.opportunity for story in stories])
        .order_by()
        .values_list("opportunity")
        .annotate(Max("number"))
    )
    decided = set(
        Disclosure.objects.filter(opportunity__in=processes).values_list("opportunity_id", flat=True)
    )
    rulings = rulings_of(rows)
    for story in stories:
        story.recall(
            contents,
            rulings,
            last_revision=last_revisions.get(story.opportunity.pk, 0),
            is_disclosure_decided=any(row.pk in decided for row in story.processes),
        )


def write_stories(stories: Collection[Story], *, seen_at: datetime | None = None) -> None:
    """Write what the stories came to. ``seen_at`` is when a document said again what was known."""
    Notice.objects.bulk_create([notice for story in stories for notice in story.new_notices])
    seen_again = [notice.pk for story in stories for notice in story.seen_again]
    if seen_again and seen_at is not None:
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
    news = [story.opportunity for story in stories if story.has_news]
    Opportunity.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=WRITTEN,
    )
    write_search_entries([opportunity.pk for opportunity in news])
    OpportunityRevision.objects.bulk_create([r for story in stories for r in story.revisions])
