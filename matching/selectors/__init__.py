"""What pages ask about matches and deliveries. Everything a company sees starts at the one door."""

from matching.selectors.calendar import in_calendar
from matching.selectors.follows import (
    Followed,
    ended_lately,
    follow_on,
    followed_in,
    followed_in_order,
    followed_opportunities,
)
from matching.selectors.looks import Visit, changed_for, look_on, visit_in
from matching.selectors.mail import deliveries, delivery
from matching.selectors.match_counts import Facet, MatchCounts, MatchFigures, match_counts
from matching.selectors.match_list import (
    Closing,
    Mark,
    MatchFilter,
    MatchOrder,
    StageGroup,
    narrowed,
    next_deadlines,
    order_of,
)
from matching.selectors.matches import best_match, match_of, matches_of, parts_for_guest, read_late
from matching.selectors.outcomes import Outcomes, Told, outcomes_in, outcomes_on
from matching.selectors.profiles import (
    current_profiles,
    own_profile,
    profile_of,
    profiles_of,
    retired_profiles,
)
from matching.selectors.projects import (
    fits_of,
    followed_projects,
    project_follow_on,
    tendered_news,
)
from matching.selectors.quiet import Quiet, why_nothing_new
from matching.selectors.reader import Reader
from matching.selectors.saved_searches import kept_searches, saved_search_of, saved_searches_of
from matching.selectors.together import (
    Colleague,
    Shared,
    Together,
    WrittenNote,
    colleagues_of,
    colleagues_on,
    notes_on,
    shares_on,
    together_in,
)
from matching.selectors.verdicts import (
    VerdictFigures,
    dismissed_by,
    standing_verdicts,
    verdict_figures,
    verdict_history,
    verdict_of,
    verdict_on,
)

__all__ = [
    "Closing",
    "Colleague",
    "Facet",
    "Followed",
    "Mark",
    "MatchCounts",
    "MatchFigures",
    "MatchFilter",
    "MatchOrder",
    "Outcomes",
    "Quiet",
    "Reader",
    "Shared",
    "StageGroup",
    "Together",
    "Told",
    "VerdictFigures",
    "Visit",
    "WrittenNote",
    "best_match",
    "changed_for",
    "colleagues_of",
    "colleagues_on",
    "current_profiles",
    "deliveries",
    "delivery",
    "dismissed_by",
    "ended_lately",
    "fits_of",
    "follow_on",
    "followed_in",
    "followed_in_order",
    "followed_opportunities",
    "followed_projects",
    "in_calendar",
    "kept_searches",
    "look_on",
    "match_counts",
    "match_of",
    "matches_of",
    "narrowed",
    "next_deadlines",
    "notes_on",
    "order_of",
    "outcomes_in",
    "outcomes_on",
    "own_profile",
    "parts_for_guest",
    "profile_of",
    "profiles_of",
    "project_follow_on",
    "read_late",
    "retired_profiles",
    "saved_search_of",
    "saved_searches_of",
    "shares_on",
    "standing_verdicts",
    "tendered_news",
    "together_in",
    "verdict_figures",
    "verdict_history",
    "verdict_of",
    "verdict_on",
    "visit_in",
    "why_nothing_new",
]
