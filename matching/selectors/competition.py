"""What companies asked each other in a period about bidding together, for an office that may know no more.

Numbers and warnings alone: no name, no tender, no price. A number stands where five companies or more asked
and five or more were asked, and none can be worked out from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matching.bidding.teams.records import Concern
from matching.models import PartnerRequest
from matching.selectors.report import cell_of
from opportunities.selectors import names_revealed
from portal.lib.small_cells import Cell, told, told_parts


class Answered(StrEnum):
    """What has become of a request."""

    AGREED = "agreed"
    DECLINED = "declined"
    WAITING = "waiting"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class PartnerCounts:
    """What was asked in a period. None: it may not be told."""

    asked: int | None
    answers: Mapping[Answered, int | None]
    concerns: Mapping[Concern, int | None]  # a request may carry several
    unconcerned: int | None  # asked without any
    revealed: int | None  # names, two for each pair that agreed and that the ledger has


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands, without whom it is about."""

    number: int
    asking: int  # companies
    asked: int
    answered: Answered
    concerns: frozenset[str] | None  # None: asked before they were kept
    is_in_ledger: bool


def partner_counts(found: Sequence[Asked]) -> PartnerCounts:
    """What may be told of these requests."""
    answers = _parts(found, [_has_answer(answered) for answered in Answered])
    by_answer = dict(zip(Answered, answers, strict=True))
    concerns = {concern: _apart(found, _carries(concern)) for concern in Concern}
    # What no warning leaves over would be told of a few by those without one.
    is_hidden = any(concerns[concern] is None and any(map(_carries(concern), found)) for concern in Concern)
    has_agreed = by_answer[Answered.AGREED] is not None
    agreed = [one for one in found if one.answered is Answered.AGREED]
    pairs = _apart(agreed, lambda one: one.is_in_ledger) if has_agreed else None
    return PartnerCounts(
        asked=_number(found),
        answers=by_answer,
        concerns=concerns,
        unconcerned=None if is_hidden else _apart(found, lambda one: one.concerns == frozenset()),
        revealed=None if pairs is None else 2 * pairs,
    )


def partner_requests(*, since: datetime, until: datetime) -> list[Asked]:
    """What was asked in a period, and not whatever was answered in it. Two queries."""
    lines = names_revealed(since=since)
    rows = PartnerRequest.objects.filter(asked_at__gte=since, asked_at__lt=until).values_list(
        "pk", "asking__company", "asked__company", "has_agreed", "answered_at", "withdrawn_at", "concerns"
    )
    return [
        Asked(
            number,
            asking,
            asked,
            _answered(has_agreed, withdrawn_at),
            None if concerns is None else frozenset(concerns),
            is_in_ledger={(asking, answered_at), (asked, answered_at)} <= lines,
        )
        for number, asking, asked, has_agreed, answered_at, withdrawn_at, concerns in rows
    ]


def _answered(has_agreed: bool | None, withdrawn_at: datetime | None) -> Answered:  # noqa: FBT001 - a column
    if has_agreed is not None:
        return Answered.AGREED if has_agreed else Answered.DECLINED
    return Answered.WAITING if withdrawn_at is None else Answered.TAKEN_BACK


def _has_answer(answered: Answered) -> Callable[[Asked], bool]:
    return lambda one: one.answered is answered


def _carries(concern: Concern) -> Callable[[Asked], bool]:
    return lambda one: one.concerns is not None and concern in one.concerns


def _number(requests: Iterable[Asked]) -> int | None:
    asking, asked = _sides(requests)
    return None if told(asked) is None else told(asking)


def _parts(requests: Sequence[Asked], kinds: Sequence[Callable[[Asked], bool]]) -> list[int | None]:
    """Of each kind, where the kinds make up the whole. What either side may not tell isn't told."""
    sides = [_sides(filter(kind, requests)) for kind in kinds]
    by_asking = told_parts([asking for asking, _ in sides])
    by_asked = told_parts([asked for _, asked in sides])
    return [None if other is None else one for one, other in zip(by_asking, by_asked, strict=True)]


def _apart(requests: Sequence[Asked], is_meant: Callable[[Asked], bool]) -> int | None:
    """How many are meant, where neither they nor the others are of a few."""
    return _parts(requests, [is_meant, lambda one: not is_meant(one)])[0]


def _sides(requests: Iterable[Asked]) -> tuple[Cell, Cell]:
    """The same requests by who asked, and by who was asked."""
    pairs = [(one.asking, one.asked) for one in requests]
    return cell_of(asking for asking, _ in pairs), cell_of(asked for _, asked in pairs)
