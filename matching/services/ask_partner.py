from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matching.models import CapabilityProfile, PartnerRequest
from matching.partners import concerns_between
from opportunities.chain import LedgerKind
from opportunities.models import Opportunity
from opportunities.services import About, write_ledger
from portal.accounts.models import User


class CannotAsk(Exception):
    """The company doesn't take part in joint ventures, or is the one that asks."""


@transaction.atomic
def ask_partner(
    opportunity_id: int, *, asking: CapabilityProfile, asked: CapabilityProfile, by: User, now: datetime
) -> PartnerRequest:
    """Ask a company, without telling either's name, whether it would bid together.

    Asking twice is asking once. If the other has asked already, asking back is to agree. One that was taken
    back is asked anew; one that was declined stays declined. What competition law asks about the two is kept
    with the question.
    """
    willing = asking.is_joint_venture_willing and asked.is_joint_venture_willing
    if not willing or asking.company_id == asked.company_id:
        raise CannotAsk
    # Both may ask at the same moment. Locked in one order, so that the second sees what the first did.
    list(
        CapabilityProfile.objects.select_for_update(no_key=True)
        .filter(pk__in=(asking.pk, asked.pk))
        .order_by("pk")
    )
    back = PartnerRequest.objects.filter(
        opportunity=opportunity_id, asking=asked, asked=asking, withdrawn_at=None
    ).first()
    if back is not None and back.has_agreed is not False:
        return back if back.has_agreed else _answer(back, has_agreed=True, by=by, now=now)
    before = PartnerRequest.objects.filter(opportunity=opportunity_id, asking=asking, asked=asked).first()
    if before is not None and before.withdrawn_at is None:
        return before
    opportunity = Opportunity.objects.get(pk=opportunity_id)
    request = before or PartnerRequest(opportunity=opportunity, asking=asking, asked=asked)
    request.asked_by, request.asked_at, request.withdrawn_at = by, now, None
    request.concerns = list(concerns_between(asking, asked, opportunity, now=now))
    request.save()
    return request


@transaction.atomic
def answer_partner(request_id: int, *, has_agreed: bool, by: User, now: datetime) -> PartnerRequest:
    """Agree, which tells both names, or decline, which tells none. The first answer stands."""
    request = PartnerRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    return _answer(request, has_agreed=has_agreed, by=by, now=now) if request.is_open else request


@transaction.atomic
def withdraw_partner_request(request_id: int, *, now: datetime) -> PartnerRequest:
    """Take a question back. Does nothing once it is answered: names that were told can't be untold."""
    request = PartnerRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    if request.is_open:
        request.withdrawn_at = now
        request.save(update_fields=["withdrawn_at"])
    return request


def _answer(request: PartnerRequest, *, has_agreed: bool, by: User, now: datetime) -> PartnerRequest:
    request.has_agreed, request.answered_by, request.answered_at = has_agreed, by, now
    request.save(update_fields=["has_agreed", "answered_by", "answered_at"])
    if has_agreed:
        # A line for each of the two, by whoever agreed for it: neither reads the other's.
        for profile, agreed in ((request.asking, request.asked_by), (request.asked, by)):
            about = About(opportunity=request.opportunity_id, company=profile.company_id)
            write_ledger(LedgerKind.NAMES_REVEALED, by=agreed, now=now, about=about)
    return request
