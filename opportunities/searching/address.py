"""A search from an address and to one. Every search has one address, so that two can be compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from opportunities.parsed_notice import Stage
from opportunities.places import STATES
from opportunities.searching.definition import (
    WITHIN_DAYS,
    Answer,
    Facet,
    OpportunitySearch,
    Order,
    ValueBand,
    View,
)

Choice = TypeVar("Choice", bound=StrEnum)

MOST_LETTERS = 200  # of the words, and of any value
MOST_VALUES = 30  # of one facet

_WORDS, _CLOSED, _AS_WRITTEN, _ORDER, _VIEW = "q", "closed", "exactly", "sort", "view"
_YES = "yes"
_STATE_CODES = frozenset(state.code for state in STATES)
_KNOWN: Mapping[Facet, Collection[str]] = {
    Facet.STAGE: frozenset(Stage),
    Facet.STATE: _STATE_CODES,
    Facet.VALUE: frozenset(ValueBand),
    Facet.WITHIN: frozenset(WITHIN_DAYS),
    Facet.JOINT_VENTURE: frozenset(Answer),
    Facet.GLOBAL_TENDER: frozenset({Answer.YES, Answer.NO}),
}


class MistakeKind(StrEnum):
    UNKNOWN = "unknown"  # no such value
    TOO_LONG = "too_long"  # cut
    TOO_MANY = "too_many"  # the first are taken


@dataclass(frozen=True, slots=True)
class Mistake:
    """What of an address was not understood; the rest of it holds."""

    kind: MistakeKind
    name: str  # the address's own: "q", "state"
    given: str  # at most 40 letters of it


@dataclass(frozen=True, slots=True)
class ReadSearch:
    search: OpportunitySearch
    mistakes: tuple[Mistake, ...] = ()


def known_values(facet: Facet) -> tuple[str, ...]:
    """What may be chosen of a facet, in order; () where any text may. Of domains the caller knows."""
    return tuple(sorted(_KNOWN.get(facet, ())))


def search_from_text(query: str, *, domains: Collection[str]) -> ReadSearch:
    """Read what ``query_of`` wrote, or what stands after an address's question mark."""
    return search_from_query(parse_qs(query, keep_blank_values=False), domains=domains)


def search_from_query(query: Mapping[str, Sequence[str]], *, domains: Collection[str]) -> ReadSearch:
    """Read a search from names and their values; ``domains`` are the solution domains there are.

    Names that mean nothing to a search are left to whoever they are for. What can't be understood is told
    as a mistake and left out, and the rest holds.
    """
    reading = _Reading(query)
    search = OpportunitySearch(
        words=reading.words(),
        with_closed=reading.is_yes(_CLOSED),
        as_written=reading.is_yes(_AS_WRITTEN),
        order=reading.one_of(Order, _ORDER),
        view=reading.one_of(View, _VIEW),
    )
    for facet in Facet:
        known = domains if facet is Facet.DOMAIN else _KNOWN.get(facet)
        values = reading.values(facet, known=known)
        if values:
            search = search.having(facet, values[:1] if facet is Facet.WITHIN else values)
    return ReadSearch(search, tuple(reading.mistakes))


def query_of(search: OpportunitySearch) -> str:
    """The search as an address says it, always in the same order; "" for all that is open."""
    pairs: list[tuple[str, str]] = [(_WORDS, search.words)] if search.words else []
    for facet in Facet:
        pairs += [(facet.value, value) for value in sorted(search.chosen(facet))]
    if search.with_closed:
        pairs.append((_CLOSED, _YES))
    if search.as_written:
        pairs.append((_AS_WRITTEN, _YES))
    if search.order is not Order.BEST:
        pairs.append((_ORDER, search.order))
    if search.view is not View.LIST:
        pairs.append((_VIEW, search.view))
    return urlencode(pairs)


class _Reading:
    """Takes an address apart, and remembers what it could not take."""

    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        self._query = query
        self.mistakes: list[Mistake] = []

    def words(self) -> str:
        said = _cleaned(" ".join(self._query.get(_WORDS, ())[:3]))
        if len(said) > MOST_LETTERS:
            self._mistake(MistakeKind.TOO_LONG, _WORDS, said)
            whole, _, _ = said[: MOST_LETTERS + 1].rpartition(" ")
            said = whole or said[:MOST_LETTERS]
        return said

    def values(self, facet: Facet, *, known: Collection[str] | None) -> tuple[str, ...]:
        given = dict.fromkeys(filter(None, map(_cleaned, self._query.get(facet.value, ()))))
        understood = []
        for value in given:
            as_known = _in_known_letters(value, known)
            if as_known is None or len(value) > MOST_LETTERS:
                self._mistake(MistakeKind.UNKNOWN, facet.value, value)
            else:
                understood.append(as_known)
        if len(understood) > MOST_VALUES:
            self._mistake(MistakeKind.TOO_MANY, facet.value, str(len(understood)))
        return tuple(understood[:MOST_VALUES])

    def one_of(self, kind: type[Choice], name: str) -> Choice:
        choices = list(kind)
        given = _last(self._query.get(name, ()))
        found = next((choice for choice in choices if choice == given), None)
        if given and found is None:
            self._mistake(MistakeKind.UNKNOWN, name, given)
        return found or choices[0]

    def is_yes(self, name: str) -> bool:
        given = _last(self._query.get(name, ()))
        if given and given != _YES:
            self._mistake(MistakeKind.UNKNOWN, name, given)
        return given == _YES

    def _mistake(self, kind: MistakeKind, name: str, given: str) -> None:
        if len(self.mistakes) < 5:
            self.mistakes.append(Mistake(kind, name, given[:40]))


def _in_known_letters(value: str, known: Collection[str] | None) -> str | None:
    """The value as it is spelt where it is known; as given where any will do, None where it isn't known."""
    if known is None or value in known:
        return value
    return next((spelt for spelt in (value.upper(), value.lower()) if spelt in known), None)


def _last(values: Sequence[str]) -> str:
    return _cleaned(values[-1]) if values else ""


def _cleaned(text: str) -> str:
    """Without what PostgreSQL can't hold or a person can't see."""
    shown = text[:10_000].encode("utf-8", "ignore").decode("utf-8")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in shown).split())
