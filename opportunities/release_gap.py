"""Whether everyone whom a disclosure concerned could see it at the same instant: worked out, not claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opportunities.audience import Audience


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about an opportunity, until the next: ``visible_from`` is None where nobody sees it."""

    at: datetime
    visible_from: datetime | None
    to: Audience


@dataclass(frozen=True, slots=True)
class Described:
    """What a company did and where it sat, from a moment on (None: ever since)."""

    since: datetime | None
    domains: tuple[str, ...]
    region: str


@dataclass(frozen=True, slots=True)
class Known:
    """A company as the rules found it: when it was let in, and how it described itself, in order of time."""

    approved_at: datetime
    said: tuple[Described, ...]

    def said_at(self, moment: datetime) -> Described:
        before = [one for one in self.said if one.since is None or one.since <= moment]
        return before[-1] if before else self.said[0]


@dataclass(frozen=True, slots=True)
class Gap:
    """Of one opportunity: how many companies its rule meant from the beginning, and between which moments
    the first and the last of them could see it."""

    companies: int
    first: datetime
    last: datetime

    @property
    def length(self) -> timedelta:
        return self.last - self.first


def gap_of(decisions: Sequence[Decided], companies: Iterable[Known], *, at: datetime) -> Gap | None:
    """The gap as it stands at ``at``; None where nobody has been told yet.

    Those count whom the rule that is in force now means, and who were members and meant by it when the first
    was told. Whoever became a member or came to fit later was not concerned then, and is not late.
    """
    standing = list(_standing(decisions, at=at))
    if not standing:
        return None
    began, rule = min(start for start, _, _ in standing), standing[-1][2]
    concerned = [
        company
        for company in companies
        if company.approved_at <= began and _is_meant(rule, company.said_at(began))
    ]
    told = [moment for company in concerned if (moment := _first_told(company, standing)) is not None]
    return Gap(len(told), min(told), max(told)) if told else None


def _standing(decisions: Sequence[Decided], *, at: datetime) -> Iterator[tuple[datetime, datetime, Audience]]:
    """From when until when which rule showed it, as far as that has come."""
    ends = [*(later.at for later in decisions[1:]), at]
    for decision, end in zip(decisions, ends, strict=True):
        start = decision.visible_from
        if start is not None and (start < end or start <= at == end):
            yield start, end, decision.to


def _first_told(company: Known, standing: Sequence[tuple[datetime, datetime, Audience]]) -> datetime | None:
    nexts = [*(one.since for one in company.said[1:]), None]
    moments = [
        began
        for start, end, rule in standing
        for said, until in zip(company.said, nexts, strict=True)
        if _is_meant(rule, said)
        and (began := max(start, company.approved_at, said.since or start)) <= end
        and (until is None or began < until)
    ]
    return min(moments, default=None)


def _is_meant(rule: Audience, said: Described) -> bool:
    return rule.includes(domains=said.domains, region=said.region)
