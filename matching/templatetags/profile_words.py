"""How the pieces of a profile are called, and what adding one would do."""

from __future__ import annotations

from collections.abc import Collection

from django import template
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from matching.bidding.eligibility.records import Finding, FixKind
from matching.completeness import MissingPiece, field_answering
from matching.models import CapabilityProfile
from matching.scoring.classification import Labels

register = template.Library()

PIECES = {
    "turnovers": gettext_lazy("Turnover by year"),
    "projects": gettext_lazy("Finished projects"),
    "certifications": gettext_lazy("Certificates"),
    "net_worth_sek_millions": gettext_lazy("Net worth"),
    "founded_year": gettext_lazy("Founding year"),
    "employees": gettext_lazy("Staff"),
    "indian_presence": gettext_lazy("Standing in India"),
    "local_content_percent": gettext_lazy("Local content"),
    "digital_signature": gettext_lazy("Digital signature"),
}
_ROWS = ("turnovers", "projects")


ON_WEEKDAYS = (
    gettext_lazy("On Mondays"),
    gettext_lazy("On Tuesdays"),
    gettext_lazy("On Wednesdays"),
    gettext_lazy("On Thursdays"),
    gettext_lazy("On Fridays"),
)


@register.filter
def piece_name(field: str) -> str:
    return str(PIECES[field])


@register.filter
def field_anchor(field: str) -> str:
    """Where on the profile's page a piece is filled in."""
    return field if field in _ROWS else f"id_{field}"


@register.filter
def answering_anchor(finding: Finding) -> str:
    """Where the profile could answer this requirement; "" where it isn't the profile that is silent."""
    fix = finding.judgement.fix
    field = field_answering(finding) if fix and fix.kind is FixKind.COMPLETE_PROFILE else ""
    return field_anchor(field) if field else ""


@register.filter
def would_answer(piece: MissingPiece) -> str:
    """What adding a piece would do, in a sentence."""
    if not piece.tenders:
        return _("No open tender on your list asks for it now.")
    asked = ngettext(
        "%(n)s open tender on your list asks for it.",
        "%(n)s open tenders on your list ask for it.",
        piece.tenders,
    ) % {"n": piece.tenders}
    left = ngettext(
        "Until then %(n)s requirement stays unanswered.",
        "Until then %(n)s requirements stay unanswered.",
        piece.requirements,
    ) % {"n": piece.requirements}
    return f"{asked} {left}"


@register.filter
def label_name(labels: Labels) -> str:
    return labels.sv if (get_language() or "en").startswith("sv") else labels.en


@register.filter
def is_being_compared(profile: CapabilityProfile, scorer_versions: Collection[str]) -> bool:
    """Whether it, the scorer or the vocabulary changed since it was last scored against everything."""
    return not profile.is_compared(scorer_versions=scorer_versions)


@register.filter
def on_weekday(weekday: int) -> str:
    """ "On Mondays", for 0."""
    return str(ON_WEEKDAYS[weekday])
