"""What changes in matching; deliveries have services of their own."""

from matching.services.ask_partner import (
    CannotAsk,
    answer_partner,
    ask_partner,
    withdraw_partner_request,
)
from matching.services.check_matches import check_matches
from matching.services.count_losses import count_losses
from matching.services.encode_texts import encode_due
from matching.services.follow import follow_opportunity, unfollow_opportunity
from matching.services.follow_project import follow_project, unfollow_project
from matching.services.label_opportunities import label_opportunities
from matching.services.look import mark_as_seen, note_look
from matching.services.match_index import refresh_index
from matching.services.outcomes import ToldOutcome, tell_outcome
from matching.services.preview_profile import Finds, Found, preview_profile
from matching.services.reach import Reach, Unreached, preview_reach
from matching.services.save_profile import (
    ChangedMeanwhile,
    NameTaken,
    SavedProfile,
    add_profile,
    restore_profile,
    retire_profile,
    save_profile,
)
from matching.services.saved_searches import (
    SearchNameTaken,
    TooManySearches,
    end_search,
    rename_search,
    restore_search,
    save_search,
)
from matching.services.score_opportunity import score_opportunity
from matching.services.score_profile import score_profile
from matching.services.scored_version import sufficient_versions
from matching.services.search_opportunities import FoundOpportunity, ask, found_between
from matching.services.suggestions import accept_suggestion, suggestions_for
from matching.services.term_statistics import refresh_term_statistics
from matching.services.together import NotAColleague, remove_note, share_opportunity, write_note
from matching.services.verdicts import Answer, record_verdict, withdraw_verdict

__all__ = [
    "Answer",
    "CannotAsk",
    "ChangedMeanwhile",
    "Finds",
    "Found",
    "FoundOpportunity",
    "NameTaken",
    "NotAColleague",
    "Reach",
    "SavedProfile",
    "SearchNameTaken",
    "ToldOutcome",
    "TooManySearches",
    "Unreached",
    "accept_suggestion",
    "add_profile",
    "answer_partner",
    "ask",
    "ask_partner",
    "check_matches",
    "count_losses",
    "encode_due",
    "end_search",
    "follow_opportunity",
    "follow_project",
    "found_between",
    "label_opportunities",
    "mark_as_seen",
    "note_look",
    "preview_profile",
    "preview_reach",
    "record_verdict",
    "refresh_index",
    "refresh_term_statistics",
    "remove_note",
    "rename_search",
    "restore_profile",
    "restore_search",
    "retire_profile",
    "save_profile",
    "save_search",
    "score_opportunity",
    "score_profile",
    "share_opportunity",
    "sufficient_versions",
    "suggestions_for",
    "tell_outcome",
    "unfollow_opportunity",
    "unfollow_project",
    "withdraw_partner_request",
    "withdraw_verdict",
    "write_note",
]
