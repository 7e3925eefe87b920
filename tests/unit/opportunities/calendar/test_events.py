from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from opportunities.calendar.events import Revised, events_of
from opportunities.calendar.records import CalendarEvent, EventKind
from opportunities.compile import Change
from opportunities.parsed_notice import Moment, Stage

NOVEMBER = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
CLOSING = Moment(datetime(2026, 12, 4, 9, 30, tzinfo=UTC))
DAY = timedelta(days=1)


@dataclass
class Tender:
    pk: int = 7
    title: str = "Sensors"
    buyer_name: str = "Pune Smart City"
    city: str = "Pune"
    prebid_place: str = "Room 4"
    process_id: str = "2026_PSC_1"
    stage: str = Stage.TENDER
    recorded_at: datetime = NOVEMBER
    moments: dict[str, Moment] = field(default_factory=lambda: {"submission_deadline": CLOSING})

    def moment(self, name: str) -> Moment | None:
        return self.moments.get(name)


def revised(number: int, *names: str) -> Revised:
    changes = tuple(Change(name, None, "stated") for name in names)
    return Revised(number, NOVEMBER + number * DAY, changes)


def only(tender: Tender, *revisions: Revised) -> CalendarEvent:
    (event,) = events_of(tender, asks_for_papers=False, revisions=revisions)
    return event


def test_each_date_is_an_event_in_the_order_of_time() -> None:
    tender = Tender()
    tender.moments = {
        "opening_at": Moment(CLOSING.at + DAY),
        "submission_deadline": CLOSING,
        "enquiry_deadline": Moment(CLOSING.at - 9 * DAY),
        "prebid_at": Moment(CLOSING.at - 12 * DAY),
        "documents_until": Moment(CLOSING.at),
    }

    events = events_of(tender, asks_for_papers=False)

    assert [event.kind for event in events] == [
        EventKind.PREBID,
        EventKind.QUESTIONS,
        EventKind.CLOSING,
        EventKind.OPENING,
    ]
    assert [event.place for event in events] == ["Room 4", "", "", ""]


def test_a_tender_without_dates_has_no_events() -> None:
    assert events_of(Tender(moments={}), asks_for_papers=True) == ()


def test_papers_are_due_on_the_day_bids_close_and_at_no_stated_time() -> None:
    papers, closing = events_of(Tender(), asks_for_papers=True)

    assert (papers.kind, papers.moment) == (EventKind.PAPERS, replace(CLOSING, has_time=False))
    assert closing.kind == EventKind.CLOSING


@pytest.mark.parametrize("stage", [Stage.CANCELLED, Stage.RETENDERED])
def test_what_is_called_off_stays_and_says_so(stage: Stage) -> None:
    assert only(Tender(stage=stage)).is_called_off


def test_what_is_awarded_is_not_called_off() -> None:
    assert not only(Tender(stage=Stage.AWARDED)).is_called_off


def test_a_date_that_is_taken_back_stays_as_called_off() -> None:
    moved = Moment(CLOSING.at + 7 * DAY)
    told = Revised(1, NOVEMBER, (Change("submission_deadline", None, CLOSING),))
    extended = Revised(2, NOVEMBER + DAY, (Change("submission_deadline", CLOSING, moved),))
    taken_back = Revised(3, NOVEMBER + 2 * DAY, (Change("submission_deadline", moved, None),))

    event = only(Tender(moments={}), told, extended, taken_back)

    assert event.is_called_off
    assert (event.moment, event.sequence) == (moved, 3)


def test_a_date_that_was_never_stated_is_no_event() -> None:
    assert events_of(Tender(moments={}), asks_for_papers=False, revisions=[revised(1, "title")]) == ()


@pytest.mark.parametrize(
    ("names", "sequence"),
    [
        (["submission_deadline"], 2),
        (["title"], 2),
        (["stage"], 2),
        (["value", "description"], 1),
        (["opening_at"], 1),
        (["prebid_place"], 1),
    ],
)
def test_only_what_an_event_tells_raises_its_sequence(names: list[str], sequence: int) -> None:
    event = only(Tender(), revised(1, "title", "submission_deadline"), revised(2, *names))

    assert (event.sequence, event.changed_at) == (sequence, NOVEMBER + sequence * DAY)


def test_without_revisions_it_dates_from_when_it_was_recorded() -> None:
    event = only(Tender())

    assert (event.sequence, event.changed_at) == (0, NOVEMBER)


@pytest.mark.parametrize(
    ("at", "day"),
    [(datetime(2026, 12, 4, 18, 29, tzinfo=UTC), 4), (datetime(2026, 12, 4, 18, 30, tzinfo=UTC), 5)],
)
def test_the_day_is_indias(at: datetime, day: int) -> None:
    tender = Tender(moments={"submission_deadline": Moment(at)})

    assert only(tender).day.day == day
