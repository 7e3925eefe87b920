"""What the notices of one opportunity say now, as the office reads them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from opportunities.compile import (
    Change,
    SeenNotice,
    StandingRequirement,
    compile_requirements,
    compile_standing,
    diff_facts,
    diff_requirements,
)
from opportunities.parsed_notice import OpportunityFacts, ParsedNotice, Requirement
from opportunities.ruled import Ruled, as_ruled
from opportunities.services.telling import NoticeKey, ProcessKey

KeyedRequirement = tuple[NoticeKey, int, Requirement]  # the notice that says it, and its number there


class WhatIsSaid:
    """Facts and requirements out of what was ``told``, under rulings on each process, in that order.

    Change ``told`` and ``rulings`` freely: what is read out of them follows with ``compile``.
    """

    def __init__(
        self,
        told: Mapping[NoticeKey, SeenNotice] | None = None,
        rulings: Mapping[ProcessKey, Sequence[Ruled]] | None = None,
    ) -> None:
        self.told = dict(told or {})
        self.rulings = rulings or {}
        self.facts = OpportunityFacts()
        self.unsure: frozenset[str] = frozenset()
        self._requirements: tuple[StandingRequirement, ...] = ()
        self._heard: dict[NoticeKey, SeenNotice] = {}  # as the office reads what was told

    @property
    def notices(self) -> list[ParsedNotice]:
        return [seen.notice for seen in self.told.values()]

    @property
    def published_at(self) -> datetime | None:
        """The earliest moment that any of them was published at."""
        return min((said.published_at for said in self.notices if said.published_at), default=None)

    @property
    def latest(self) -> NoticeKey:
        """Of the notice that comes last; there must be one."""
        return max(self.told, key=lambda key: (self.told[key].order, key))

    @property
    def requirements(self) -> list[KeyedRequirement]:
        """What is asked for, as of the last ``compile``."""
        keys = {id(seen): key for key, seen in self._heard.items()}
        return [(keys[id(one.said_in)], one.number, one.requirement) for one in self._requirements]

    def take_in(self, other: WhatIsSaid) -> None:
        """Read the other's notices and rulings as well."""
        self.told |= other.told
        self.rulings = {**self.rulings, **other.rulings}

    def keep(self, keys: Container[NoticeKey]) -> None:
        """Read no other notices than these."""
        self.told = {key: seen for key, seen in self.told.items() if key in keys}

    def compile(self) -> tuple[Change, ...]:
        """Bring facts and requirements up to what the notices say now; return what that changed."""
        # Of publications that nothing else puts in order the same one must come last, whoever came first.
        self._heard = {key: self._as_ruled(seen) for key, seen in self.told.items()}
        told = sorted(self._heard.values(), key=lambda seen: seen.notice.process)
        standing, requirements = compile_standing(told), compile_requirements(told)
        other_requirements = diff_requirements(self._requirements, requirements)
        changes = diff_facts(self.facts, standing.facts)
        self.facts, self.unsure, self._requirements = standing.facts, standing.unsure, requirements
        return (*changes, other_requirements) if other_requirements else changes

    def _as_ruled(self, seen: SeenNotice) -> SeenNotice:
        rulings = self.rulings.get(seen.notice.process)
        return SeenNotice(as_ruled(seen.notice, rulings), seen.seen_at) if rulings else seen
