"""Our words as OCDS 1.1 has them."""

from __future__ import annotations

from opportunities.parsed_notice import NoticeKind, Stage

VERSION = "1.1"
CPV = "CPV"
DOMAIN_SCHEME = "SETU-DOMAIN"  # ours: what a company of a field of work would look for
BUYER_SCHEME = "SETU-BUYER"  # ours too: India has no public register of its public bodies
NO_TIME = "23:59:59+05:30"  # of a day that is stated without a time; docs/open-data.md says so
IN_INDIA = "India"

TAGS = {
    NoticeKind.PLANNING: "planning",
    NoticeKind.TENDER: "tender",
    NoticeKind.CORRIGENDUM: "tenderAmendment",
    NoticeKind.CANCELLATION: "tenderCancellation",
    NoticeKind.AWARD: "award",
}
# For a second publication of the kind
AGAIN = {
    NoticeKind.PLANNING: "planningUpdate",
    NoticeKind.TENDER: "tenderUpdate",
    NoticeKind.AWARD: "awardUpdate",
}
STATUS = {
    Stage.IDENTIFIED: "planning",
    Stage.DPR: "planning",
    Stage.FUNDED: "planning",
    Stage.RFI: "planned",
    Stage.EOI: "active",
    Stage.RFQ: "active",
    Stage.TENDER: "active",
    Stage.TECHNICAL_EVALUATION: "active",
    Stage.FINANCIAL_EVALUATION: "active",
    Stage.AWARDED: "complete",
    Stage.CANCELLED: "cancelled",
    Stage.RETENDERED: "unsuccessful",
}
CATEGORIES = {"Goods": "goods", "Works": "works", "Services": "services"}
# By how the procedure's name begins, in lower case
METHODS = {"open": "open", "global": "open", "limited": "limited", "single": "direct", "nomination": "direct"}
# Where each fact stands in a release: what an amendment tells to have changed
PATHS = {
    "title": "tender.title",
    "description": "tender.description",
    "reference": "tender.sourceTerms.reference",
    "stage": "tender.status",
    "buyer_name": "buyer",
    "organisation_chain": "parties.details",
    "location": "tender.sourceTerms.place",
    "pincode": "tender.sourceTerms.place",
    "city": "tender.sourceTerms.place",
    "state": "tender.sourceTerms.place",
    "category": "tender.mainProcurementCategory",
    "product_category": "tender.sourceTerms.productCategory",
    "procurement_method": "tender.procurementMethodDetails",
    "contract_form": "tender.sourceTerms.contractForm",
    "classification_codes": "tender.items",
    "scheme": "tender.sourceTerms.scheme",
    "is_joint_venture_allowed": "tender.sourceTerms.isJointVentureAllowed",
    "value": "tender.value",
    "bid_security": "tender.sourceTerms.bidSecurity",
    "document_fee": "tender.sourceTerms.documentFee",
    "documents_from": "tender.milestones",
    "documents_until": "tender.milestones",
    "enquiry_deadline": "tender.enquiryPeriod.endDate",
    "prebid_at": "tender.milestones",
    "prebid_place": "tender.milestones",
    "submission_from": "tender.tenderPeriod.startDate",
    "submission_deadline": "tender.tenderPeriod.endDate",
    "opening_at": "tender.milestones",
    "bid_validity_days": "tender.sourceTerms.bidValidityDays",
    "period_days": "tender.contractPeriod",
    "tender_expected_from": "planning.milestones",
    "tender_expected_until": "planning.milestones",
}
