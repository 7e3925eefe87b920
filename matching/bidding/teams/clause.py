"""What a tender's joint venture clause allows."""

from __future__ import annotations

from decimal import Decimal

from matching.bidding.records import Call
from matching.bidding.teams.records import Clause
from opportunities.parsed_notice import RequirementKind

# The manuals for procurement of 2022: at most three members; finance is asked of each, half of the limit of
# whoever leads.
USUAL_MOST_MEMBERS = 3
USUAL_LEAD_SHARE = Decimal("0.5")
USUAL_MEMBER_SHARE = Decimal("0.25")


def clause_of(call: Call) -> Clause:
    given = [r for r in call.requirements if r.kind is RequirementKind.JOINT_VENTURE]
    most = next((r.count for r in reversed(given) if r.count), None)
    lead = next((r.share for r in reversed(given) if r.share), None)
    return Clause(
        is_allowed=call.is_team_allowed,
        most_members=most or USUAL_MOST_MEMBERS,
        least_lead_share=lead or USUAL_LEAD_SHARE,
        least_member_share=USUAL_MEMBER_SHARE,
        is_stated=bool(most or lead),
    )
