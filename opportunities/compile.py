"""Fold a process's notices into what is true now. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from opportunities.parsed_notice import (
    CONFIDENT,
    EARLY_STAGES,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    Stage,
)

FACT_NAMES = tuple(field.name for field in fields(OpportunityFacts))
_all_of = attrgetter(*FACT_NAMES)

# What a notice's kind says about the stage where the notice itself is silent.
STAGE_OF_KIND = {
    NoticeKind.TENDER: Stage.TENDER,
    NoticeKind.CANCELLATION: Stage.CANCELLED,
    NoticeKind.AWARD: Stage.AWARDED,
}
# The name under which a change of what is asked for is told
REQUIREMENTS = "requirements"
ENDED = frozenset({Stage.CANCELLED, Stage.AWARDED, Stage.RETENDERED})


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice and when a document holding it was last fetched."""

    notice: ParsedNotice
    seen_at: datetime

    @property
    def order(self) -> tuple[datetime, str, datetime]:
        """Sort key: publication first, then the newest reading of one publication."""
        return (self.notice.published_at or self.seen_at, self.notice.notice_id, self.seen_at)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after. ``None`` means not stated."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What is true now, and which of it rests on a reading that nobody has confirmed."""

    facts: OpportunityFacts
    unsure: frozenset[str]


def compile_facts(notices: Iterable[SeenNotice]) -> OpportunityFacts:
    """The facts that ``compile_standing`` returns."""
    return compile_standing(notices).facts


def compile_standing(notices: Iterable[SeenNotice]) -> StandingFacts:
    """Return the facts that stand once every notice has been read.

    The latest publication that states a field wins, whatever order notices reached us in, so a late or
    repeated notice can't take an opportunity back in time. Only an unsure reading (a title that a list cuts
    short, a guess out of prose) never replaces a sure one: it waits until the office has confirmed it. A
    cancellation or award ends the process for good: only a later publication of those kinds changes its
    stage again.
    """
    standing = _Standing()
    for seen in sorted(notices, key=lambda seen: seen.order):
        standing.hear(seen.notice)
    return standing.facts


def standing_after_each(in_order: Iterable[SeenNotice]) -> Iterator[tuple[SeenNotice, StandingFacts]]:
    """Yield each notice with what ``compile_standing`` returns for it and those before it."""
    standing = _Standing()
    for seen in in_order:
        standing.hear(seen.notice)
        yield seen, standing.facts


class _Standing:
    """What the notices read so far say."""

    def __init__(self) -> None:
        self._stated: dict[str, Any] = {}
        self._unsure: set[str] = set()

    def hear(self, notice: ParsedNotice) -> None:
        stated, unsure = self._stated, self._unsure
        for name, value in zip(FACT_NAMES, _all_of(notice.facts), strict=True):
            if value is None or name == "stage":
                continue
            if name not in notice.unsure:
                unsure.discard(name)
            elif name in stated and name not in unsure:
                continue
            else:
                unsure.add(name)
            stated[name] = value
        stated["stage"] = _stage_after(stated.get("stage"), notice)

    @property
    def facts(self) -> StandingFacts:
        return StandingFacts(OpportunityFacts(**self._stated), frozenset(self._unsure))


def _stage_after(before: Stage | None, notice: ParsedNotice) -> Stage | None:
    stated = None if "stage" in notice.unsure and before is not None else notice.facts.stage
    said = stated or STAGE_OF_KIND.get(notice.kind)
    if said is None or (before in ENDED and said not in ENDED):
        return before
    if before is not None and before not in EARLY_STAGES and said in EARLY_STAGES:
        return before
    return said


@dataclass(frozen=True, slots=True)
class StandingRequirement:
    """A requirement that no later publication has replaced, and which one says so."""

    said_in: SeenNotice
    number: int  # its position among that notice's
    requirement: Requirement


