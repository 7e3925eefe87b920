"""Two opportunities fact by fact, for a person to see whether they are one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from opportunities.parsed_notice import OpportunityFacts
from opportunities.seen_together import Meeting, Seen, Together, seen_together
from opportunities.selectors import facts_of, merges, part_under, processes_behind

# What tells one tender from another comes first; the rest follows in the order of the record.
_FIRST = ("title", "buyer_name", "city", "state", "submission_deadline", "value", "stage", "reference")
_FACTS = (*_FIRST, *(field.name for field in fields(OpportunityFacts) if field.name not in _FIRST))


class Standing(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    ONE_SIDED = "one_sided"


@dataclass(frozen=True, slots=True)
class Row:
    field: str
    one: object  # None: not stated
    other: object
    standing: Standing

    @property
    def is_telling(self) -> bool:
        return self.standing is not Standing.ONE_SIDED or self.field in _FIRST


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what survives, and what is or would be read as a part of it."""

    opportunity: Any  # a row of opportunities, which pages don't import
    process_ids: tuple[str, ...]
    facts: OpportunityFacts
    seen: Seen
    is_seen: bool  # by now


@dataclass(frozen=True, slots=True)
class Pair:
    one: Side
    other: Side
    rows: tuple[Row, ...]
    together: Together  # who would see the two as one

    @property
    def compared(self) -> list[Row]:
        """What tells one tender from another, and whatever else both state."""
        return [row for row in self.rows if row.is_telling]

    @property
    def one_sided(self) -> list[Row]:
        """What remains: one alone states it, and it decides nothing."""
        return [row for row in self.rows if not row.is_telling]

    @property
    def would_disclose(self) -> tuple[str, ...]:
        """The facts that those would learn of a merge whom the rule means that stands after it."""
        if self.together.learnt is None:
            return ()
        hidden, shown = (self.one, self.other) if self.together.learnt == 0 else (self.other, self.one)
        return tuple(
            name
            for name in _FACTS
            if getattr(hidden.facts, name) is not None
            and getattr(hidden.facts, name) != getattr(shown.facts, name)
        )

    @property
    def must_be_meant(self) -> bool:
        """Whether merging discloses something, which a person has to say is meant."""
        return self.together.learnt is not None

    @property
    def may_be_merged(self) -> bool:
        return self.together.meeting is not Meeting.CLASHES


def pair_of(proposal: Any, *, at: datetime) -> Pair:
    """What the two halves of a proposal say by themselves."""
    one, other = proposal.survivor_first
    return _pair(_side(one, _all(one), at=at), _side(other, _all(other), at=at), at=at)


def merged_pair(merge_id: int, *, at: datetime) -> tuple[Any, Pair] | None:
    """A merge, and what its halves say by themselves."""
    merge = merges().filter(pk=merge_id).first()
    if merge is None:
        return None
    whole = _all(merge.away.merged_into or merge.away) | _all(merge.into.merged_into or merge.into)
    leaving = part_under(merge.away_id, whole)
    into = _side(merge.into, whole - leaving, at=at)
    return merge, _pair(into, _side(merge.away, leaving, at=at), at=at)


def _all(opportunity: Any) -> set[int]:
    return set(processes_behind([opportunity.pk]).values_list("pk", flat=True))


def _side(opportunity: Any, processes: Collection[int], *, at: datetime) -> Side:
    ids = processes_behind(processes).filter(pk__in=processes).order_by("publisher", "process_id")
    seen = Seen(opportunity.disclosed_from, opportunity.audience)
    return Side(
        opportunity,
        process_ids=tuple(
            f"{publisher} {pid}" for publisher, pid in ids.values_list("publisher", "process_id")
        ),
        facts=facts_of(processes),
        seen=seen,
        is_seen=seen.is_seen(at=at),
    )


def _pair(one: Side, other: Side, *, at: datetime) -> Pair:
    pairs = ((name, getattr(one.facts, name), getattr(other.facts, name)) for name in _FACTS)
    rows = (
        Row(name, left, right, _standing(left, right))
        for name, left, right in pairs
        if left is not None or right is not None
    )
    return Pair(one, other, tuple(rows), seen_together(one.seen, other.seen, at=at))


def _standing(one: object, other: object) -> Standing:
    if one is None or other is None:
        return Standing.ONE_SIDED
    return Standing.SAME if one == other else Standing.DIFFERENT
