"""The dates of opportunities, read from rows. Ask only about what came through the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import Q

from opportunities.calendar.events import DATE_FIELDS, Revised, events_of
from opportunities.calendar.records import CalendarEvent
from opportunities.models import Opportunity, OpportunityQuerySet, OpportunityRevision, Requirement
from opportunities.parsed_notice import RequirementKind
from opportunities.serialization import changes_from_json
from portal.lib.clocks import INDIA


def dated_between(opportunities: OpportunityQuerySet, first: date, last: date) -> OpportunityQuerySet:
    """Those with a date from the first day to the last, both of them among it, as India counts days."""
    begin = datetime.combine(first, time.min, INDIA)
    end = datetime.combine(last, time.max, INDIA)
    found = Q()
    for name in DATE_FIELDS:
        found |= Q(**{f"{name}__range": (begin, end)})
    return opportunities.filter(found)


def dated_from(opportunities: OpportunityQuerySet, first: date) -> OpportunityQuerySet:
    """Those with a date on that day or later."""
    return dated_between(opportunities, first, date.max)


def events_standing(opportunities: Collection[Opportunity]) -> list[CalendarEvent]:
    """What stands in the calendar of these, for a page, in the order of time. One query."""
    papers = _asking_for_papers([opportunity.pk for opportunity in opportunities])
    return _in_order(
        event for each in opportunities for event in events_of(each, asks_for_papers=each.pk in papers)
    )


def events_with_history(opportunities: Collection[Opportunity]) -> list[CalendarEvent]:
    """The same with what was taken back, and how often each has changed. Two queries."""
    keys = [opportunity.pk for opportunity in opportunities]
    papers, revisions = _asking_for_papers(keys), _revisions(keys)
    return _in_order(
        event
        for each in opportunities
        for event in events_of(each, asks_for_papers=each.pk in papers, revisions=revisions[each.pk])
    )


def _in_order(events: Iterable[CalendarEvent]) -> list[CalendarEvent]:
    return sorted(events, key=lambda event: (event.moment.at, event.opportunity_id))


def _asking_for_papers(opportunity_ids: Collection[int]) -> set[int]:
    asking = Requirement.objects.filter(opportunity__in=opportunity_ids, kind=RequirementKind.HARD_COPY)
    return set(asking.values_list("opportunity", flat=True))


def _revisions(opportunity_ids: Collection[int]) -> defaultdict[int, list[Revised]]:
    found: defaultdict[int, list[Revised]] = defaultdict(list)
    rows = OpportunityRevision.objects.filter(opportunity__in=opportunity_ids).order_by("number")
    for pk, number, recorded_at, changes in rows.values_list(
        "opportunity_id", "number", "recorded_at", "changes"
    ):
        found[pk].append(Revised(number, recorded_at, changes_from_json(changes)))
    return found
