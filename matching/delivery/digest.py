"""What a digest says, before it is worded: frozen records that the templates draw."""

from __future__ import annotations

from dataclasses import dataclass

from matching.bidding.consequences import Consequence
from matching.delivery.due import DueOpportunity
from matching.delivery.left_over import LeftOver
from matching.delivery.tendered import TenderedLine
from matching.models import DeliveredOpportunity
from matching.scoring.records import Part
from opportunities.compile import Change
from opportunities.parsed_notice import EARLY_STAGES, Moment
from portal.lib.money import Money


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One opportunity as it stands now, and why it is told."""

    due: DueOpportunity
    title: str
    stage: str
    city: str
    state: str
    buyer_name: str
    deadline: Moment | None
    value: Money | None
    reasons: tuple[Part, ...]
    because: str  # what asked, where that isn't plain: of several
    meaning: tuple[Consequence, ...]  # of what changed, as the opportunity's page tells it
    url: str
    mute_url: str

    @property
    def score(self) -> int | None:
        return self.due.score

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.due.changes

    @property
    def names_deadline(self) -> bool:
        """Whether it is said by when to bid, or that nobody said so. Before there is a tender nobody can."""
        return self.deadline is not None or self.stage not in EARLY_STAGES


@dataclass(frozen=True, slots=True)
class DigestSection:
    section: DeliveredOpportunity.Section
    lines: tuple[DigestLine, ...]
    left: LeftOver | None = None  # where there is more than the mail holds


@dataclass(frozen=True, slots=True)
class Topic:
    """One subscription that a digest is about, and how to leave it."""

    name: str
    company_name: str
    is_weekly: bool
    settings_url: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class Digest:
    language: str
    topics: tuple[Topic, ...]
    sections: tuple[DigestSection, ...]
    tendered: tuple[TenderedLine, ...]  # projects that the reader's companies follow, whatever their fit
    is_full: bool  # there may be more, which the next one tells
    matches_url: str  # "" where all that is told is for everyone
    preferences_url: str
    view_url: str
    unsubscribe_url: str  # leaves all topics
    unsubscribe_mailto: str
    is_alert: bool = False
    is_for_any_day: bool = False  # weekends too, as its reader has asked

    @property
    def lines(self) -> tuple[DigestLine, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def at_a_glance(self) -> str:
        """What stands after the subject in a mailbox's list: what the subject doesn't name already."""
        named = [line.tender_title for line in self.tendered] + [line.title for line in self.lines]
        return " · ".join(" ".join(title.split())[:60] for title in named[1:4])

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.tendered)

    @property
    def names_amounts(self) -> bool:
        """So that it is worth saying what a crore is."""
        told: list[object] = [line.value for line in self.tendered]
        told += [line.value for line in self.lines]
        told += [
            side for line in self.lines for change in line.changes for side in (change.before, change.after)
        ]
        return any(isinstance(each, Money) for each in told)

    @property
    def is_weekly(self) -> bool:
        """For all that it is about."""
        return all(topic.is_weekly for topic in self.topics)
