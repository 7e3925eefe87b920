"""How the answers to a tender's requirements, and the steps to a bid, are worded."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from matching.bidding.eligibility.records import Answer, Finding, Fix, FixKind, Quantity
from matching.bidding.feasibility.records import Outlook, PlannedStep, State, StepName
from matching.bidding.feasibility.working_days import holiday_name
from matching.bidding.teams.records import Concern, Missing, MissingPartner
from matching.scoring.engine import domain_name
from opportunities.parsed_notice import RequirementKind
from portal.lib.money import Money
from portal.ui import formats

register = template.Library()

ANSWERS = {
    Answer.MET: gettext_lazy("Met"),
    Answer.TEAM: gettext_lazy("With a partner"),
    Answer.GAP: gettext_lazy("Gap"),
    Answer.UNKNOWN: gettext_lazy("Check"),
    Answer.TO_DO: gettext_lazy("To do"),
    Answer.NOTE: gettext_lazy("Note"),
}
BADGES = {Answer.MET: "good", Answer.TEAM: "early", Answer.GAP: "bad", Answer.TO_DO: "changed"}
OVERALL = {
    Answer.MET: gettext_lazy("You meet what the notice asks for, as far as it is known."),
    Answer.TEAM: gettext_lazy("Not alone, but with the right partner."),
    Answer.GAP: gettext_lazy("Something is missing that no partner makes up for as things stand."),
    Answer.UNKNOWN: gettext_lazy("Some answers are missing. Check them before you decide."),
}
KINDS = {
    RequirementKind.TURNOVER: gettext_lazy("Turnover"),
    RequirementKind.NET_WORTH: gettext_lazy("Net worth"),
    RequirementKind.SOLVENCY: gettext_lazy("Solvency certificate"),
    RequirementKind.EXPERIENCE: gettext_lazy("Experience"),
    RequirementKind.CERTIFICATION: gettext_lazy("Certificate"),
    RequirementKind.REGISTRATION: gettext_lazy("Registration in India"),
    RequirementKind.MANPOWER: gettext_lazy("Staff"),
    RequirementKind.LOCAL_CONTENT: gettext_lazy("Local content"),
    RequirementKind.LAND_BORDER: gettext_lazy("Land border rule"),
    RequirementKind.JOINT_VENTURE: gettext_lazy("Joint venture"),
    RequirementKind.BID_SECURITY: gettext_lazy("Bid security (EMD)"),
    RequirementKind.DOCUMENT_FEE: gettext_lazy("Tender fee"),
    RequirementKind.EXEMPTION: gettext_lazy("Exemption"),
    RequirementKind.PREBID: gettext_lazy("Pre-bid meeting"),
    RequirementKind.DIGITAL_SIGNATURE: gettext_lazy("Digital signature"),
    RequirementKind.HARD_COPY: gettext_lazy("Papers by post"),
}
OUTLOOKS = {
    Outlook.FEASIBLE: gettext_lazy("There is time."),
    Outlook.WITH_PARTNER: gettext_lazy("Only if a partner in India takes the steps that are too late."),
    Outlook.TOO_LATE: gettext_lazy("Too late to begin now."),
    Outlook.UNKNOWN: gettext_lazy("No deadline is stated, so nothing can be planned yet."),
}
STEPS = {
    StepName.DECIDE: gettext_lazy("Decide to bid"),
    StepName.ASK: gettext_lazy("Send questions"),
    StepName.ATTEND: gettext_lazy("Pre-bid meeting"),
    StepName.LEGALISE: gettext_lazy("Apostille and translations"),
    StepName.SIGNATURE: gettext_lazy("Digital signature, Class 3"),
    StepName.ENROL: gettext_lazy("Register on the portal"),
    StepName.AGREE: gettext_lazy("Sign joint venture papers"),
    StepName.SECURE: gettext_lazy("Bank guarantee for the EMD"),
    StepName.COURIER: gettext_lazy("Papers by courier"),
    StepName.HAND_IN: gettext_lazy("Upload the bid"),
}
STATES = {
    State.TIME: gettext_lazy("in time"),
    State.TIGHT: gettext_lazy("begin now"),
    State.LATE: gettext_lazy("too late"),
}


MISSING = {
    MissingPartner.INDIAN_LEAD: gettext_lazy("a larger company, perhaps Indian, that leads"),
    MissingPartner.INDIAN_COMPANY: gettext_lazy("a company registered in India"),
    MissingPartner.INDIAN_SUPPLIER: gettext_lazy("a supplier or maker in India"),
    MissingPartner.CERTIFICATE_HOLDER: gettext_lazy("someone certified for"),
    MissingPartner.LARGER_COMPANY: gettext_lazy("a larger company"),
    MissingPartner.EXPERIENCED_COMPANY: gettext_lazy("a company with such works behind it"),
    MissingPartner.SPECIALIST: gettext_lazy("a specialist in"),
}
CONCERNS = {
    Concern.COULD_BID_ALONE: gettext_lazy(
        "One of you seems able to bid alone. Then there has to be a good reason to bid together."
    ),
    Concern.SUBSTITUTES: gettext_lazy(
        "Two of you offer the same here. Competitors that bid together must reach what neither can alone."
    ),
    Concern.IN_OTHER_TEAM: gettext_lazy("One of you is in another team for this tender already."),
}


@register.filter
def missing_partner(missing: Missing) -> str:
    """ "a specialist in lighting"."""
    name = str(MISSING[missing.partner])
    if missing.partner is MissingPartner.SPECIALIST:
        return f"{name} {domain_names([missing.text])}"
    return f"{name} {missing.text}" if missing.partner is MissingPartner.CERTIFICATE_HOLDER else name


@register.filter
def concern_words(concern: Concern) -> str:
    return str(CONCERNS[concern])


@register.filter
def domain_names(slugs: Iterable[str]) -> str:
    """Fields as they stand within a sentence: "lighting, ICT networks"."""
    names = (domain_name(slug, get_language() or "en") for slug in slugs)
    return ", ".join(name if name[:2].isupper() else name[:1].lower() + name[1:] for name in names)


@register.filter
def requirement_kinds(kinds: Iterable[RequirementKind]) -> str:
    return ", ".join(str(KINDS[kind]) for kind in kinds)


@register.filter
def answer_name(answer: Answer) -> str:
    return str(ANSWERS[answer])


@register.filter
def answer_badge(answer: Answer) -> str:
    """The badge's modifier; "ended" is the quiet one."""
    return BADGES.get(answer, "ended")


