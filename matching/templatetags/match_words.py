"""What a score and its parts are called on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from matching.models import Verdict
from matching.profile_form.form import code_in, code_name
from matching.scoring.engine import domain_name
from matching.scoring.records import Evidence
from portal.lib.money import Money

register = template.Library()

RULES = {
    "domain": _("Field"),
    "words": _("Wording"),
    "meaning": _("Meaning"),
    "value_band": _("Contract value"),
    "place": _("Place"),
    "earlier_work": _("Earlier work"),
    "feedback": _("Your feedback"),
}


REASONS = {
    Verdict.Reason.WRONG_FIELD: _("Not our field"),
    Verdict.Reason.TOO_BIG: _("Too big for us"),
    Verdict.Reason.TOO_SMALL: _("Too small for us"),
    Verdict.Reason.WRONG_PLACE: _("The wrong place"),
    Verdict.Reason.INELIGIBLE: _("We don't meet the requirements"),
    Verdict.Reason.NO_TIME: _("Not enough time"),
    Verdict.Reason.NO_PARTNER: _("No partner for it"),
    Verdict.Reason.OTHER: _("Another reason"),
}


@register.simple_tag
def dismissal_reasons() -> list[tuple[str, str]]:
    """The reasons a person chooses from, each with its words."""
    return [(reason.value, str(words)) for reason, words in REASONS.items()]


@register.filter
def reason_words(reason: Verdict.Reason) -> str:
    return str(REASONS[reason])


@register.filter
def rule_name(rule: str) -> str:
    return str(RULES.get(rule, rule))


@register.filter
def detail(details: Iterable[tuple[str, str]], name: str) -> str:
    return dict(details).get(name, "")


@register.filter
def as_money(text: str) -> Money | None:
    """ "INR 845000000" as an amount."""
    currency, _, amount = text.partition(" ")
    try:
        return Money(Decimal(amount), currency)
    except InvalidOperation:
        return None


@register.filter
def as_rupees(amount: Decimal) -> Money:
    return Money(amount, "INR")


@register.filter
def share_of(points: int, most: int) -> int:
    """Points as a share of the most that could be had, 0–100."""
    return 0 if most <= 0 else max(0, min(100, round(100 * points / most)))


@register.filter
def concept_name(words: str) -> str:
    """Words of a profile as they stand, and a field chosen from the list by its name."""
    return domain_name(words, get_language() or "en")


@register.filter
def concept_names(slugs: str) -> str:
    """Concepts by their names, from their slugs with spaces between."""
    return ", ".join(concept_name(slug) for slug in slugs.split())


@register.filter
def in_this_language(names: dict[str, str]) -> str:
    return names["sv" if (get_language() or "").startswith("sv") else "en"]


@register.filter
def subject_name(evidence: Evidence) -> str:
    """The concept that links the texts, in the reader's language, or else the words themselves."""
    if evidence.bridge:
        return concept_name(evidence.bridge)
    return gettext("“%(words)s”") % {"words": evidence.offered}


@register.filter
def statement_name(statement: str) -> str:
    """What a company says, as it stands; a CPV code by its name in the reader's language."""
    return (code_in(statement) and code_name(statement)) or statement


@register.filter
def first_few(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """As many as fit on a line, none of which only says a part of another."""
    told = dict.fromkeys(each.offered.casefold() for each in evidence)
    whole = [words for words in told if not any(words != other and words in other for other in told)]
    first = {each.offered.casefold(): each for each in reversed(evidence)}
    return [first[words] for words in whole][:4]
