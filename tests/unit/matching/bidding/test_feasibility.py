from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bidding.feasibility.plan import Dates, plan_bid
from matching.bidding.feasibility.records import Country, Outlook, Plan, PlannedStep, State, StepName
from matching.bidding.feasibility.steps import Needs
from matching.bidding.feasibility.working_days import (
    days_back,
    holiday_name,
    holidays_between,
    is_working_day,
)
from opportunities.places.states import STATES

FOREIGN = Needs(signature=True, is_foreign=True, team=False, bid_security=True, hard_copy=False)
AT_HOME = Needs(signature=False, is_foreign=False, team=False, bid_security=False, hard_copy=False)
DEADLINE = date(2027, 2, 26)  # a Friday


def step(plan: Plan, name: StepName) -> PlannedStep:
    return next(planned for planned in plan.steps if planned.step.name is name)


@pytest.mark.parametrize(
    ("last", "days", "country", "state", "first"),
    [
        (date(2027, 2, 26), 1, Country.SWEDEN, "", date(2027, 2, 26)),
        (date(2027, 2, 26), 5, Country.SWEDEN, "", date(2027, 2, 22)),
        (date(2027, 2, 26), 6, Country.SWEDEN, "", date(2027, 2, 19)),
        (date(2027, 2, 28), 1, Country.SWEDEN, "", date(2027, 2, 26)),  # a Sunday
        (date(2026, 12, 28), 2, Country.SWEDEN, "", date(2026, 12, 23)),  # Christmas, its eve and week-end
        (date(2027, 1, 27), 2, Country.INDIA, "", date(2027, 1, 25)),  # Republic Day
        (date(2027, 2, 22), 2, Country.INDIA, "MH", date(2027, 2, 18)),  # Shivaji's birthday, and week-end
        (date(2027, 2, 22), 2, Country.INDIA, "KA", date(2027, 2, 19)),
    ],
)
def test_working_days_are_counted_back(
    last: date, days: int, country: Country, state: str, first: date
) -> None:
    assert days_back(last, days, country, state) == first


def test_eves_on_which_sweden_is_shut_count() -> None:
    assert not is_working_day(date(2026, 12, 24), Country.SWEDEN)
    assert not is_working_day(date(2026, 12, 31), Country.SWEDEN)
    assert not is_working_day(date(2027, 6, 25), Country.SWEDEN)
    assert holiday_name(date(2027, 6, 25), Country.SWEDEN, language="sv") == "Midsommarafton"
    assert holiday_name(date(2026, 12, 24), Country.SWEDEN, language="sv") == "Julafton"


@pytest.mark.parametrize("state", [state.code for state in STATES])
def test_every_state_has_its_holidays(state: str) -> None:
    assert holiday_name(date(2027, 1, 26), Country.INDIA, state)


def test_steps_lead_back_from_the_deadline_one_before_the_other() -> None:
    plan = plan_bid(Dates(DEADLINE, state="MH"), FOREIGN, today=date(2027, 1, 4))

    assert plan.outlook is Outlook.FEASIBLE
    hand_in, enrol = step(plan, StepName.HAND_IN), step(plan, StepName.ENROL)
    signature, papers = step(plan, StepName.SIGNATURE), step(plan, StepName.LEGALISE)
    assert (hand_in.begin_by, hand_in.done_by) == (date(2027, 2, 25), DEADLINE)
    assert enrol.done_by == hand_in.begin_by - timedelta(days=1)
    assert signature.done_by == enrol.begin_by - timedelta(days=1)
    assert papers.done_by == signature.begin_by - timedelta(days=1)
    # Shivaji's birthday falls into the two weeks that the certificate takes
    assert signature.begin_by == date(2027, 2, 9)
    assert signature.holidays == (date(2027, 2, 19),)
    assert plan.steps[0].step.name is StepName.DECIDE


def test_a_certificate_too_late_leaves_a_partner() -> None:
    plan = plan_bid(Dates(DEADLINE, state="MH"), FOREIGN, today=date(2027, 2, 10))

    assert plan.outlook is Outlook.WITH_PARTNER
    assert plan.first_late is not None
    assert plan.first_late.step.name is StepName.LEGALISE


def test_when_no_partner_can_sign_in_time_it_is_too_late() -> None:
    plan = plan_bid(Dates(DEADLINE, state="MH"), FOREIGN, today=date(2027, 2, 22))

    assert plan.outlook is Outlook.TOO_LATE


def test_whoever_can_sign_already_has_more_time() -> None:
    plan = plan_bid(Dates(DEADLINE, state="MH"), AT_HOME, today=date(2027, 2, 22))

    assert plan.outlook is Outlook.FEASIBLE
    assert {planned.step.name for planned in plan.steps} == {StepName.DECIDE, StepName.HAND_IN}


def test_questions_that_closed_do_not_stop_a_bid() -> None:
    dates = Dates(DEADLINE, enquiry=date(2027, 1, 29), prebid=date(2027, 2, 3))

    plan = plan_bid(dates, AT_HOME, today=date(2027, 2, 8))

    assert step(plan, StepName.ASK).state is State.LATE
    assert step(plan, StepName.ATTEND).state is State.LATE
    assert plan.first_late is None
    assert plan.outlook is Outlook.FEASIBLE


def test_a_step_that_must_begin_this_week_is_tight() -> None:
    plan = plan_bid(Dates(DEADLINE), AT_HOME, today=date(2027, 2, 22))

    assert step(plan, StepName.HAND_IN).state is State.TIGHT
    assert plan.next_step is not None


def test_without_a_deadline_nothing_is_claimed() -> None:
    assert plan_bid(Dates(None), FOREIGN, today=date(2027, 2, 22)).outlook is Outlook.UNKNOWN


def test_holidays_on_week_ends_cost_nothing() -> None:
    lost = holidays_between(date(2027, 8, 14), date(2027, 8, 16), Country.INDIA)

    assert list(lost) == []  # Independence Day is a Sunday that year


@given(
    st.builds(
        Needs,
        signature=st.booleans(),
        is_foreign=st.booleans(),
        team=st.booleans(),
        bid_security=st.booleans(),
        hard_copy=st.booleans(),
        is_online=st.booleans(),
    ),
    st.integers(0, 120),
)
def test_more_time_never_makes_it_worse(needs: Needs, days: int) -> None:
    order = [Outlook.TOO_LATE, Outlook.WITH_PARTNER, Outlook.FEASIBLE]
    today = DEADLINE - timedelta(days=days)

    later = plan_bid(Dates(DEADLINE, state="AS"), needs, today=today)
    sooner = plan_bid(Dates(DEADLINE, state="AS"), needs, today=today - timedelta(days=1))

    assert order.index(sooner.outlook) >= order.index(later.outlook)
    assert all(planned.begin_by <= planned.done_by for planned in later.steps)