@register.filter
def bid_answer(answer: Answer) -> str:
    return str(OVERALL[answer])


@register.filter
def requirement_kind(kind: str) -> str:
    return str(KINDS[RequirementKind(kind)])


@register.filter
def asked(finding: Finding) -> str:
    """What is asked, in a few words; "" where the sentence has to speak for itself."""
    quantity = finding.judgement.asked
    match finding.kind:
        case RequirementKind.EXPERIENCE if quantity.money or quantity.share is not None:
            return _works(quantity)
        case RequirementKind.EXPERIENCE if quantity.count:
            return ngettext("%(n)s year", "%(n)s years", quantity.count) % {"n": quantity.count}
        case RequirementKind.MANPOWER if quantity.count:
            return ngettext("%(n)s person", "%(n)s people", quantity.count) % {"n": quantity.count}
        case RequirementKind.JOINT_VENTURE if quantity.count:
            return _("at most %(n)s members") % {"n": quantity.count}
        case RequirementKind.LOCAL_CONTENT if quantity.share is not None:
            return _("at least %(share)s made in India") % {"share": _percent(quantity.share)}
        case _:
            return formats.money(quantity.money) if quantity.money else quantity.text


@register.filter
def has(finding: Finding) -> str:
    """What the company has to show; "" where there is nothing to compare."""
    quantity = finding.judgement.has
    match finding.kind:
        case RequirementKind.EXPERIENCE if finding.judgement.asked.money or finding.judgement.asked.share:
            return _("%(n)s that size") % {"n": quantity.count} if quantity.count is not None else ""
        case RequirementKind.EXPERIENCE | RequirementKind.MANPOWER:
            return str(quantity.count) if quantity.count is not None else ""
        case RequirementKind.LOCAL_CONTENT:
            return _percent(quantity.share) if quantity.share is not None else ""
        case RequirementKind.REGISTRATION | RequirementKind.DIGITAL_SIGNATURE:
            return ""
        case _:
            return _amount(quantity.money) if quantity.money else quantity.text


