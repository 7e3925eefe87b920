"""Which dates of an opportunity go into a calendar, and how often each has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from opportunities.calendar.records import CalendarEvent, EventKind
from opportunities.compile import Change
from opportunities.parsed_notice import Moment, Stage

CALLED_OFF = frozenset({Stage.CANCELLED, Stage.RETENDERED})
DATE_FIELDS = tuple(kind.value for kind in EventKind if kind is not EventKind.PAPERS)
# Facts that each event of an opportunity tells.
_ALWAYS_TOLD = frozenset({"title", "buyer_name", "city", "stage"})
_TOLD = {
    EventKind.QUESTIONS: {"enquiry_deadline"},
    EventKind.PREBID: {"prebid_at", "prebid_place"},
    EventKind.PAPERS: {"submission_deadline", "requirements"},
    EventKind.CLOSING: {"submission_deadline"},
    EventKind.OPENING: {"opening_at"},
}


class Dated(Protocol):
    """An opportunity, as far as a calendar is concerned."""

    pk: int
    title: str
    buyer_name: str
    city: str
    prebid_place: str
    process_id: str
    stage: str
    recorded_at: datetime

    def moment(self, name: str) -> Moment | None: ...


@dataclass(frozen=True, slots=True)
class Revised:
    """One revision: what it changed, and when it was recorded."""

    number: int
    recorded_at: datetime
    changes: tuple[Change, ...]


def events_of(
    opportunity: Dated, *, asks_for_papers: bool, revisions: Sequence[Revised] = ()
) -> tuple[CalendarEvent, ...]:
    """The events of one opportunity in the order of time, those called off among them.

    ``revisions`` are all of its revisions in order. Without them the events tell what stands and nothing of
    what was taken back, which is enough for a page.
    """
    events = _events(opportunity, asks_for_papers=asks_for_papers, revisions=revisions)
    return tuple(sorted(events, key=lambda event: (event.moment.at, _PLACE_IN_PROCESS[event.kind])))


_PLACE_IN_PROCESS = {kind: number for number, kind in enumerate(EventKind)}


def _events(
    opportunity: Dated, *, asks_for_papers: bool, revisions: Sequence[Revised]
) -> Iterator[CalendarEvent]:
    is_off = opportunity.stage in CALLED_OFF
    for kind in EventKind:
        moment = _stated(opportunity, kind, asks_for_papers=asks_for_papers)
        withdrawn = None if moment or kind is EventKind.PAPERS else _last_stated(kind, revisions)
        if moment is None and withdrawn is None:
            continue
        sequence, changed_at = _last_change(kind, revisions, otherwise=opportunity.recorded_at)
        yield CalendarEvent(
            opportunity_id=opportunity.pk,
            kind=kind,
            moment=moment or withdrawn,  # type: ignore[arg-type]  # one of the two is stated
            title=opportunity.title,
            buyer_name=opportunity.buyer_name,
            city=opportunity.city,
            place=opportunity.prebid_place if kind is EventKind.PREBID else "",
            process_id=opportunity.process_id,
            is_called_off=is_off or moment is None,
            sequence=sequence,
            changed_at=changed_at,
        )


def _stated(opportunity: Dated, kind: EventKind, *, asks_for_papers: bool) -> Moment | None:
    if kind is not EventKind.PAPERS:
        return opportunity.moment(kind)
    closing = opportunity.moment(EventKind.CLOSING) if asks_for_papers else None
    # The day on which bids close, but no hour: the counter that takes papers may close before the portal.
    return Moment(closing.at, has_time=False) if closing else None


def _last_stated(kind: EventKind, revisions: Iterable[Revised]) -> Moment | None:
    """What a date was before the notices took it back."""
    befores = [c.before for revised in revisions for c in revised.changes if c.field == kind and c.before]
    return befores[-1] if befores else None


def _last_change(
    kind: EventKind, revisions: Sequence[Revised], *, otherwise: datetime
) -> tuple[int, datetime]:
    told = _ALWAYS_TOLD | _TOLD[kind]
    telling = [revised for revised in revisions if any(change.field in told for change in revised.changes)]
    if not telling:
        return 0, otherwise
    return telling[-1].number, telling[-1].recorded_at
