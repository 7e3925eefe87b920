"""The ledger's chain: what an entry says, and the seal that binds it to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

# No fractions: what a database makes of them could break a seal.
Detail: TypeAlias = str | int | bool | Sequence["Detail"] | Mapping[str, "Detail"] | None

# Before the first entry there is nothing to be bound to.
BEGINNING = "0" * 64
# Part of what is sealed, so that another way of writing entries down can be told from this one.
FORM = "setu-ledger-1"


class LedgerKind(StrEnum):
    """What an entry tells. Never rename one: it is part of what is sealed."""

    DISCLOSED = "disclosed"
    CORRECTED = "corrected"  # another moment or another rule
    WITHDRAWN = "withdrawn"
    DESCRIBED = "described"  # a company's domains or county changed, by which rules find it
    PREVIEWED = "previewed"  # the office looked whom it would reach
    EXCEPTED = "excepted"  # somebody was told otherwise than by the rule
    NAMES_REVEALED = "names-revealed"  # two companies that both wished it know each other
    IMPERSONATED = "impersonated"  # the office looked at what a company sees
    ADMITTED = "admitted"  # a company became a member, whom rules find from then on
    REFUSED = "refused"  # a company that asked to be a member was kept out
    MAIL_HELD = "mail-held"  # one opportunity, or one day's digests, kept out of everybody's mail
    MAIL_LET_GO = "mail-let-go"
    LEFT = "left"  # a member went, and is found by no rule any more


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: who did what, about what, by which rule, and why.

    People, opportunities, projects and companies stand by number: names can be forgotten, the line can't.
    ``by`` is None where a rule or the clock did it. ``rule`` says to whom, ``visible_from`` since when they
    see it; both None where the entry is about something else, and ``visible_from`` where nobody sees it.
    """

    kind: str
    at: datetime
    by: int | None
    opportunity: int | None = None
    project: int | None = None
    company: int | None = None
    rule: Mapping[str, Detail] | None = None
    visible_from: datetime | None = None
    because: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it is kept: with its place, the seal of the one before, and its own."""

    number: int
    previous: str
    seal: str
    entry: Entry


def seal(entry: Entry, *, number: int, previous: str) -> str:
    """The entry's seal, 64 hexadecimal digits: another for any other word, place, or past."""
    said = [
        FORM,
        number,
        previous,
        entry.kind,
        _moment(entry.at),
        entry.by,
        entry.opportunity,
        entry.project,
        entry.company,
        entry.rule,
        _moment(entry.visible_from),
        entry.because,
        entry.details,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


class Flaw(StrEnum):
    """What is wrong with the first entry that isn't as it was written."""

    MISSING = "missing"  # entries before it are gone, or stand elsewhere
    UNBOUND = "unbound"  # it isn't bound to the entry before it
    ALTERED = "altered"  # it doesn't say what was sealed
    CUT = "cut"  # the head that was kept is not among the entries


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination of the chain came to. ``flaw`` is None where all is as it was written."""

    entries: int  # that were found in order
    head: str  # the seal of the last of these
    flaw: Flaw | None = None
    number: int | None = None  # of the first entry that is wrong; None for CUT


def examine(chain: Iterable[Sealed], *, head: str | None = None) -> Examination:
    """Go through the entries in the order of their numbers and stop at the first that is wrong.

    An edit, a deletion and another order are always found. That the last entries are gone can be seen only
    by a ``head`` that was kept elsewhere: it has to be among the seals.
    """
    count, last, has_head = 0, BEGINNING, head in (None, BEGINNING)
    for found in chain:
        flaw = _flaw(found, number=count + 1, previous=last)
        if flaw is not None:
            return Examination(count, last, flaw, found.number)
        count, last = found.number, found.seal
        has_head = has_head or last == head
    return Examination(count, last) if has_head else Examination(count, last, Flaw.CUT)


def _flaw(found: Sealed, *, number: int, previous: str) -> Flaw | None:
    if found.number != number:
        return Flaw.MISSING
    if found.previous != previous:
        return Flaw.UNBOUND
    if found.seal != seal(found.entry, number=found.number, previous=found.previous):
        return Flaw.ALTERED
    return None
