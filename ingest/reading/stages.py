"""How far a process has come, from a portal's word for it or from what a notice invites to."""

from __future__ import annotations

import re

from ingest.reading.words import NotUnderstood, says_nothing, tidy
from opportunities.parsed_notice import Stage

_STAGES = {
    "active": Stage.TENDER,
    "published": Stage.TENDER,
    "tender published": Stage.TENDER,
    "to be opened": Stage.TENDER,
    "technical bid opening": Stage.TECHNICAL_EVALUATION,
    "technical bid opened": Stage.TECHNICAL_EVALUATION,
    "technical evaluation": Stage.TECHNICAL_EVALUATION,
    "technical bid evaluation": Stage.TECHNICAL_EVALUATION,
    "financial bid opening": Stage.FINANCIAL_EVALUATION,
    "financial bid opened": Stage.FINANCIAL_EVALUATION,
    "financial evaluation": Stage.FINANCIAL_EVALUATION,
    "financial bid evaluation": Stage.FINANCIAL_EVALUATION,
    "aoc": Stage.AWARDED,
    "accepted aoc": Stage.AWARDED,
    "award of contract": Stage.AWARDED,
    "awarded": Stage.AWARDED,
    "cancelled": Stage.CANCELLED,
    "tender cancelled": Stage.CANCELLED,
    "withdrawn": Stage.CANCELLED,
    "retender": Stage.RETENDERED,
    "retendered": Stage.RETENDERED,
}
# What became of one bid; some spreadsheets keep it where the tender's own status belongs.
_STATUS_OF_A_BID = re.compile(r"(?:rejected|not admitted|admitted|accepted)\b.*")

_INVITING = r"(?:(?:re-?)?(?:notice|invitation|inviting|invite|request|call)\s+(?:(?:inviting|for|of)\s+)*)?"
_EOI = re.compile(rf"\W*{_INVITING}(?:expressions?\s+of\s+interest\b|e\.?\s?o\.?\s?i\b)", re.IGNORECASE)
_RFI = re.compile(r"\W*(?:request\s+for\s+information\b|r\.?f\.?i\b)", re.IGNORECASE)


def read_stage(words: str) -> Stage | None:
    """The stage a portal names. Raise NotUnderstood for a word we don't know: never a guess."""
    plain = re.sub(r"[\s/_-]+", " ", tidy(words).casefold()).replace("re tender", "retender").strip()
    if says_nothing(plain):
        return None
    if stage := _STAGES.get(plain):
        return stage
    if _STATUS_OF_A_BID.fullmatch(plain):
        return None
    raise NotUnderstood("this isn't a stage we know")


def invited_stage(title: str, contract_form: str | None) -> Stage:
    """What a notice asks for: interest, information, or (unless it says so plainly) bids."""
    form = contract_form or ""
    if _EOI.match(title) or _EOI.fullmatch(form):
        return Stage.EOI
    if _RFI.match(title) or _RFI.fullmatch(form):
        return Stage.RFI
    return Stage.TENDER
