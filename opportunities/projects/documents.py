"""What kinds of document the office attaches to a project."""

from __future__ import annotations

from enum import StrEnum

LONGEST_ADDRESS = 500
LONGEST_TITLE = 300


class DocumentKind(StrEnum):
    """What a document is, by the code list documentType of OC4IDS as far as early work needs it."""

    FEASIBILITY = "feasibilityStudy"
    PLAN = "projectPlan"  # the detailed project report, too
    ENVIRONMENT = "environmentalImpact"
    BUDGET = "budgetApproval"
    MINUTES = "minutes"
    TENDER_NOTICE = "tenderNotice"
    ILLUSTRATION = "illustration"  # maps and drawings
    OTHER = "other"  # no code of the standard: it is published without one
