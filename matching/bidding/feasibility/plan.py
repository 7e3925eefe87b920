"""From the last moment for bids back to today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matching.bidding.feasibility.records import Country, Outlook, Plan, PlannedStep, State, Step
from matching.bidding.feasibility.steps import AGREE_DAYS, DECIDE, After, Needs, steps_for
from matching.bidding.feasibility.working_days import days_back, holidays_between

_TIGHT_WITHIN = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Dates:
    """A tender's own days, in India; None where it doesn't state one."""

    deadline: date | None
    enquiry: date | None = None
    prebid: date | None = None
    state: str = ""  # whose holidays count


def plan_bid(dates: Dates, needs: Needs, *, today: date) -> Plan:
    """Each step with the last day on which it can begin, and what that makes of the bid as a whole."""
    if dates.deadline is None:
        return Plan(Outlook.UNKNOWN)
    ends: dict[str, date | None] = {
        After.DEADLINE: dates.deadline,
        After.ENQUIRY: dates.enquiry,
        After.PREBID: dates.prebid,
    }
    planned: list[PlannedStep] = []
    for step, after in steps_for(needs):
        done_by = ends[after]
        if done_by is None:
            continue
        if after in (After.HAND_IN, After.ENROL, After.SIGNATURE):
            done_by -= timedelta(days=1)
        planned.append(_planned(step, done_by, dates.state, today=today))
        ends[step.name] = planned[-1].begin_by
    first = min(entry.begin_by for entry in planned if entry.step.is_essential)
    planned.append(_planned(DECIDE, first - timedelta(days=1), dates.state, today=today))
    in_order = tuple(sorted(planned, key=lambda entry: (entry.begin_by, entry.done_by)))
    return Plan(_outlook(in_order, dates.deadline, needs, today=today), in_order)


def _planned(step: Step, done_by: date, state: str, *, today: date) -> PlannedStep:
    begin_by = days_back(done_by, step.working_days, step.country, state)
    lost = holidays_between(max(begin_by, today), done_by, step.country, state)
    return PlannedStep(step, begin_by, done_by, _state(begin_by, today), tuple(lost), state)


def _state(begin_by: date, today: date) -> State:
    if begin_by < today:
        return State.LATE
    return State.TIGHT if begin_by - today <= _TIGHT_WITHIN else State.TIME


def _outlook(steps: tuple[PlannedStep, ...], deadline: date, needs: Needs, *, today: date) -> Outlook:
    late = [entry.step for entry in steps if entry.state is State.LATE and entry.step.is_essential]
    if not late:
        return Outlook.FEASIBLE
    papers_by = days_back(deadline, AGREE_DAYS, Country.SWEDEN)
    if all(step.is_spared_by_partner for step in late) and papers_by >= today:
        return Outlook.WITH_PARTNER
    return Outlook.TOO_LATE
