"""What a company's verdicts say of its limits: proposed, never applied, and no matter of relevance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from enum import StrEnum


class About(StrEnum):
    """What a verdict says that touches a limit."""

    RELEVANT = "relevant"
    TOO_BIG = "too_big"
    TOO_SMALL = "too_small"
    WRONG_PLACE = "wrong_place"


class Change(StrEnum):
    LOWER_UPPER = "lower_upper"
    RAISE_UPPER = "raise_upper"
    RAISE_LOWER = "raise_lower"
    LOWER_LOWER = "lower_lower"
    DROP_STATE = "drop_state"
    ADD_STATE = "add_state"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a profile says of value (rupees; None: no limit) and place (none: anywhere)."""

    value_from: Decimal | None
    value_to: Decimal | None
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict and what its tender states."""

    about: About
    value: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change to the limits, and from how many verdicts it follows."""

    change: Change
    verdicts: int
    amount: Decimal | None = None  # the new limit, in rupees
    state: str = ""

    @property
    def key(self) -> str:
        """Names it among a profile's suggestions."""
        return f"{self.change}:{self.state}" if self.amount is None else f"{self.change}:{self.amount:f}"


def suggest(limits: Limits, said: Sequence[Said]) -> tuple[Suggestion, ...]:
    """The changes that would have kept away what was dismissed, and let in what was called relevant.

    Where verdicts contradict each other nothing is proposed: a limit can't serve both.
    """
    found = (_upper(limits, said), _lower(limits, said), *_states(limits, said))
    return tuple(suggestion for suggestion in found if suggestion is not None)


def _upper(limits: Limits, said: Sequence[Said]) -> Suggestion | None:
    too_big, relevant = _values(said, About.TOO_BIG), _values(said, About.RELEVANT)
    if too_big and not any(value >= min(too_big) for value in relevant):
        amount = _round(min(too_big), ROUND_DOWN)
        is_new = limits.value_to is None or limits.value_to > amount
        if is_new and amount > (limits.value_from or 0):
            return Suggestion(Change.LOWER_UPPER, len(too_big), amount)
    missed = [value for value in relevant if limits.value_to is not None and value > limits.value_to]
    if missed and not too_big:
        return Suggestion(Change.RAISE_UPPER, len(missed), _round(max(missed), ROUND_UP))
    return None


def _lower(limits: Limits, said: Sequence[Said]) -> Suggestion | None:
    too_small, relevant = _values(said, About.TOO_SMALL), _values(said, About.RELEVANT)
    if too_small and not any(value <= max(too_small) for value in relevant):
        amount = _round(max(too_small), ROUND_UP)
        is_new = limits.value_from is None or limits.value_from < amount
        if is_new and (limits.value_to is None or amount < limits.value_to):
            return Suggestion(Change.RAISE_LOWER, len(too_small), amount)
    missed = [value for value in relevant if limits.value_from is not None and value < limits.value_from]
    if missed and not too_small:
        return Suggestion(Change.LOWER_LOWER, len(missed), _round(min(missed), ROUND_DOWN))
    return None


def _states(limits: Limits, said: Sequence[Said]) -> list[Suggestion]:
    """Only for a profile that prefers some states. The last one isn't dropped: none would mean anywhere."""
    wrong, right = _places(said, About.WRONG_PLACE), _places(said, About.RELEVANT)
    dropped = [state for state in limits.states if state in wrong and state not in right]
    added = sorted({state for state in right if state not in limits.states and state not in wrong})
    return [
        Suggestion(Change.DROP_STATE, wrong.count(state), state=state)
        for state in dropped
        if len(dropped) < len(limits.states)
    ] + [Suggestion(Change.ADD_STATE, right.count(state), state=state) for state in added if limits.states]


def _values(said: Sequence[Said], about: About) -> list[Decimal]:
    return [each.value for each in said if each.about is about and each.value]


def _places(said: Sequence[Said], about: About) -> list[str]:
    return [each.state for each in said if each.about is about and each.state]


def _round(amount: Decimal, direction: str) -> Decimal:
    """To two significant digits, past the amount itself: what is that large shall lie outside."""
    step = Decimal(10) ** (amount.adjusted() - 1)
    rounded = (amount / step).to_integral_value(direction) * step
    if rounded != amount:
        return rounded
    return rounded - step if direction == ROUND_DOWN else rounded + step
