"""What each column of a table seems to hold, from its header and its values, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.columns.content import (
    Share,
    are_dates,
    date_order,
    fact_by_content,
    is_too_large,
    lacks_unit,
    readable,
    stated,
)
from ingest.reading.columns.header import (
    LABEL,
    column_keys,
    header_key,
    match_header,
    path_order,
    taken_apart,
)
from ingest.reading.columns.plan import (
    IDENTIFYING,
    Because,
    ColumnPlan,
    ColumnUse,
    DateOrder,
    Guess,
    Reason,
    Unit,
)
from ingest.reading.columns.readers import AMOUNTS, DATES, SHAPED
from ingest.reading.labels import TITLE_CELL
from opportunities.parsed_notice import CONFIDENT

# Where the values contradict the header, or leave open what is meant.
UNSURE = 0.4
_AGREES, _CONTRADICTS = 0.8, 0.5  # of the values
_BONUS = 0.05


def guess_columns(names: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[Guess, ...]:
    """A guess for each column. ``columns`` holds the first values of each, as many as are at hand.

    Of two columns that hold the same field the surer is read, the other only where the first says nothing.
    The order of the columns doesn't matter, but among those of one name.
    """
    guesses = [_guess(name, values) for name, values in zip(names, columns, strict=True)]
    return _settled(names, guesses)


def plan_of(names: tuple[str, ...], guesses: Sequence[Guess]) -> ColumnPlan:
    """The guesses that are sure enough to be read by."""
    return ColumnPlan(
        tuple(
            ColumnUse(key, nth, guess.field, guess.unit, guess.dates, guess.is_spare, guess.confidence)
            for (key, nth), guess in zip(column_keys(names), guesses, strict=True)
            if guess.field and guess.confidence >= CONFIDENT
        )
    )


def _guess(name: str, values: Sequence[str]) -> Guess:
    match = match_header(name)
    if match is not None and match.because is Because.PRIVATE:
        return Guess("", match.confidence, (Reason(Because.PRIVATE, match.words),))
    if match is None:
        return _by_content(values)
    guess = Guess(match.field, match.confidence, (Reason(match.because, match.words),))
    if match.field in AMOUNTS:
        return _amount(guess, name, values)
    if match.field in DATES:
        return _date(guess, values)
    return _weighed(guess, readable(match.field, values))


def _by_content(values: Sequence[str]) -> Guess:
    if not stated(values):
        return Guess("", 1.0, (Reason(Because.EMPTY),))
    if not are_dates(values) and (found := fact_by_content(values)):
        field, confidence, share = found
        return Guess(field, confidence, (Reason(Because.CONTENT, field, share.count, share.total),))
    return Guess("", 0.0, (Reason(Because.UNKNOWN),))


def _amount(guess: Guess, name: str, values: Sequence[str]) -> Guess:
    unit = taken_apart(name).unit
    guess = _weighed(guess, readable(guess.field, values))
    if unit is not Unit.ONE:
        guess = replace(guess, unit=unit, reasons=(*guess.reasons, Reason(Because.UNIT, unit)))
        return _doubted(guess, Because.UNIT_TOO_LARGE) if is_too_large(values, unit) else guess
    is_on_portals = guess.reasons[0].because is Because.LABEL
    if guess.field == "value" and not is_on_portals and not taken_apart(name).currency and lacks_unit(values):
        return _doubted(guess, Because.UNIT_UNKNOWN)
    return guess


def _date(guess: Guess, values: Sequence[str]) -> Guess:
    order, is_clear = date_order(values)
    if order is not DateOrder.DAY_FIRST:
        because = Because.SERIAL if order is DateOrder.SERIAL else Because.MONTH_FIRST
        guess = replace(guess, dates=order, reasons=(*guess.reasons, Reason(because)))
        if guess.confidence == LABEL:  # no portal writes them so: to be looked at
            guess = replace(guess, confidence=LABEL - _BONUS)
    guess = _weighed(guess, readable(guess.field, values, order))
    return guess if is_clear or guess.confidence == LABEL else _doubted(guess, Because.ORDER_UNCLEAR)


def _weighed(guess: Guess, share: Share) -> Guess:
    """A header's word beside what its values say. What portals name so is believed in any case."""
    if not share.total or guess.confidence == LABEL or guess.field not in SHAPED:
        return guess
    if share.part < _CONTRADICTS:
        reason = Reason(Because.CONTRADICTS, guess.field, share.total - share.count, share.total)
        return replace(guess, confidence=UNSURE, reasons=(*guess.reasons, reason))
    if share.part >= _AGREES:
        reason = Reason(Because.AGREES, guess.field, share.count, share.total)
        return replace(guess, confidence=guess.confidence + _BONUS, reasons=(*guess.reasons, reason))
    return guess


def _doubted(guess: Guess, because: Because) -> Guess:
    return replace(guess, confidence=min(guess.confidence, UNSURE), reasons=(*guess.reasons, Reason(because)))


def _settled(names: Sequence[str], guesses: list[Guess]) -> tuple[Guess, ...]:
    """One column for each field: the surest. Others that are named for it are spare; mere looks give way."""
    first: dict[str, int] = {}

    def order(at: int) -> tuple[float, int, str, int]:
        return -guesses[at].confidence, path_order(names[at]), header_key(names[at]), at

    for at in sorted(range(len(guesses)), key=order):
        guess = guesses[at]
        if not guess.field:
            continue
        if guess.field not in first:
            if not _gives_way(guess, first):
                first[guess.field] = at
                continue
            guesses[at] = replace(guess, field="", confidence=0.0, reasons=(Reason(Because.UNKNOWN),))
            continue
        reason = Reason(Because.REPEATS, column_letter(first[guess.field]))
        reasons = (*guess.reasons, reason)
        if guess.confidence >= CONFIDENT:
            guesses[at] = replace(guess, reasons=reasons, is_spare=True)
        else:
            guesses[at] = replace(guess, field="", reasons=reasons)
    return tuple(guesses)


def _gives_way(guess: Guess, first: dict[str, int]) -> bool:
    """Whether a guess by looks alone says what other columns say by name: a cell that holds everything."""
    by_looks = guess.reasons[0].because is Because.CONTENT
    taken = first.keys()
    return by_looks and (
        (guess.field == "title" and TITLE_CELL in taken)
        or (guess.field in IDENTIFYING and bool(taken & (IDENTIFYING | {TITLE_CELL})))
    )


def column_letter(position: int) -> str:
    """How a spreadsheet names its columns, from 0: A, B, … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
