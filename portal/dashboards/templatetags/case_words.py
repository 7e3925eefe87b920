"""What was done about something that waited, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.dashboards.models import CaseEntry
from portal.dashboards.waiting_kinds import WaitingKind
from portal.ui.formats import stockholm_moment

register = template.Library()

Deed = CaseEntry.Deed
# To the one who did it, right afterwards
_DONE = {
    Deed.DISCLOSED: gettext_lazy("Every member sees it now."),
    Deed.SETTLED: gettext_lazy("Settled, and out of the inbox."),
    Deed.SET_ASIDE: gettext_lazy("Set aside until something more becomes known of it."),
    Deed.MERGED: gettext_lazy("Merged: the two are one opportunity now."),
    Deed.KEPT_APART: gettext_lazy("Noted: they are two, and won't be proposed again."),
    Deed.APPROVED: gettext_lazy("Approved. The person is told by mail."),
    Deed.REFUSED: gettext_lazy("Refused. The person is told why by mail."),
    Deed.ACCEPTED: gettext_lazy("The alarm is over: what it gives now counts as usual."),
    Deed.NAMED: gettext_lazy("Kept. Its opportunities are named within a minute."),
    Deed.NAMED_NOBODY: gettext_lazy("Set aside. The body above it in the notice counts instead."),
    Deed.REMARKED: gettext_lazy("The remark is kept."),
}
# To others, in a list
_NAMES = {
    Deed.DISCLOSED: gettext_lazy("disclosed it"),
    Deed.SETTLED: gettext_lazy("settled it"),
    Deed.SET_ASIDE: gettext_lazy("set it aside"),
    Deed.MERGED: gettext_lazy("merged the two"),
    Deed.KEPT_APART: gettext_lazy("said that they are two"),
    Deed.ANSWERED: gettext_lazy("answered a question about it"),
    Deed.APPROVED: gettext_lazy("approved the registration"),
    Deed.REFUSED: gettext_lazy("refused the registration"),
    Deed.ACCEPTED: gettext_lazy("ended the alarm"),
    Deed.NAMED: gettext_lazy("said whose name it is"),
    Deed.NAMED_NOBODY: gettext_lazy("said that it is no buyer by itself"),
    Deed.ASSIGNED: gettext_lazy("left it to nobody"),
    Deed.REMARKED: gettext_lazy("wrote"),
}


@register.filter
def done_words(entry: CaseEntry) -> str:
    """To the one who did it."""
    if entry.deed == Deed.DISCLOSED and entry.holds_from is not None:
        return _("Every member sees it from %(moment)s.") % {"moment": stockholm_moment(entry.holds_from)}
    return str(_DONE[Deed(entry.deed)])


@register.filter
def deed_name(entry: CaseEntry) -> str:
    """What somebody did, after their name."""
    if entry.deed == Deed.DISCLOSED and entry.holds_from is not None:
        return _("disclosed it from %(moment)s") % {"moment": stockholm_moment(entry.holds_from)}
    if entry.deed == Deed.ASSIGNED and entry.given_to == entry.done_by:
        return _("took it")
    if entry.deed == Deed.ASSIGNED and entry.given_to is not None:
        return _("gave it to %(name)s") % {"name": entry.given_to.name}
    return str(_NAMES[Deed(entry.deed)])


@register.filter
def undo_tag(tags: str | None) -> str:
    """The entry that a message offers to take back; "" where it offers none."""
    return tags if tags and tags.isdecimal() else ""


@register.filter
def share(confidence: float) -> str:
    """How sure a reader was, in percent."""
    return f"{round(confidence * 100)} %"


@register.filter
def settle_words(kind: str) -> str:
    """What settling does to something of that kind, as a button says it."""
    return str(_SETTLE[WaitingKind(kind)] if kind in _SETTLE else _IGNORE)


_IGNORE = gettext_lazy("Ignore it")
_SETTLE = {
    WaitingKind.UNDISCLOSED: gettext_lazy("Set aside"),
    WaitingKind.UNSURE: gettext_lazy("Set aside"),
    WaitingKind.DUPLICATE: gettext_lazy("They are two"),
    WaitingKind.REGISTRATION: gettext_lazy("Refuse"),
    WaitingKind.ALARMED: gettext_lazy("It is as it should be"),
    WaitingKind.LAYOUT: gettext_lazy("It is as it should be"),
    WaitingKind.BUYER: gettext_lazy("No buyer by itself"),
}
