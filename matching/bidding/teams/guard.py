"""Competition law, as far as numbers show it: why would these bid together?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from matching.bidding.eligibility.records import Answer, Finding, may_bid
from matching.bidding.records import Bidder, Terms
from matching.bidding.teams.records import Concern, TeamConcern


def concerns_about(
    members: Sequence[Bidder],
    terms: Terms,
    *,
    alone: Mapping[int, tuple[Finding, ...]],
    in_other_teams: Collection[int],
) -> Iterator[TeamConcern]:
    """What the members have to be able to explain. ``alone`` are each one's findings without partners."""
    wanted = set(terms.domains)
    able = tuple(m.key for m in members if _could_alone(m, wanted, alone[m.key]))
    if able:
        yield TeamConcern(Concern.COULD_BID_ALONE, able)
    for one, other in combinations(members, 2):
        offers, others = wanted & set(one.domains), wanted & set(other.domains)
        if offers and offers == others:
            yield TeamConcern(Concern.SUBSTITUTES, (one.key, other.key))
    shared = tuple(member.key for member in members if member.key in in_other_teams)
    if shared:
        yield TeamConcern(Concern.IN_OTHER_TEAM, shared)


def _could_alone(member: Bidder, wanted: set[str], findings: tuple[Finding, ...]) -> bool:
    """It can do all of it and meets all that is asked. What isn't known doesn't clear a company."""
    return bool(wanted) and wanted <= set(member.domains) and may_bid(findings) is Answer.MET
