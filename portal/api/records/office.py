"""What the office works with, as the API tells of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opportunities.project_selectors import Proposal
from opportunities.selectors import LedgerLine, ledger_for_office, office_line
from portal.dashboards.cases import entries_of
from portal.dashboards.desk import Desk
from portal.dashboards.models import CaseEntry
from portal.dashboards.undoing import may_be_undone
from portal.dashboards.waiting import Waiting

_MOST_LINES = 50


@dataclass(frozen=True)
class InboxLineRecord:
    """One thing that waits. None and "": there is none."""

    key: str
    kind: str
    title: str
    detail: str
    since: datetime | None
    is_early: bool
    likeness: int | None
    looked_after_by: str


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One reading to confirm, to correct or to settle."""

    extraction: int
    key: str
    field: str
    place: str
    words: str
    has_reading: bool  # so that there is something to confirm
    reason: str


@dataclass(frozen=True, slots=True)
class LikelyBuyerRecord:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class DeedRecord:
    """What somebody of the office did or wrote."""

    id: int
    about: str
    deed: str
    title: str
    words: str
    to_name: str
    by_name: str
    done_at: datetime
    holds_from: datetime | None
    undone_at: datetime | None
    may_be_undone: bool


@dataclass(frozen=True)
class InboxItemRecord(InboxLineRecord):
    """All that is needed to do something about it."""

    original: str  # the words of the document that told of it
    opportunities: tuple[int, ...]
    questions: list[QuestionRecord]
    likely_buyers: list[LikelyBuyerRecord]
    deeds: list[DeedRecord]


@dataclass(frozen=True, slots=True)
class DisclosureRecord:
    """To whom an opportunity is disclosed, from when on, and all that the ledger says of it."""

    opportunity: int
    title: str
    disclosed_from: datetime | None
    domains: tuple[str, ...]
    regions: tuple[str, ...]
    ledger: list[LedgerLine]


@dataclass(frozen=True, slots=True)
class GroundRecord:
    """Why two may belong together."""

    ground: str
    points: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """That a project may have come to a tender, or has."""

    project: int
    project_title: str
    opportunity: int
    opportunity_title: str
    likeness: int
    grounds: tuple[GroundRecord, ...]
    state: str
    proposed_at: datetime
    confirmed_at: datetime | None


def inbox_line_record(line: Waiting) -> InboxLineRecord:
    return InboxLineRecord(**_line(line))


def inbox_item_record(line: Waiting, desk: Desk, *, at: datetime) -> InboxItemRecord:
    asked = desk.provenance.questions if desk.provenance else ()
    proposal = desk.proposal
    about = (proposal.first_id, proposal.second_id) if proposal else ()
    return InboxItemRecord(
        **_line(line),
        original=desk.original.text if desk.original else "",
        opportunities=(desk.opportunity.pk,) if desk.opportunity else about,
        questions=[
            QuestionRecord(
                one.extraction_id,
                one.question.key,
                str(one.question.field),
                one.question.place,
                one.question.words,
                one.question.value is not None,
                one.question.reason,
            )
            for one in asked
        ],
        likely_buyers=[LikelyBuyerRecord(buyer.pk, buyer.name) for buyer in desk.likely_buyers],
        deeds=[deed_record(entry, line.key, at=at) for entry in entries_of(line.case)],
    )


def _line(line: Waiting) -> dict[str, Any]:
    person = line.case.assigned_to if line.case else None
    return {
        "key": line.key,
        "kind": str(line.kind),
        "title": line.title,
        "detail": str(line.detail),
        "since": line.since,
        "is_early": line.is_early,
        "likeness": line.likeness,
        "looked_after_by": person.name if person else "",
    }


def deed_record(entry: CaseEntry, key: str, *, at: datetime) -> DeedRecord:
    return DeedRecord(
        entry.pk,
        key,
        entry.deed,
        entry.title,
        entry.words,
        entry.given_to.name if entry.given_to else "",
        entry.done_by.name,
        entry.done_at,
        entry.holds_from,
        entry.undone_at,
        may_be_undone(entry, at=at),
    )


def disclosure_record(opportunity: Any) -> DisclosureRecord:
    lines = ledger_for_office(opportunity_id=opportunity.pk)[:_MOST_LINES]
    return DisclosureRecord(
        opportunity.pk,
        opportunity.title,
        opportunity.disclosed_from,
        opportunity.audience.domains,
        opportunity.audience.regions,
        [office_line(line) for line in lines],
    )


def disclosure_version(opportunity: Any) -> str:
    """Another one wherever something else stands: figures, as versions are."""
    audience = opportunity.audience
    told = repr((opportunity.disclosed_from, audience.domains, audience.regions))
    return str(int.from_bytes(hashlib.sha256(told.encode()).digest()[:6]))


def link_record(proposal: Proposal) -> LinkRecord:
    link: Any = proposal.link
    return LinkRecord(
        link.project_id,
        link.project.title,
        link.opportunity_id,
        link.opportunity.title,
        link.likeness,
        tuple(GroundRecord(str(one.ground), one.points, one.words) for one in proposal.grounds),
        link.state,
        link.proposed_at,
        link.confirmed_at,
    )