@register.filter
def fix(finding: Finding) -> str:  # noqa: PLR0911  # one arm for each way out
    """The cheapest thing that would help, in a sentence; "" where nothing is needed."""
    if finding.judgement.fix is None:
        return _note(finding)
    found = finding.judgement.fix
    sum_ = _sum(found)
    match found.kind:
        case FixKind.PARTNER_WITH_TURNOVER:
            return _("A partner with at least %(sum)s a year would close it.") % {"sum": sum_}
        case FixKind.PARTNER_WITH_NET_WORTH:
            return _("A partner with a net worth of at least %(sum)s would close it.") % {"sum": sum_}
        case FixKind.PAY:
            return _("Have %(sum)s ready.") % {"sum": sum_}
        case FixKind.PARTNER_WITH_CERTIFICATE:
            return _("A partner that holds %(name)s would do.") % {"name": found.quantity.text}
        case FixKind.GET_CERTIFICATE:
            return _("Get certified for %(name)s; that takes months.") % {"name": found.quantity.text}
        case FixKind.INDIAN_SUPPLIER:
            return _("Buy or make %(share)s more of it in India.") % {"share": _share(found)}
        case FixKind.ASK_BUYER if sum_:
            return _("You are %(sum)s short. Ask the buyer whether a joint venture is accepted.") % {
                "sum": sum_
            }
        case _:
            return str(_SENTENCES[found.kind])


_SENTENCES = {
    FixKind.PARTNER_WITH_WORKS: gettext_lazy("A partner with such works behind it would close it."),
    FixKind.PARTNER_WITH_YEARS: gettext_lazy("A partner with that many years would close it."),
    FixKind.PARTNER_WITH_STAFF: gettext_lazy("A partner with more people would close it."),
    FixKind.INDIAN_PARTNER: gettext_lazy("An Indian partner has it, or can get it."),
    FixKind.GET_SIGNATURE: gettext_lazy(
        "Get a Class 3 signing certificate from an Indian authority, or let an Indian partner sign."
    ),
    FixKind.ASK_BUYER: gettext_lazy("Ask the buyer whether a joint venture is accepted."),
    FixKind.COMPLETE_PROFILE: gettext_lazy("Your profile doesn't say. Add it, and this is answered."),
    FixKind.SEND_PAPER: gettext_lazy("Reckon with a courier: the papers must lie there in time."),
    FixKind.ATTEND: gettext_lazy("Take part, or send someone: answers given there bind."),
}


@register.filter
def outlook_words(outlook: Outlook) -> str:
    return str(OUTLOOKS[outlook])


@register.filter
def bid_step(name: StepName) -> str:
    return str(STEPS[name])


@register.filter
def step_state(state: State) -> str:
    return str(STATES[state])


@register.filter
def step_badge(state: State) -> str:
    return {State.TIME: "good", State.TIGHT: "early", State.LATE: "bad"}[state]


@register.filter
def holidays_lost(planned: PlannedStep) -> str:
    """The days off within a step: "Republic Day 26 Jan 2027"."""
    language = "sv" if (get_language() or "en").startswith("sv") else "en"
    days = (
        (holiday_name(day, planned.step.country, planned.place, language=language), formats.day(day))
        for day in planned.holidays
    )
    return ", ".join(f"{name} {when}" if name else when for name, when in days)


def _note(finding: Finding) -> str:
    match finding.kind, finding.answer:
        case RequirementKind.LOCAL_CONTENT, Answer.NOTE:
            return _(
                "The notice doesn't say. Unless bidders from all over the world are invited, less than "
                "20% made in India is usually not enough. Check the documents."
            )
        case RequirementKind.LAND_BORDER, _:
            return _("Doesn't concern Sweden. Check where your suppliers are.")
        case RequirementKind.EXEMPTION, _:
            return _("For Indian small firms and start-ups: don't count on it.")
        case _:
            return ""


def _works(quantity: Quantity) -> str:
    count = quantity.count or 1
    if quantity.money is None:
        share = _percent(quantity.share or Decimal(0))
        return ngettext(
            "%(n)s similar work of %(size)s of the value",
            "%(n)s similar works of %(size)s of the value",
            count,
        ) % {"n": count, "size": share}
    size = formats.money(quantity.money)
    return ngettext("%(n)s similar work of %(size)s", "%(n)s similar works of %(size)s each", count) % {
        "n": count,
        "size": size,
    }


def _amount(money: Money) -> str:
    return formats.kronor(money.amount) if money.currency == "SEK" else formats.money(money)


def _sum(found: Fix) -> str:
    parts = [formats.money(found.rupees)] if found.rupees else []
    if found.kronor:
        parts.append(f"≈{formats.NBSP}{formats.kronor(found.kronor.amount)}")
    return " ".join(parts)


def _share(found: Fix) -> str:
    return _percent(found.quantity.share or Decimal(0))


def _percent(share: Decimal) -> str:
    percent = formats.number(share * 100, decimals=1)
    return f"{percent}{formats.NBSP}%" if formats.locale() == "sv_SE" else f"{percent}%"
