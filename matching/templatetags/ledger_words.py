"""What the lines of the ledger say, in the reader's language."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.services.reach import Unreached
from opportunities.chain import Flaw, LedgerKind

register = template.Library()

_KINDS = {
    LedgerKind.DISCLOSED: gettext_lazy("Disclosed"),
    LedgerKind.CORRECTED: gettext_lazy("Corrected"),
    LedgerKind.WITHDRAWN: gettext_lazy("Withdrawn"),
    LedgerKind.DESCRIBED: gettext_lazy("Company described"),
    LedgerKind.PREVIEWED: gettext_lazy("Looked at beforehand"),
    LedgerKind.EXCEPTED: gettext_lazy("Exception"),
    LedgerKind.NAMES_REVEALED: gettext_lazy("Names told"),
    LedgerKind.IMPERSONATED: gettext_lazy("Looked as a member"),
    LedgerKind.ADMITTED: gettext_lazy("Became a member"),
    LedgerKind.REFUSED: gettext_lazy("Refused as a member"),
    LedgerKind.MAIL_HELD: gettext_lazy("Kept out of mail"),
    LedgerKind.MAIL_LET_GO: gettext_lazy("In mail again"),
    LedgerKind.LEFT: gettext_lazy("Is no longer a member"),
}
_BADGES = {
    LedgerKind.DISCLOSED: "badge--good",
    LedgerKind.CORRECTED: "badge--early",
    LedgerKind.WITHDRAWN: "badge--bad",
    LedgerKind.EXCEPTED: "badge--bad",
}
# What led to a line that nobody decided
_CAUSES = {
    "merge": gettext_lazy("follows from merging two"),
    "split": gettext_lazy("follows from splitting two"),
    "tender": gettext_lazy("a portal has published it"),
    "unsaid": gettext_lazy("no document says so any more"),
}
_UNREACHED = {
    Unreached.NOT_APPROVED: gettext_lazy("not approved yet"),
    Unreached.OUTSIDE: gettext_lazy("outside the rule"),
    Unreached.NO_PROFILE: gettext_lazy("without a profile"),
    Unreached.TOO_LOW: gettext_lazy("match below where the list begins"),
}
_FLAWS = {
    Flaw.MISSING: gettext_lazy("No: lines are gone, or stand in another place."),
    Flaw.UNBOUND: gettext_lazy("No: a line isn't bound to the one before it."),
    Flaw.ALTERED: gettext_lazy("No: a line doesn't say what was sealed."),
    Flaw.CUT: gettext_lazy(
        "No: the head that was kept isn't among the lines. The end is gone, or all is new."
    ),
}


@register.filter
def flaw_words(flaw: Flaw) -> str:
    return str(_FLAWS[flaw])


@register.filter
def gap_words(gap: timedelta) -> str:
    """As exact as it was kept: "0 s", "3 h 20 min"."""
    minutes, seconds = divmod(gap.total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    days, hours = divmod(hours, 24)
    if not (days or hours or minutes):
        return f"{seconds:g} s"
    told = ((days, _("d")), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in told if number)


@register.filter
def ledger_kind(kind: str) -> str:
    """A kind that a later version wrote stands as it is."""
    return str(_KINDS[LedgerKind(kind)]) if kind in set(LedgerKind) else kind


@register.filter
def ledger_badge(kind: str) -> str:
    return _BADGES[LedgerKind(kind)] if kind in _BADGES else ""


@register.filter
def ledger_cause(cause: str) -> str:
    return str(_CAUSES.get(cause, gettext_lazy("by rule")))


@register.filter
def unreached_because(why: Unreached) -> str:
    return str(_UNREACHED[why])
