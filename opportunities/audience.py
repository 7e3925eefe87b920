"""To whom something is disclosed: to all members, or by what they do and where they are; never by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opportunities.chain import Detail


@dataclass(frozen=True, slots=True)
class Audience:
    """A rule: a member is meant who works in one of the domains and sits in one of the regions.

    An empty side asks nothing, so an empty rule means everyone. Domains go by the vocabulary's names, regions
    by the counties' numbers.
    """

    domains: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def is_everyone(self) -> bool:
        return not self.domains and not self.regions

    def includes(self, *, domains: Collection[str], region: str) -> bool:
        """Whether a member is meant that works in these domains and sits there. As the door has it."""
        in_domain = not self.domains or not set(self.domains).isdisjoint(domains)
        return in_domain and (not self.regions or region in self.regions)

    def covers(self, other: Audience) -> bool:
        """Whether whoever the other means is meant by this one too."""
        return _covers(self.domains, other.domains) and _covers(self.regions, other.regions)

    def as_rule(self) -> Mapping[str, Detail]:
        """As the ledger keeps it: an empty side is left out."""
        sides = {"domains": list(self.domains), "regions": list(self.regions)}
        return {name: side for name, side in sides.items() if side}


EVERYONE = Audience()


def audience_of(domains: Iterable[str], regions: Iterable[str]) -> Audience:
    """The rule with these sides, each thing once and in order."""
    return Audience(tuple(sorted(set(domains))), tuple(sorted(set(regions))))


def audience_from(rule: Mapping[str, Any] | None) -> Audience:
    """The rule that an entry of the ledger keeps."""
    kept = rule or {}
    return audience_of(kept.get("domains", ()), kept.get("regions", ()))


def _covers(wide: Collection[str], narrow: Collection[str]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))
