"""What a score and its parts are called on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

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
}


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
def first_few(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """As many as fit on a line."""
    return evidence[:4]
