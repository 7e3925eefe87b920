"""OCDS's words for what a release does and how far a tender has come, and ours for them."""

from __future__ import annotations

from opportunities.parsed_notice import NoticeKind, Stage

# Where a release bears several tags, the last of these says what it does.
KINDS = {
    "planning": NoticeKind.PLANNING,
    "planningUpdate": NoticeKind.PLANNING,
    "tender": NoticeKind.TENDER,
    "tenderUpdate": NoticeKind.CORRIGENDUM,
    "tenderAmendment": NoticeKind.CORRIGENDUM,
    "tenderCancellation": NoticeKind.CANCELLATION,
    "award": NoticeKind.AWARD,
    "awardUpdate": NoticeKind.AWARD,
}
# Tags that mean something else beside those above, and nothing of ours alone.
BESIDE = frozenset(
    {
        "awardCancellation",
        "contract",
        "contractUpdate",
        "contractAmendment",
        "contractTermination",
        "implementation",
        "implementationUpdate",
    }
)
COMPILED = "compiled"

# A compiled release has no tag of its own: the tender's status says what has been published last.
KIND_BY_STATUS = {
    "planning": NoticeKind.PLANNING,
    "planned": NoticeKind.PLANNING,
    "active": NoticeKind.TENDER,
    "cancelled": NoticeKind.CANCELLATION,
    "withdrawn": NoticeKind.CANCELLATION,
}
STAGE_BY_STATUS = {
    "planning": None,
    "planned": None,
    "active": Stage.TENDER,
    "cancelled": Stage.CANCELLED,
    "withdrawn": Stage.CANCELLED,
    "complete": None,  # bids are over; an award, if there is one, says so itself
}
CATEGORIES = {"goods": "Goods", "works": "Works", "services": "Services"}
# The document whose address shows the notice, by what the release does.
NOTICE_DOCUMENTS = {
    NoticeKind.PLANNING: ("plannedProcurementNotice", "planningNotice", "marketStudies"),
    NoticeKind.AWARD: ("awardNotice", "contractNotice"),
}
TENDER_DOCUMENTS = ("tenderNotice", "biddingDocuments")
