from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from opportunities.parsed_notice import Moment
from portal.lib.clocks import INDIA


class EventKind(StrEnum):
    """What happens on a date, by the name of the fact that states it; in the order of a process."""

    QUESTIONS = "enquiry_deadline"
    PREBID = "prebid_at"
    # Papers that must lie at the buyer's. Notices ask for them and rarely give them a day of their own.
    PAPERS = "papers"
    CLOSING = "submission_deadline"
    OPENING = "opening_at"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One date of one opportunity, as it stands.

    ``sequence`` rises with each revision that changed anything the event tells, ``changed_at`` is when that
    revision was recorded: neither comes from the clock. Called off means that the tender is, or that
    its notices took the date back; the moment is then the last one known.
    """

    opportunity_id: int
    kind: EventKind
    moment: Moment
    title: str
    buyer_name: str
    city: str
    place: str  # of a meeting, as written
    process_id: str
    is_called_off: bool
    sequence: int
    changed_at: datetime

    @property
    def day(self) -> date:
        """In India, as the notice counts."""
        return self.moment.at.astimezone(INDIA).date()
