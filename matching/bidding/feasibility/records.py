"""Whether there is time enough to bid, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Country(StrEnum):
    """Whose working days a step takes."""

    SWEDEN = "SE"
    INDIA = "IN"


class StepName(StrEnum):
    DECIDE = "decide"  # read the documents, decide to bid
    ASK = "ask"  # hand in questions to the buyer
    ATTEND = "attend"  # the meeting before bids
    LEGALISE = "legalise"  # apostille and certified translations
    SIGNATURE = "signature"  # Class 3 certificate from an Indian authority
    ENROL = "enrol"  # on the portal; the certificate is tied to the log-in
    AGREE = "agree"  # joint venture papers
    SECURE = "secure"  # bank guarantee for the deposit
    COURIER = "courier"  # papers that must lie at the buyer's
    HAND_IN = "hand_in"  # upload; portals are slow on the last day


class State(StrEnum):
    TIME = "time"
    TIGHT = "tight"  # has to begin within a few days
    LATE = "late"


class Outlook(StrEnum):
    FEASIBLE = "feasible"
    WITH_PARTNER = "with_partner"  # only if someone in India takes the steps that are too late
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"  # no deadline is stated


@dataclass(frozen=True, slots=True)
class Step:
    """What has to be done, and how long it usually takes: rules of thumb, which a page must call so."""

    name: StepName
    country: Country
    working_days: int
    is_essential: bool = True  # False: a bid can be handed in without it
    is_spared_by_partner: bool = False  # an Indian lead would take it, or not need it


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the last days on which it can begin and end, as dates where it is taken.

    ``holidays`` are those between the two that cost a working day.
    """

    step: Step
    begin_by: date
    done_by: date
    state: State
    holidays: tuple[date, ...] = ()
    place: str = ""  # the Indian state whose holidays count


@dataclass(frozen=True, slots=True)
class Plan:
    outlook: Outlook
    steps: tuple[PlannedStep, ...] = ()  # in the order in which they have to begin

    @property
    def first_late(self) -> PlannedStep | None:
        """The first step that can't be in time any more and without which there is no bid."""
        late = (planned for planned in self.steps if planned.state is State.LATE)
        return next((planned for planned in late if planned.step.is_essential), None)

    @property
    def next_step(self) -> PlannedStep | None:
        return next((planned for planned in self.steps if planned.state is not State.LATE), None)
