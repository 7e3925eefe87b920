"""What changes of an opportunity mean for a company that thinks of bidding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from opportunities.compile import REQUIREMENTS, Change
from opportunities.parsed_notice import EARLY_STAGES, Moment, Stage
from portal.lib.money import Money


class Effect(StrEnum):
    CALLED_OFF = "called_off"
    TENDERED_AGAIN = "tendered_again"
    AWARDED = "awarded"
    NOW_TENDERED = "now_tendered"
    BIDS_CLOSED = "bids_closed"
    DEADLINE_SET = "deadline_set"
    DEADLINE_GONE = "deadline_gone"
    DAYS_GAINED = "days_gained"
    DAYS_LOST = "days_lost"
    QUESTIONS_GAINED = "questions_gained"
    QUESTIONS_LOST = "questions_lost"
    QUESTIONS_CLOSED = "questions_closed"
    MEETING_MOVED = "meeting_moved"
    INTO_BAND = "into_band"
    OUT_OF_BAND = "out_of_band"
    STILL_IN_BAND = "still_in_band"
    STILL_OUT_OF_BAND = "still_out_of_band"
    MORE_SECURITY = "more_security"
    LESS_SECURITY = "less_security"
    PARTNERS_ALLOWED = "partners_allowed"
    PARTNERS_BARRED = "partners_barred"
    EXPECTED_LATER = "expected_later"
    EXPECTED_SOONER = "expected_sooner"
    ASKS_OTHERWISE = "asks_otherwise"


_WELCOME = frozenset(
    {
        Effect.NOW_TENDERED,
        Effect.DAYS_GAINED,
        Effect.QUESTIONS_GAINED,
        Effect.INTO_BAND,
        Effect.LESS_SECURITY,
        Effect.PARTNERS_ALLOWED,
        Effect.EXPECTED_SOONER,
    }
)
_UNWELCOME = frozenset(
    {
        Effect.CALLED_OFF,
        Effect.AWARDED,
        Effect.BIDS_CLOSED,
        Effect.DEADLINE_GONE,
        Effect.DAYS_LOST,
        Effect.QUESTIONS_LOST,
        Effect.QUESTIONS_CLOSED,
        Effect.OUT_OF_BAND,
        Effect.MORE_SECURITY,
        Effect.PARTNERS_BARRED,
        Effect.EXPECTED_LATER,
    }
)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One effect, with the figures that its wording needs."""

    effect: Effect
    days: int = 0
    amount: Money | None = None
    moment: Moment | None = None

    @property
    def tone(self) -> str:
        """ "good", "bad" or "": whether it helps whoever would bid."""
        return "good" if self.effect in _WELCOME else "bad" if self.effect in _UNWELCOME else ""


@dataclass(frozen=True, slots=True)
class ValueBand:
    """The contract values that suit a company, in rupees; None: no limit on that side."""

    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_stated(self) -> bool:
        return self.low is not None or self.high is not None

    def holds(self, value: Money) -> bool:
        is_enough = self.low is None or value.amount >= self.low
        return is_enough and (self.high is None or value.amount <= self.high)


def consequences(changes: Iterable[Change], band: ValueBand, *, now: datetime) -> tuple[Consequence, ...]:
    """What the changes come to, what ends a process first. Changes that mean nothing to a bid say nothing."""
    net = {change.field: change for change in changes}
    readings = (
        ("stage", _of_stage),
        ("submission_deadline", lambda change: _of_deadline(change, now=now)),
        ("enquiry_deadline", lambda change: _of_questions(change, now=now)),
        ("prebid_at", _of_meeting),
        ("value", lambda change: _of_value(change, band)),
        ("bid_security", _of_security),
        ("is_joint_venture_allowed", _of_partners),
        ("tender_expected_from", _of_expectation),
        (REQUIREMENTS, lambda change: Consequence(Effect.ASKS_OTHERWISE)),
    )
    found = (read(net[name]) for name, read in readings if name in net)
    return tuple(consequence for consequence in found if consequence)


def _of_stage(change: Change) -> Consequence | None:
    ends = {
        Stage.CANCELLED: Effect.CALLED_OFF,
        Stage.RETENDERED: Effect.TENDERED_AGAIN,
        Stage.AWARDED: Effect.AWARDED,
        Stage.TECHNICAL_EVALUATION: Effect.BIDS_CLOSED,
        Stage.FINANCIAL_EVALUATION: Effect.BIDS_CLOSED,
    }
    if change.after in ends:
        return Consequence(ends[change.after])
    is_new = change.before in EARLY_STAGES and change.after not in EARLY_STAGES
    return Consequence(Effect.NOW_TENDERED) if is_new else None


def _of_deadline(change: Change, *, now: datetime) -> Consequence:
    if change.after is None:
        return Consequence(Effect.DEADLINE_GONE)
    if change.after.at <= now:
        return Consequence(Effect.BIDS_CLOSED, moment=change.after)
    if change.before is None:
        return Consequence(Effect.DEADLINE_SET, moment=change.after)
    return _moved(change, Effect.DAYS_GAINED, Effect.DAYS_LOST)


def _of_questions(change: Change, *, now: datetime) -> Consequence | None:
    if change.after is None:
        return None
    if change.after.at <= now:
        return Consequence(Effect.QUESTIONS_CLOSED, moment=change.after)
    if change.before is None:
        return Consequence(Effect.QUESTIONS_GAINED, moment=change.after)
    return _moved(change, Effect.QUESTIONS_GAINED, Effect.QUESTIONS_LOST)


def _moved(change: Change, later: Effect, sooner: Effect) -> Consequence:
    moved: timedelta = change.after.at - change.before.at
    effect = later if moved > timedelta(0) else sooner
    return Consequence(effect, days=round(abs(moved) / timedelta(days=1)), moment=change.after)


def _of_meeting(change: Change) -> Consequence | None:
    return Consequence(Effect.MEETING_MOVED, moment=change.after) if change.after else None


def _of_value(change: Change, band: ValueBand) -> Consequence | None:
    """In or out of the band; in another currency than its rupees nothing is said."""
    after, before = change.after, change.before
    if not band.is_stated or after is None or after.currency != "INR":
        return None
    fits = band.holds(after)
    if before is not None and before.currency == "INR" and band.holds(before) == fits:
        return Consequence(Effect.STILL_IN_BAND if fits else Effect.STILL_OUT_OF_BAND, amount=after)
    return Consequence(Effect.INTO_BAND if fits else Effect.OUT_OF_BAND, amount=after)


def _of_security(change: Change) -> Consequence | None:
    before, after = change.before, change.after
    if before is None or after is None or before.currency != after.currency:
        return None
    difference = after.amount - before.amount
    effect = Effect.MORE_SECURITY if difference > 0 else Effect.LESS_SECURITY
    return Consequence(effect, amount=Money(abs(difference), after.currency))


def _of_partners(change: Change) -> Consequence | None:
    if change.after is None:
        return None
    return Consequence(Effect.PARTNERS_ALLOWED if change.after else Effect.PARTNERS_BARRED)


def _of_expectation(change: Change) -> Consequence | None:
    if change.before is None or change.after is None:
        return None
    days = (change.after - change.before).days
    return Consequence(Effect.EXPECTED_LATER if days > 0 else Effect.EXPECTED_SOONER, days=abs(days))
