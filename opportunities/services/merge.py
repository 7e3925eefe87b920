"""Two opportunities become one, and two again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.chain import Entry
from opportunities.errors import DisclosureDiffers
from opportunities.models import Disclosure, Merge, MergeProposal, Notice, Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.sameness.judge import Judgement, judge
from opportunities.sameness.record import known_from
from opportunities.seen_together import Meeting, Seen, seen_together
from opportunities.selectors import part_under
from opportunities.serialization import changes_to_json, compared_to_json
from opportunities.services.disclose import Decision, disclose_group, entry_on, show
from opportunities.services.groups import Group, lock_groups
from opportunities.services.ledger import write_entries
from opportunities.services.proposals import Answer, remember_answer
from opportunities.services.stories import open_stories, recall_stories, write_stories
from opportunities.services.story import Story, process_of
from opportunities.services.telling import ProcessKey
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class _Half:
    group: Group
    story: Story


@transaction.atomic
def merge_opportunities(
    one_id: int, other_id: int, *, now: datetime, by: User | None = None, may_disclose: bool = False
) -> Merge | None:
    """Read two opportunities as one from now on. Return None if they are one already.

    Which survives doesn't depend on the order given: the portal's own rather than a report of it. Notices
    stay with their processes, so it can be undone (``split_opportunity``). ``by`` is None for a rule.
    Where merging lets members see of one what they don't see of it yet (``seen_together``), that takes
    ``may_disclose`` and a person, else DisclosureDiffers is raised and nothing is changed.
    """
    groups = lock_groups(Q(pk__in=[one_id, other_id]))
    if len(groups) == 1:
        return None
    into, away = _halves(groups)
    told = _disclose_alike(into.group, away.group, by=by, may_disclose=may_disclose, now=now)
    merge = _join(into, away, _judged(into, away), by=by, now=now)
    write_entries(told)
    return merge


def _halves(groups: Sequence[Group]) -> tuple[_Half, _Half]:
    stories = open_stories(groups)
    recall_stories(set(stories.values()))
    by_pk = {group.root.pk: group for group in groups}
    first, second = sorted((group.root for group in groups), key=lambda row: row.survival_order)
    into, away = (_Half(by_pk[root.pk], stories[process_of(root)]) for root in (first, second))
    return into, away


def _judged(into: _Half, away: _Half) -> Judgement:
    return judge(known_from(into.story.told), known_from(away.story.told))


def _join(into: _Half, away: _Half, judgement: Judgement, *, by: User | None, now: datetime) -> Merge:
    before = away.story.facts
    revision = into.story.take_in(away.story, now=now)
    write_stories([into.story])
    Opportunity.objects.filter(pk__in=away.group.pks).update(merged_into=into.group.root)
    answer = Answer(MergeProposal.Decision.MERGED, by, now)
    remember_answer(into.group.pks, away.group.pks, answer, judgement)
    return Merge.objects.create(
        away=away.group.root,
        into=into.group.root,
        revision=revision,
        changes=changes_to_json(into.story.changes_from(before)),
        ground=judgement.ground,
        compared=compared_to_json(judgement.comparison.fields),
        merged_at=now,
        merged_by=by,
    )


def _seen(opportunity: Opportunity) -> Seen:
    return Seen(opportunity.disclosed_from, opportunity.audience)


def _disclose_alike(
    into: Group, away: Group, *, by: User | None, may_disclose: bool, now: datetime
) -> list[Entry]:
    """Let both be seen alike; return what the ledger has to tell of it."""
    together = seen_together(_seen(into.root), _seen(away.root), at=now)
    if together.meeting is Meeting.CLASHES:  # no person may decide in passing who learns what
        raise DisclosureDiffers
    if together.meeting is Meeting.SAME:
        return []
    decision = Decision(together.stands.since, together.stands.to)
    if together.learnt is None:
        return _show_from(into, decision, led_by="merge", now=now)
    if by is None or not may_disclose:
        raise DisclosureDiffers
    return [disclose_group((into, away)[together.learnt], decision, by=by, now=now)]


def _show_from(group: Group, decision: Decision, *, led_by: str, now: datetime) -> list[Entry]:
    """Not by a decision of its own, but following from one; return what the ledger has to tell of it."""
    if (decision.moment, decision.to) == (group.root.disclosed_from, group.root.audience):
        return []
    if decision.moment is None and group.root.disclosed_from is None:
        show(group.root, decision)
        return []
    entry = entry_on(group, decision, by=None, now=now, follows_from=led_by)
    show(group.root, decision)
    return [entry]


@transaction.atomic
def split_opportunity(merge_id: int, *, now: datetime, by: User | None = None) -> None:
    """Undo a merge: both stand as if they had never been one, with what has arrived since.

    What merging disclosed stays disclosed (``left_disclosed``): it was seen, and only a decision of its own
    hides it again.
    What is split by a person is remembered and not proposed again. Splitting again does nothing.
    """
    merge = Merge.objects.select_related("away", "into").get(pk=merge_id)
    (group,) = lock_groups(Q(pk=merge.away_id))
    under = part_under(merge.away_id, group.pks)
    if not Merge.objects.in_force().filter(pk=merge_id).update(undone_at=now, undone_by=by):
        return
    rows = {row.pk: row for row in group.all}
    leaving = Group(rows[merge.away_id], tuple(rows[pk] for pk in sorted(under - {merge.away_id})))
    staying = Group(group.root, tuple(row for row in group.others if row.pk not in leaving.pks))
    whole = open_stories([group])[process_of(group.root)]
    recall_stories([whole])
    whole.let_go(leaving.all, now=now)
    again = _story_since(leaving, merge.merged_at, now=now)
    told = _disclose_apart(staying, leaving, now=now)
    write_stories([whole, again])
    Opportunity.objects.filter(pk__in=[row.pk for row in leaving.others]).update(merged_into=leaving.root)
    Opportunity.objects.filter(pk=leaving.root.pk).update(merged_into=None)
    if by is not None:
        judgement = judge(known_from(whole.told), known_from(again.told))
        answer = Answer(MergeProposal.Decision.TWO, by, now)
        remember_answer(staying.pks, leaving.pks, answer, judgement)
    write_entries(told)


def _story_since(group: Group, moment: datetime, *, now: datetime) -> Story:
    """The group's own story, with one revision for all that it has been told since that moment."""
    earlier: list[Notice] = []
    later: list[Notice] = []
    for notice in Notice.objects.filter(opportunity__in=group.pks).defer("content").order_by("pk"):
        (earlier if notice.recorded_at <= moment else later).append(notice)
    story = Story(group.root, earlier, others=group.others)
    since = Story(group.root, later, others=group.others)
    recall_stories([story, since])
    story.take_in(since, now=now)
    return story


