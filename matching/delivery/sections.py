"""Where an opportunity stands in a digest, if anywhere. Told everything, asks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.models import DeliveredOpportunity
from opportunities.compile import Change, net_changes
from opportunities.parsed_notice import EARLY_STAGES, Stage

Section = DeliveredOpportunity.Section

CLOSING_WITHIN = timedelta(days=7)
# Who reads once a week still has a week when it is told.
CLOSING_WITHIN_WEEKLY = 2 * CLOSING_WITHIN
# Found so long after it was published, a notice is no news: it waits in a section of its own.
CAUGHT_UP_AFTER = timedelta(days=14)

# Facts whose change alters what a bidder has to do, in the order a reader wants them.
FIELDS_THAT_MATTER = (
    "stage",
    "submission_deadline",
    "enquiry_deadline",
    "prebid_at",
    "tender_expected_from",
    "tender_expected_until",
    "value",
    "bid_security",
    "is_joint_venture_allowed",
)
# Dates to act on are news also when they are stated for the first time. Anything else that is filled in,
# as when the page behind a listing has been read, is not.
NEWS_WHEN_FIRST_STATED = frozenset(
    {"submission_deadline", "enquiry_deadline", "prebid_at", "tender_expected_from", "tender_expected_until"}
)
CALLED_OFF = (Stage.CANCELLED, Stage.RETENDERED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an opportunity stands now, and what its reader has been told of it."""

    stage: str
    is_open: bool
    published_at: datetime | None
    recorded_at: datetime
    submission_deadline: datetime | None
    was_told: bool = False
    was_told_closing: bool = False  # and its deadline hasn't moved since
    has_news: bool = False  # a change that matters since it was told last
    closing_within: timedelta = CLOSING_WITHIN  # what counts as soon


def changes_that_matter(revisions: Iterable[tuple[Change, ...]]) -> tuple[Change, ...]:
    """What revisions in order add up to, in the order a reader wants it."""
    net = {change.field: change for change in net_changes(revisions)}
    return tuple(net[name] for name in FIELDS_THAT_MATTER if name in net and _matters(net[name]))


def _matters(change: Change) -> bool:
    return change.before is not None or change.field in NEWS_WHEN_FIRST_STATED


def section_of(standing: Standing, *, now: datetime) -> DeliveredOpportunity.Section | None:
    """The section it is told in at ``now``, or None when there is nothing to tell."""
    if not standing.was_told:
        return _first_section(standing)
    if standing.has_news and (standing.is_open or standing.stage in CALLED_OFF):
        return Section.CHANGED
    if standing.is_open and not standing.was_told_closing and _closes_soon(standing, now):
        return Section.CLOSING
    return None


def _closes_soon(standing: Standing, now: datetime) -> bool:
    deadline = standing.submission_deadline
    return deadline is not None and now < deadline <= now + standing.closing_within


def closing_within(weekday: int | None) -> timedelta:
    """How long before a deadline it is told as closing, to who is written to weekly or, for None, daily."""
    return CLOSING_WITHIN if weekday is None else CLOSING_WITHIN_WEEKLY


def _first_section(standing: Standing) -> DeliveredOpportunity.Section | None:
    if not standing.is_open:
        return None
    if standing.published_at and standing.recorded_at - standing.published_at > CAUGHT_UP_AFTER:
        return Section.CAUGHT_UP
    return Section.EARLY if standing.stage in EARLY_STAGES else Section.NEW
