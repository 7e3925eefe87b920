"""What can be done about each kind of thing that waits. Called through ``handling``, which keeps record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.services import (
    Answer,
    accept_layout,
    accept_reading,
    answer_question,
    settle_document,
    settle_quarantined_part,
)
from opportunities.selectors import UnknownBuyer, buyers_known, unknown_buyers, waiting_proposals
from opportunities.services import (
    admit_company,
    disclose_opportunity,
    merge_opportunities,
    name_buyer_alias,
    refuse_company,
    refuse_proposal,
    set_aside_buyer_name,
)
from portal.accounts.models import User
from portal.dashboards.cases import Deed
from portal.dashboards.models import Case
from portal.dashboards.waiting_kinds import WaitingKind


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, when, and upon what; its case is locked."""

    case: Case
    by: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    deed: Deed
    words: str = ""
    way_back: int | None = None  # the row that takes it back
    holds_from: datetime | None = None  # None: at once


class NotForThis(Exception):
    """Such a deed can't be done about a thing of this kind."""


class Overtaken(Exception):
    """Somebody or something else was faster."""


Act = Callable[[Acting], Done]


def disclosing(from_: datetime | None) -> Act:
    """Let every member see it from that moment on; None: at once."""

    def disclose(acting: Acting) -> Done:
        if acting.case.kind != WaitingKind.UNDISCLOSED:
            raise NotForThis
        later = from_ if from_ is not None and from_ > acting.at else None
        disclose_opportunity(acting.case.about, from_=later or acting.at, by=acting.by, now=acting.at)
        return Done(Deed.DISCLOSED, holds_from=later)

    return disclose


def settling(because: str) -> Act:
    """Note why it needs nothing more: what that means depends on what it is."""

    def settle(acting: Acting) -> Done:
        settle_it = _SETTLING.get(WaitingKind(acting.case.kind))
        if settle_it is None:
            raise NotForThis
        return settle_it(acting, because)

    return settle


def merging(*, may_disclose: bool) -> Act:
    """Read the two as one from now on. Raise DisclosureDiffers where that discloses what it may not."""

    def merge(acting: Acting) -> Done:
        proposal = _proposal(acting)
        merged = merge_opportunities(
            proposal.first_id, proposal.second_id, by=acting.by, may_disclose=may_disclose, now=acting.at
        )
        if merged is None:
            raise Overtaken
        return Done(Deed.MERGED, way_back=merged.pk)

    return merge


def answering(extraction_id: int, key: str, *, answer: Answer, words: str) -> Act:
    """Take the office's answer to one question. Raise NotUnderstood if it can't be taken."""

    def say(acting: Acting) -> Done:
        ruling = answer_question(extraction_id, key, answer=answer, words=words, by=acting.by, now=acting.at)
        return Done(Deed.ANSWERED, words, way_back=ruling)

    return say


def approving(acting: Acting) -> Done:
    """Let the person act for the company."""
    if acting.case.kind != WaitingKind.REGISTRATION:
        raise NotForThis
    if not admit_company(acting.case.about, by=acting.by, now=acting.at):
        raise Overtaken
    return Done(Deed.APPROVED)


def naming(buyer_id: int) -> Act:
    """The name that waits means this buyer."""

    def name(acting: Acting) -> Done:
        unknown = _unknown_buyer(acting)
        buyer = buyers_known(to=None, at=acting.at).filter(pk=buyer_id).first()
        if buyer is None:
            raise NotForThis
        alias = name_buyer_alias(
            buyer.pk, unknown.name, publisher=unknown.where_meant, by=acting.by, now=acting.at
        )
        return Done(Deed.NAMED, buyer.name, way_back=alias.pk)

    return name


def _unknown_buyer(acting: Acting) -> UnknownBuyer:
    if acting.case.kind != WaitingKind.BUYER:
        raise NotForThis
    waiting = (one for one in unknown_buyers() if one.first_opportunity == acting.case.about)
    found = next(waiting, None)
    if found is None:
        raise Overtaken
    return found


def _no_buyer(acting: Acting, because: str) -> Done:
    unknown = _unknown_buyer(acting)
    alias = set_aside_buyer_name(unknown.name, publisher=unknown.publisher, by=acting.by, now=acting.at)
    return Done(Deed.NAMED_NOBODY, because, way_back=alias.pk)


def _proposal(acting: Acting) -> Any:
    if acting.case.kind != WaitingKind.DUPLICATE:
        raise NotForThis
    proposal = waiting_proposals().filter(pk=acting.case.about).first()
    if proposal is None:
        raise Overtaken
    return proposal


def _settle_part(acting: Acting, because: str) -> Done:
    settle_quarantined_part(acting.case.about, because=because, by=acting.by, now=acting.at)
    return Done(Deed.SETTLED, because)


def _settle_document(acting: Acting, because: str) -> Done:
    settle_document(acting.case.about, because=because, by=acting.by, now=acting.at)
    return Done(Deed.SETTLED, because)


def _set_aside(acting: Acting, because: str) -> Done:
    acting.case.set_aside_at = acting.at
    acting.case.save(update_fields=["set_aside_at"])
    return Done(Deed.SET_ASIDE, because)


def _keep_apart(acting: Acting, because: str) -> Done:
    refuse_proposal(acting.case.about, by=acting.by, now=acting.at)
    return Done(Deed.KEPT_APART, because)


def _refuse(acting: Acting, because: str) -> Done:
    if not refuse_company(acting.case.about, because=because, by=acting.by, now=acting.at):
        raise Overtaken
    return Done(Deed.REFUSED, because)


def _accept_reading(acting: Acting, because: str) -> Done:
    accept_reading(acting.case.about)
    return Done(Deed.ACCEPTED, because)


def _accept_layout(acting: Acting, because: str) -> Done:
    accept_layout(acting.case.about, by=acting.by, now=acting.at)
    return Done(Deed.ACCEPTED, because)


_SETTLING: dict[WaitingKind, Callable[[Acting, str], Done]] = {
    WaitingKind.UNDISCLOSED: _set_aside,
    WaitingKind.UNSURE: _set_aside,
    WaitingKind.QUARANTINED: _settle_part,
    WaitingKind.REJECTED: _settle_document,
    WaitingKind.DUPLICATE: _keep_apart,
    WaitingKind.REGISTRATION: _refuse,
    WaitingKind.ALARMED: _accept_reading,
    WaitingKind.LAYOUT: _accept_layout,
    WaitingKind.BUYER: _no_buyer,
}
