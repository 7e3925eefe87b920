"""The only writers of opportunities."""

from opportunities.services.compare import compare_opportunity, pending_comparisons, settle_proposals
from opportunities.services.disclose import disclose_opportunity, withdraw_disclosure
from opportunities.services.forget_canaries import forget_canaries
from opportunities.services.merge import merge_opportunities, repeat_merges, split_opportunity
from opportunities.services.proposals import refuse_proposal
from opportunities.services.record_notices import Recording, record_notice, record_notices
from opportunities.services.rule_on_reading import rule_on_reading, undo_ruling
from opportunities.services.supersede_notices import supersede_notices

__all__ = [
    "Recording",
    "compare_opportunity",
    "disclose_opportunity",
    "forget_canaries",
    "merge_opportunities",
    "pending_comparisons",
    "record_notice",
    "record_notices",
    "refuse_proposal",
    "repeat_merges",
    "rule_on_reading",
    "settle_proposals",
    "split_opportunity",
    "supersede_notices",
    "undo_ruling",
    "withdraw_disclosure",
]
