"""How far an opportunity has come, step by step. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from opportunities.parsed_notice import EARLY_STAGES, Moment, Stage

_PASSED = ("enquiry_deadline", "prebid_at", "submission_deadline", "opening_at")
_ENDS = (Stage.AWARDED, Stage.CANCELLED, Stage.RETENDERED)


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"  # the next thing that happens
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Without a moment it is known to be one, but not when."""

    name: str
    state: StepState
    moment: Moment | None = None
    expected: tuple[date | None, date | None] | None = None


class Dated(Protocol):
    stage: str
    published_at: datetime | None
    tender_expected_from: date | None
    tender_expected_until: date | None

    def moment(self, name: str) -> Moment | None: ...


def timeline(opportunity: Dated, *, known_early_at: datetime | None, now: datetime) -> list[Step]:
    """The steps behind and ahead, in order of time. Early stages have a tender still to come."""
    steps: list[Step] = []
    if known_early_at is not None:
        steps.append(Step("known", StepState.DONE, Moment(known_early_at, has_time=False)))
    if opportunity.stage in EARLY_STAGES:
        expected = (opportunity.tender_expected_from, opportunity.tender_expected_until)
        return [*steps, Step("expected", StepState.NOW, expected=expected)]
    if opportunity.published_at is not None:
        steps.append(Step("published", StepState.DONE, Moment(opportunity.published_at, has_time=False)))
    dated = [(name, moment) for name in _PASSED if (moment := opportunity.moment(name))]
    has_ended = opportunity.stage in _ENDS
    steps += _in_time(sorted(dated, key=lambda pair: pair[1].at), has_ended=has_ended, now=now)
    if has_ended:
        steps.append(Step(opportunity.stage, StepState.DONE))
    return steps


def _in_time(dated: Iterable[tuple[str, Moment]], *, has_ended: bool, now: datetime) -> Iterable[Step]:
    is_next = not has_ended
    for name, moment in dated:
        if moment.at <= now:
            yield Step(name, StepState.DONE, moment)
        elif is_next:
            is_next = False
            yield Step(name, StepState.NOW, moment)
        else:
            yield Step(name, StepState.AHEAD, moment)
