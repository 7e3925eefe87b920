"""What pages ask about matches and deliveries. Everything a company sees starts at the one door."""

from matching.selectors.follows import (
    Followed,
    follow_on,
    followed_in,
    followed_in_order,
    followed_opportunities,
)
from matching.selectors.mail import deliveries, delivery
from matching.selectors.match_list import (
    MatchFigures,
    MatchFilter,
    MatchOrder,
    StageGroup,
    counts_by_state,
    match_figures,
    narrowed,
    next_deadlines,
)
from matching.selectors.matches import best_match, match_of, matches_of
from matching.selectors.profiles import profile_of, profiles_of
from matching.selectors.verdicts import (
    VerdictFigures,
    dismissed_by,
    standing_verdicts,
    verdict_figures,
    verdict_of,
    verdict_on,
)

__all__ = [
    "Followed",
    "MatchFigures",
    "MatchFilter",
    "MatchOrder",
    "StageGroup",
    "VerdictFigures",
    "best_match",
    "counts_by_state",
    "deliveries",
    "delivery",
    "dismissed_by",
    "follow_on",
    "followed_in",
    "followed_in_order",
    "followed_opportunities",
    "match_figures",
    "match_of",
    "matches_of",
    "narrowed",
    "next_deadlines",
    "profile_of",
    "profiles_of",
    "standing_verdicts",
    "verdict_figures",
    "verdict_of",
    "verdict_on",
]
