"""Two records held side by side, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from opportunities.sameness.names import buyer_likeness, title_likeness
from opportunities.sameness.numbers import name_different_parts
from opportunities.sameness.record import Known

SAME_WORDS = 99.5
ALIKE_TITLE = 84.0
ALIKE_BUYER = 80.0
OTHER_BUYER = 55.0  # below it they are not two spellings of one name
NEAR_DEADLINE = timedelta(days=2)
NEAR_VALUE = Decimal("0.05")
OTHER_VALUE = Decimal("0.25")


class Relation(StrEnum):
    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    UNSTATED = "unstated"  # by one of them at least


@dataclass(frozen=True, slots=True)
class Compared:
    """How one field of the two stands. ``likeness`` is 0 to 100 where it is a matter of degree."""

    field: str
    relation: Relation
    likeness: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: tuple[Compared, ...]
    has_same_id: bool
    has_same_address: bool
    names_same_host: bool
    names_other_parts: bool

    def __getitem__(self, field: str) -> Compared:
        return next(compared for compared in self.fields if compared.field == field)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The fields, the title aside, of which both can't be true of one tender."""
        return tuple(
            c.field for c in self.fields if c.relation is Relation.OTHER and c.field not in ("title", "value")
        )

    def agree(self, *names: str) -> tuple[str, ...]:
        """Those of the named fields in which the two agree."""
        return tuple(
            c.field for c in self.fields if c.field in names and c.relation in (Relation.SAME, Relation.NEAR)
        )


def compare(one: Known, other: Known) -> Comparison:
    """Hold two records side by side. The order of the two makes no difference."""
    return Comparison(
        fields=(
            _texts("title", one.titles, other.titles, _TITLE),
            _texts("buyer_name", one.buyers, other.buyers, _BUYER),
            _sets("state", one.states, other.states),
            _sets("city", one.cities, other.cities),
            _deadlines(one.deadlines, other.deadlines),
            _values(one.values, other.values),
            _sets("tender_expected_from", one.expected_from, other.expected_from),
        ),
        has_same_id=bool(one.tender_ids & other.tender_ids),
        # Within one publisher it is the address of a list that holds both.
        has_same_address=bool(one.addresses & other.addresses) and not one.publishers & other.publishers,
        names_same_host=bool(one.hosts & other.hosts),
        names_other_parts=bool(one.titles and other.titles)
        and all(name_different_parts(left, right) for left in one.titles for right in other.titles),
    )


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike two texts are, 0 to 100, and from where on that says something."""

    of: Callable[[str, str], float]
    alike: float
    apart: float


_TITLE = _Likeness(title_likeness, ALIKE_TITLE, ALIKE_TITLE)
_BUYER = _Likeness(buyer_likeness, ALIKE_BUYER, OTHER_BUYER)


def _texts(field: str, one: frozenset[str], other: frozenset[str], likeness: _Likeness) -> Compared:
    if not one or not other:
        return Compared(field, Relation.UNSTATED)
    most = max(likeness.of(left, right) for left in one for right in other)
    if most >= SAME_WORDS:
        relation = Relation.SAME
    elif most >= likeness.alike:
        relation = Relation.NEAR
    else:
        relation = Relation.OTHER if most < likeness.apart else Relation.UNSTATED
    return Compared(field, relation, round(most))


def _sets(field: str, one: frozenset[str], other: frozenset[str]) -> Compared:
    if not one or not other:
        return Compared(field, Relation.UNSTATED)
    return Compared(field, Relation.SAME if one & other else Relation.OTHER)


def _deadlines(one: frozenset[datetime], other: frozenset[datetime]) -> Compared:
    if not one or not other:
        return Compared("submission_deadline", Relation.UNSTATED)
    apart = min(abs(left - right) for left in one for right in other)
    if apart == timedelta():
        return Compared("submission_deadline", Relation.SAME)
    near = Relation.NEAR if apart <= NEAR_DEADLINE else Relation.OTHER
    return Compared("submission_deadline", near)


def _values(one: frozenset[Decimal], other: frozenset[Decimal]) -> Compared:
    pairs = [(min(left, right), max(left, right)) for left in one for right in other]
    apart = [(most - least) / most for least, most in pairs if most]
    if not apart:
        return Compared("value", Relation.UNSTATED)
    least = min(apart)
    if least == 0:
        return Compared("value", Relation.SAME)
    if least <= NEAR_VALUE:
        return Compared("value", Relation.NEAR)
    return Compared("value", Relation.OTHER if least > OTHER_VALUE else Relation.UNSTATED)