def _disclose_apart(*groups: Group, now: datetime) -> list[Entry]:
    """The office's last decision about each stands. Where there is none it follows from its own notices."""
    rows = [row for group in groups for row in group.all]
    decided = Disclosure.objects.filter(opportunity__in=rows).order_by("pk")
    last = {one.opportunity_id: Decision(one.disclosed_from, one.audience) for one in decided}
    told = Notice.objects.filter(opportunity__in=rows, superseded_at=None).exclude(kind=NoticeKind.PLANNING)
    tendered = set(told.values_list("opportunity_id", flat=True))
    entries: list[Entry] = []
    for group in groups:
        root = group.root
        if root.pk in last:
            decision = last[root.pk]
        elif not group.pks & tendered:
            decision = Decision(None)
        else:
            decision = Decision(root.disclosed_from or now, root.audience)
        entries += _show_from(group, decision, led_by="split", now=now)
    return entries


def repeat_merges(merges: Iterable[tuple[ProcessKey, ProcessKey]], *, now: datetime) -> None:
    """Merge anew what was merged before, each as the processes away and into: for a record that is rebuilt.

    What is disclosed plays no part in it: that is decided beside the record.
    """
    keys = Opportunity.objects.values_list("publisher", "process_id", "pk")
    known = {(publisher, process_id): pk for publisher, process_id, pk in keys}
    for away, into in merges:
        if away in known and into in known:
            groups = lock_groups(Q(pk__in=[known[away], known[into]]))
            if len(groups) == 2:
                halves = _halves(groups)
                _join(*halves, _judged(*halves), by=None, now=now)
