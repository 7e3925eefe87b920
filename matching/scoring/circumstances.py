"""Value, place and earlier work: they don't make a tender fit, but they move the chance of one that does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.scoring.prepare import PreparedOffered, PreparedWanted
from matching.scoring.records import Verdict

# In log-odds. At a chance of a half a fitting value adds six points and one that doesn't fit takes nine.
_VALUE_FITS, _VALUE_MISSES = 0.25, -0.37
_PLACE_FITS = 0.16
# Who has worked for a buyer comes back to it, and less surely to its city.
_KNOWN_BUYER, _KNOWN_CITY = 0.25, 0.16
# What the shifts above are worth at most, where the chance is a half.
MOST_VALUE_BAND = 7
MOST_PLACE = 5
MOST_EARLIER_WORK = 7
# Shorter names stand in too many other words' places.
_SHORTEST_NAME = 4
# What ends a buyer's name on a portal, where a reference leaves it out.
_LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:private|pvt|public|limited|ltd|corporation|company|inc)\b\.?)+\s*$", re.IGNORECASE
)


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
    rules = (_value_band, _place, _earlier_work)
    return [found for rule in rules if (found := rule(wanted, offered))]


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


def _earlier_work(wanted: PreparedWanted, offered: PreparedOffered) -> Circumstance | None:
    """A reference that names the buyer or its city. Elsewhere costs nothing."""
    said = " | ".join(wanted.wanted.references)
    if not said:
        return None
    tender = offered.offered
    # On portals the chain of offices stands in one, the one that buys last.
    buyers = [_LEGAL_FORM.sub("", name.strip()) for name in reversed(tender.buyer_name.split("||"))]
    named = [(name, _KNOWN_BUYER) for name in buyers] + [(tender.city.strip(), _KNOWN_CITY)]
    for name, shift in named:
        if len(name) >= _SHORTEST_NAME and _names(said, name):
            return Circumstance("earlier_work", Verdict.FITS, shift, MOST_EARLIER_WORK, (("known", name),))
    return None


def _names(text: str, name: str) -> bool:
    """Whether it stands there as a word of its own, in large letters or small ones."""
    within, sought = text.casefold(), name.casefold()
    start = within.find(sought)
    while start >= 0:
        around = within[max(0, start - 1) : start] + within[start + len(sought) : start + len(sought) + 1]
        if not any(letter.isalnum() for letter in around):
            return True
        start = within.find(sought, start + 1)
    return False
