"""The only writers of opportunities."""

from opportunities.services.disclose import disclose_opportunity, withdraw_disclosure
from opportunities.services.forget_canaries import forget_canaries
from opportunities.services.record_notices import Recording, record_notice, record_notices
from opportunities.services.supersede_notices import supersede_notices

__all__ = [
    "Recording",
    "disclose_opportunity",
    "forget_canaries",
    "record_notice",
    "record_notices",
    "supersede_notices",
    "withdraw_disclosure",
]
