"""What a bidder must be or hold: certificates, registration, Indian content, a signature."""

from __future__ import annotations

from decimal import Decimal

from matching.bidding.eligibility.certificates import is_same_certificate
from matching.bidding.eligibility.records import Answer, Case, Fix, FixKind, Judgement, Quantity
from matching.bidding.records import Presence, Signature, TeamRole
from opportunities.parsed_notice import Requirement

# Public procurement (preference to Make in India) order of 16 September 2020.
CLASS_I, CLASS_II = Decimal("0.5"), Decimal("0.2")


def certification(requirement: Requirement, case: Case) -> Judgement:
    asked = Quantity(text=requirement.name or "")
    if not requirement.name:
        return Judgement(Answer.UNKNOWN, asked)
    held = [c for c in case.bidder.certifications if is_same_certificate(requirement.name, c)]
    if held:
        return Judgement(Answer.MET, asked, Quantity(text=held[0]))
    if not case.bidder.certifications:
        return Judgement(Answer.UNKNOWN, asked, fix=Fix(FixKind.COMPLETE_PROFILE))
    has = Quantity(text=", ".join(case.bidder.certifications))
    kind = FixKind.PARTNER_WITH_CERTIFICATE if case.may_team else FixKind.GET_CERTIFICATE
    return Judgement(case.helped(), asked, has, Fix(kind, quantity=asked))


def registration(requirement: Requirement, case: Case) -> Judgement:
    """Registrations are Indian ones: whoever has a company there has most, or can tell."""
    asked = Quantity(text=requirement.name or "")
    presence = case.bidder.presence
    if presence in (Presence.SUBSIDIARY, Presence.UNKNOWN):
        fix = Fix(FixKind.COMPLETE_PROFILE) if presence is Presence.UNKNOWN else None
        return Judgement(Answer.UNKNOWN, asked, Quantity(text=presence), fix)
    fix = Fix(FixKind.INDIAN_PARTNER if case.may_team else FixKind.ASK_BUYER, quantity=asked)
    return Judgement(case.helped(), asked, Quantity(text=presence), fix)


def local_content(requirement: Requirement, case: Case) -> Judgement:
    least = requirement.share if requirement.share is not None else _least_of_class(requirement.name or "")
    asked = Quantity(share=least, text=requirement.name or "")
    has = Quantity(share=case.bidder.local_content)
    if least is None:
        return Judgement(Answer.UNKNOWN, asked, has)
    if has.share is None:
        return Judgement(Answer.UNKNOWN, asked, fix=Fix(FixKind.COMPLETE_PROFILE))
    if has.share >= least:
        return Judgement(Answer.MET, asked, has)
    fix = Fix(FixKind.INDIAN_SUPPLIER, quantity=Quantity(share=least - has.share))
    # Unlike money or works it can be raised without a joint venture, by buying in India.
    return Judgement(Answer.TEAM if case.bidder.role is not TeamRole.NONE else Answer.GAP, asked, has, fix)


def land_border(requirement: Requirement, case: Case) -> Judgement:
    """Sweden shares no border with India. Suppliers further down may come under the rule."""
    return Judgement(Answer.MET)


def joint_venture(requirement: Requirement, case: Case) -> Judgement:
    asked = Quantity(count=requirement.count, share=requirement.share)
    return Judgement(Answer.NOTE, asked)


def exemption(requirement: Requirement, case: Case) -> Judgement:
    """Relief for small Indian firms and start-ups, which a Swedish company isn't: nothing to count on."""
    return Judgement(Answer.NOTE, Quantity(text=requirement.name or ""))


def digital_signature(requirement: Requirement, case: Case) -> Judgement:
    return signature(case)


def signature(case: Case) -> Judgement:
    """Bids are signed with a certificate from an Indian authority."""
    has = Quantity(text=case.bidder.signature)
    if case.bidder.signature is Signature.HELD:
        return Judgement(Answer.MET, has=has)
    return Judgement(Answer.TO_DO, has=has, fix=Fix(FixKind.GET_SIGNATURE))


def hard_copy(requirement: Requirement, case: Case) -> Judgement:
    return Judgement(Answer.TO_DO, fix=Fix(FixKind.SEND_PAPER))


def prebid(requirement: Requirement, case: Case) -> Judgement:
    return Judgement(Answer.TO_DO, fix=Fix(FixKind.ATTEND))


def solvency(requirement: Requirement, case: Case) -> Judgement:
    """A certificate that a bank writes for the occasion: only the company can tell whether it would."""
    return Judgement(Answer.UNKNOWN, Quantity(money=requirement.amount, share=requirement.share))


def _least_of_class(name: str) -> Decimal | None:
    words = name.casefold().replace("-", " ")
    if "class ii" in words or "class 2" in words:
        return CLASS_II
    return CLASS_I if "class i" in words or "class 1" in words else None
