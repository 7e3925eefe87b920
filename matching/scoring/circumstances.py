"""Value and place: they don't make a tender fit, but they move the chance of one that does."""

from __future__ import annotations

from dataclasses import dataclass

from matching.scoring.prepare import PreparedOffered, PreparedWanted
from matching.scoring.records import Verdict

# In log-odds. At a chance of a half a fitting value adds six points and one that doesn't fit takes nine.
_VALUE_FITS, _VALUE_MISSES = 0.25, -0.37
_PLACE_FITS = 0.16
# What the shifts above are worth at most, where the chance is a half.
MOST_VALUE_BAND = 7
MOST_PLACE = 5


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a rule says, by how much it shifts the chance (log-odds), and the facts it rests on."""

    rule: str
    verdict: Verdict
    shift: float
    most: int
    details: tuple[tuple[str, str], ...] = ()


def circumstances(wanted: PreparedWanted, offered: PreparedOffered) -> list[Circumstance]:
    """Those that a profile has a wish about."""
    return [found for found in (_value_band(wanted, offered), _place(wanted, offered)) if found]


def _value_band(wanted: PreparedWanted, offered: PreparedOffered) -> Circumstance | None:
    low, high, value = wanted.wanted.value_from_inr, wanted.wanted.value_to_inr, offered.offered.value_inr
    if low is None and high is None:
        return None
    details = tuple(
        (name, f"INR {amount:f}")
        for name, amount in (("value", value), ("from", low), ("to", high))
        if amount is not None
    )
    if value is None:
        return Circumstance("value_band", Verdict.UNKNOWN, 0.0, MOST_VALUE_BAND, details)
    is_too_large = high is not None and value > high
    fits = not is_too_large and (low is None or value >= low)
    shift = _VALUE_FITS if fits else _VALUE_MISSES
    if is_too_large and wanted.wanted.is_joint_venture_willing:
        shift = 0.0  # a partner may carry the rest
    return Circumstance("value_band", Verdict.FITS if fits else Verdict.GAP, shift, MOST_VALUE_BAND, details)


def _place(wanted: PreparedWanted, offered: PreparedOffered) -> Circumstance | None:
    """Elsewhere costs nothing."""
    if not wanted.wanted.states:
        return None
    state = offered.offered.state
    if not state:
        return Circumstance("place", Verdict.UNKNOWN, 0.0, MOST_PLACE)
    fits = state in wanted.wanted.states
    return Circumstance(
        "place",
        Verdict.FITS if fits else Verdict.GAP,
        _PLACE_FITS if fits else 0.0,
        MOST_PLACE,
        (("state", state),),
    )
