"""What any source must be able to say about a notice, in Setu's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from portal.lib.money import Money


class NoticeKind(StrEnum):
    """What a publication does (OCDS: release tag)."""

    PLANNING = "planning"  # early stage: nothing can be bid for yet
    TENDER = "tender"
    CORRIGENDUM = "corrigendum"
    CANCELLATION = "cancellation"
    AWARD = "award"


class Stage(StrEnum):
    """How far a process has come, in order."""

    IDENTIFIED = "identified"
    DPR = "dpr"  # a detailed project report is being written
    FUNDED = "funded"
    RFI = "rfi"
    EOI = "eoi"
    RFQ = "rfq"
    TENDER = "tender"  # RFP or NIT: bids are invited
    TECHNICAL_EVALUATION = "technical_evaluation"
    FINANCIAL_EVALUATION = "financial_evaluation"
    AWARDED = "awarded"
    CANCELLED = "cancelled"
    RETENDERED = "retendered"


EARLY_STAGES = frozenset({Stage.IDENTIFIED, Stage.DPR, Stage.FUNDED})


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a notice states it.

    ``at`` is aware. A notice that gives a day alone has ``has_time`` False and ``at`` at that day's last
    second in India, so that nothing closes before its day is over; pages then show the day and no clock.
    """

    at: datetime
    has_time: bool = True


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """Facts about one contracting process. ``None`` means "not stated", never "empty"."""

    title: str | None = None
    description: str | None = None
    reference: str | None = None  # the office's own number: several tenders may share one
    stage: Stage | None = None
    url: str | None = None

    buyer_name: str | None = None
    organisation_chain: tuple[str, ...] | None = None  # from the top body down to the buyer
    contact: str | None = None  # an office or a post, never a person's private data

    location: str | None = None  # as written
    pincode: str | None = None
    city: str | None = None  # one of the hundred, see opportunities.places
    state: str | None = None  # ISO 3166-2 part without "IN-": MH, KA, …

    category: str | None = None  # Works, Goods or Services
    product_category: str | None = None
    procurement_method: str | None = None  # Open Tender, Limited, Global Tenders, …
    contract_form: str | None = None  # Item Rate, Lump-sum, …
    classification_codes: tuple[str, ...] | None = None  # CPV, where a source has them
    scheme: str | None = None  # Smart Cities Mission, AMRUT 2.0, …
    is_joint_venture_allowed: bool | None = None

    value: Money | None = None
    bid_security: Money | None = None  # EMD
    document_fee: Money | None = None

    documents_from: Moment | None = None
    documents_until: Moment | None = None
    enquiry_deadline: Moment | None = None
    prebid_at: Moment | None = None
    prebid_place: str | None = None
    submission_from: Moment | None = None
    submission_deadline: Moment | None = None
    opening_at: Moment | None = None
    bid_validity_days: int | None = None
    period_days: int | None = None  # how long the work may take

    tender_expected_from: date | None = None  # early stage: first and last day of the expected quarter
    tender_expected_until: date | None = None


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Where in the source one fact was read, and the words it was read from."""

    field: str  # a field of OpportunityFacts, or notice_id, process_id, published_at
    place: str  # for a person: "row 12, Tender Value in ₹", "line 4"
    words: str  # verbatim, at most 300 characters
    confidence: float = 1.0  # below CONFIDENT the office is asked to look


CONFIDENT = 0.8


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact the source seems to state but that could not be read; the notice stands without it."""

    field: str
    place: str
    words: str
    reason: str


