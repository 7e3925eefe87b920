"""The smallest set of companies that together may bid, and what it still lacks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from matching.bidding.records import Bidder, Call, TeamRole
from matching.bidding.teams.clause import clause_of
from matching.bidding.teams.judge import Judge
from matching.bidding.teams.records import Candidate, Team

# The best fitting are looked at: triples of more than these take seconds.
MOST_CANDIDATES = 30
_SHOWN = 3


def best_teams(
    own: Bidder, candidates: Sequence[Candidate], call: Call, *, in_other_teams: Collection[int] = ()
) -> list[Team]:
    """Teams with ``own`` in them: those that lack least, of them the smallest, of them the best fitting.

    Only those who take part in joint ventures are asked. Where the tender forbids joint ventures there are
    none; where it is silent there are, and the page has to say that the buyer must be asked. A member that
    adds nothing is never in a team.
    """
    clause = clause_of(call)
    if clause.is_allowed is False or own.role is TeamRole.NONE:
        return []
    willing = [c for c in candidates if c.bidder.role is not TeamRole.NONE and c.bidder.key != own.key]
    willing = sorted(willing, key=lambda c: (-c.score, c.bidder.key))[:MOST_CANDIDATES]
    scores = {candidate.bidder.key: candidate.score for candidate in willing}
    judge = Judge(call, in_other_teams)
    teams: list[Team] = []
    for size in range(1, clause.most_members):
        for partners in combinations([candidate.bidder for candidate in willing], size):
            team = judge.team((own, *partners))
            if _each_is_needed(team, (own, *partners), judge):
                teams.append(team)
        if any(team.is_complete for team in teams):
            break  # larger ones would only share the work among more

    def rank(team: Team) -> tuple[int, int, int, tuple[int, ...]]:
        fit = sum(scores.get(key, 0) for key in team.members)
        return (len(team.missing), len(team.members), -fit, team.members)

    return sorted(teams, key=rank)[:_SHOWN]


def _each_is_needed(team: Team, members: Sequence[Bidder], judge: Judge) -> bool:
    """Whether it lacks less than it would without any one of its partners."""
    return all(
        len(judge.team([m for m in members if m is not partner]).missing) > len(team.missing)
        for partner in members[1:]
    )