def compile_requirements(notices: Iterable[SeenNotice]) -> tuple[StandingRequirement, ...]:
    """Return what the process asks for once every notice has been read.

    The latest publication that speaks of a topic wins, whatever order notices reached us in; all that it
    says of the topic stands. What it doesn't speak of stays as it was.
    """
    standing: dict[tuple[str, ...], list[StandingRequirement]] = {}
    for seen in sorted(notices, key=lambda seen: seen.order):
        spoken_of: dict[tuple[str, ...], list[StandingRequirement]] = {}
        for number, requirement in enumerate(seen.notice.requirements):
            stated = StandingRequirement(seen, number, requirement)
            spoken_of.setdefault(requirement.topic, []).append(stated)
        standing |= {
            topic: stated for topic, stated in spoken_of.items() if _may_replace(stated, standing.get(topic))
        }
    return tuple(one for topic in standing.values() for one in topic)


def _may_replace(stated: list[StandingRequirement], before: list[StandingRequirement] | None) -> bool:
    """An unsure reading never replaces a sure one."""
    return not before or _is_sure(stated) or not _is_sure(before)


def _is_sure(stated: list[StandingRequirement]) -> bool:
    return all(one.requirement.confidence >= CONFIDENT for one in stated)


def diff_requirements(
    before: Iterable[StandingRequirement], after: Iterable[StandingRequirement]
) -> Change | None:
    """What is asked no longer and what is asked now, as sentences. The same in other words is no change."""
    was = {one.requirement.said: one.requirement.sentence for one in before}
    now = {one.requirement.said: one.requirement.sentence for one in after}
    if was.keys() == now.keys():
        return None
    dropped = dict.fromkeys(sentence for said, sentence in was.items() if said not in now)
    added = dict.fromkeys(sentence for said, sentence in now.items() if said not in was)
    return Change(REQUIREMENTS, tuple(dropped) or None, tuple(added) or None)


def diff_facts(before: OpportunityFacts, after: OpportunityFacts) -> tuple[Change, ...]:
    return tuple(
        Change(name, old, new)
        for name, old, new in zip(FACT_NAMES, _all_of(before), _all_of(after), strict=True)
        if old is not new and old != new
    )


def net_changes(revisions: Iterable[Iterable[Change]]) -> tuple[Change, ...]:
    """What revisions in order add up to: each fact once, first before and last after, where they differ."""
    net: dict[str, Change] = {}
    for changes in revisions:
        for change in changes:
            earlier = net.get(change.field)
            net[change.field] = change if earlier is None else _in_one(earlier, change)
    return tuple(change for change in net.values() if change.before != change.after)


def _in_one(first: Change, then: Change) -> Change:
    if first.field != REQUIREMENTS:
        return Change(first.field, first.before, then.after)
    # Each tells of the sentences that went and came, not of all that stood.
    went, came = (first.before or (), then.before or ()), (first.after or (), then.after or ())
    gone = [one for one in (*went[0], *went[1]) if one not in came[0] and one not in came[1]]
    new = [one for one in (*came[0], *came[1]) if one not in went[0] and one not in went[1]]
    return Change(REQUIREMENTS, tuple(dict.fromkeys(gone)) or None, tuple(dict.fromkeys(new)) or None)


# Publications whose purpose is to change what was said before.
CHANGING_KINDS = frozenset({NoticeKind.CORRIGENDUM, NoticeKind.CANCELLATION, NoticeKind.AWARD})


# Facts that two publications word differently without anything having changed.
WORDING = frozenset(
    {
        "title",
        "description",
        "reference",
        "url",
        "buyer_name",
        "organisation_chain",
        "contact",
        "location",
        "product_category",
        "procurement_method",
        "contract_form",
        "prebid_place",
    }
)


def tells_a_change(
    changes: tuple[Change, ...], notice: ParsedNotice, *, earlier: Sequence[ParsedNotice], is_first: bool
) -> bool:
    """Whether a reader who knew the opportunity would call it changed.

    Not when facts are merely filled in, as when the page behind a listing's row has been read, nor when
    another publication words them differently. ``earlier`` are earlier readings of the same publication:
    words that are edited in place are a change.
    """
    if is_first:
        return False
    return notice.kind in CHANGING_KINDS or any(
        change.before is not None
        and (change.field not in WORDING or _said_otherwise(change.field, notice, earlier))
        for change in changes
    )


def _said_otherwise(field: str, notice: ParsedNotice, earlier: Sequence[ParsedNotice]) -> bool:
    now = getattr(notice.facts, field)
    return any(getattr(reading.facts, field) not in (None, now) for reading in earlier)