class RequirementKind(StrEnum):
    """What a tender may ask of whoever bids."""

    TURNOVER = "turnover"
    NET_WORTH = "net_worth"
    SOLVENCY = "solvency"
    EXPERIENCE = "experience"  # years in the trade, or similar works done
    CERTIFICATION = "certification"
    REGISTRATION = "registration"  # with the tax office, as a contractor of some class
    MANPOWER = "manpower"
    LOCAL_CONTENT = "local_content"
    LAND_BORDER = "land_border"
    JOINT_VENTURE = "joint_venture"
    BID_SECURITY = "bid_security"
    DOCUMENT_FEE = "document_fee"
    EXEMPTION = "exemption"  # who need not pay or show what others must
    PREBID = "prebid"
    DIGITAL_SIGNATURE = "digital_signature"
    HARD_COPY = "hard_copy"


# A later word about one certificate leaves the others as they were.
_TOLD_APART_BY_NAME = frozenset(
    {RequirementKind.CERTIFICATION, RequirementKind.REGISTRATION, RequirementKind.EXEMPTION}
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a tender asks of whoever bids, with the sentence that says so.

    Where a sentence leaves a choice (one work of 80 %, two of 60 % or three of 40 %) each is a requirement
    of its own, and meeting one is enough. ``None`` means that the sentence doesn't say.
    """

    kind: RequirementKind
    sentence: str  # verbatim
    place: str = field(default="", compare=False)  # for a person: "item 3, line 12"
    amount: Money | None = None
    # 0.8 is 80 %: of the tender's value; of a product for local content; the lead's part in a joint venture
    share: Decimal | None = None
    years: int | None = None  # of experience, or over which turnover counts
    count: int | None = None  # works, people, members of a joint venture (at most)
    name: str | None = None  # "ISO 27001", "Class-I local supplier", who is exempt
    is_allowed: bool | None = None  # a joint venture; a bid from across a land border
    confidence: float = 1.0  # below CONFIDENT the office is asked to look

    @property
    def money(self) -> Money | None:
        return self.amount

    @property
    def topic(self) -> tuple[str, ...]:
        """What a later publication replaces when it speaks of it again."""
        if self.kind in _TOLD_APART_BY_NAME:
            return (self.kind, self.name or "")
        if self.kind is RequirementKind.EXPERIENCE:
            return (self.kind, "years" if self.count is None and self.share is None else "works")
        return (self.kind,)

    @property
    def said(self) -> tuple[object, ...]:
        """What is asked, whatever the words: equal for two sentences that ask the same."""
        return (
            self.kind,
            self.amount,
            self.share,
            self.years,
            self.count,
            self.name,
            self.is_allowed,
        )


@dataclass(frozen=True, slots=True)
class ParsedNotice:
    """One publication about one contracting process (OCDS: a release)."""

    # Who numbers the process. A process_id is unique only within its publisher: a portal's host name for
    # what portals publish, the channel's name for what only the channel knows.
    publisher: str
    process_id: str
    # Names the publication within its process. Readings of one publication in several places (a row of a
    # listing, the page behind it) share it, and count as versions of it.
    notice_id: str
    kind: NoticeKind
    published_at: datetime | None
    facts: OpportunityFacts
    requirements: tuple[Requirement, ...] = ()
    # Facts that were read with too little confidence to replace a sure one. Follows from the origins once the
    # notice is recorded: see unsure_facts.
    unsure: frozenset[str] = frozenset()
    origins: tuple[FieldOrigin, ...] = field(default=(), compare=False)
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    @property
    def process(self) -> tuple[str, str]:
        return self.publisher, self.process_id


def unsure_facts(parsed: ParsedNotice) -> frozenset[str]:
    """The stated facts whose origin isn't CONFIDENT."""
    doubtful = (origin.field for origin in parsed.origins if origin.confidence < CONFIDENT)
    stated = (name for name in doubtful if getattr(parsed.facts, name, None) is not None)
    return parsed.unsure.union(stated)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a document that looks like a notice and can't be read as one. Never dropped: quarantined."""

    place: str  # for a person: "row 12"
    excerpt: str  # verbatim, at most 2,000 characters
    reason: str  # for a person, in plain words: "no tender ID", "the row has 4 cells, its header 7"
