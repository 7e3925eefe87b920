"""What changes in matching; deliveries have services of their own."""

from matching.services.ask_partner import (
    CannotAsk,
    answer_partner,
    ask_partner,
    withdraw_partner_request,
)
from matching.services.encode_texts import encode_due
from matching.services.score_opportunity import score_opportunity
from matching.services.score_profile import score_profile
from matching.services.suggestions import accept_suggestion, suggestions_for
from matching.services.term_statistics import refresh_term_statistics
from matching.services.verdicts import Answer, record_verdict, withdraw_verdict

__all__ = [
    "Answer",
    "CannotAsk",
    "accept_suggestion",
    "answer_partner",
    "ask_partner",
    "encode_due",
    "record_verdict",
    "refresh_term_statistics",
    "score_opportunity",
    "score_profile",
    "suggestions_for",
    "withdraw_partner_request",
    "withdraw_verdict",
]
