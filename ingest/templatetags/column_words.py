"""What the office is told of a table's columns: what may stand in them, and why we think so."""

from __future__ import annotations

from collections.abc import Collection

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ingest.reading.columns.plan import Because, DateOrder, Reason, TableState, Unit
from ingest.reading.columns.readers import FIELDS
from opportunities.templatetags.opportunity_words import fact_name

register = template.Library()

# Fields of a table that aren't facts of an opportunity.
FIELD_NAMES = {
    "title_reference_id": _("Title, reference and tender ID in one"),
    "eligibility": _("What it asks for"),
    "expected": _("When the tender is expected"),
    "publisher": _("Which portal numbers it"),
    "_state": _("Which state's portal numbers it"),
    "ocid": _("Open contracting ID (OCID)"),
    "tag": _("What a release does (OCDS tag)"),
    "currency": _("Currency of the value"),
    "url": _("Web address"),
}
UNITS = {
    Unit.ONE.value: _("as written, in single rupees or with its unit"),
    Unit.THOUSAND.value: _("in thousands"),
    Unit.LAKH.value: _("in lakh"),
    Unit.MILLION.value: _("in millions"),
    Unit.CRORE.value: _("in crore"),
}
DATE_ORDERS = {
    DateOrder.DAY_FIRST.value: _("the day before the month"),
    DateOrder.MONTH_FIRST.value: _("the month before the day"),
    DateOrder.SERIAL.value: _("a spreadsheet's number of days"),
}
STATES = {
    TableState.MAPPED: _("Mapped"),
    TableState.KNOWN: _("Known columns"),
    TableState.GUESSED: _("Read by a guess"),
    TableState.WAITING: _("Columns to map"),
    TableState.NO_NOTICES: _("Lists no notices"),
}
_REASONS = {
    Because.LABEL: _("named as portals name it"),
    Because.SYNONYM: _("“%(words)s” is a name for it"),
    Because.PART: _("“%(words)s” stands in its name"),
    Because.CONTENT: _("%(count)s of %(total)s values look like it"),
    Because.AGREES: _("%(count)s of %(total)s values can be read as that"),
    Because.CONTRADICTS: _("%(count)s of %(total)s values can't be read as that"),
    Because.UNIT: _("the name says: in %(words)s"),
    Because.UNIT_TOO_LARGE: _("in that unit the amounts would be larger than any tender's"),
    Because.UNIT_UNKNOWN: _("small numbers without a unit: lakh or crore?"),
    Because.ORDER_UNCLEAR: _("some dates begin with the day, some with the month"),
    Because.MONTH_FIRST: _("the month stands before the day"),
    Because.SERIAL: _("numbers as spreadsheets count days"),
    Because.REPEATS: _("column %(words)s holds the same, and comes first"),
    Because.PRIVATE: _("about bidders or persons: not read"),
    Because.EMPTY: _("empty in the first rows"),
    Because.UNKNOWN: _("neither name nor values tell"),
}
NOT_READ = _("not read")


@register.filter
def field_name(field: str) -> str:
    return str(FIELD_NAMES.get(field) or fact_name(field))


@register.filter
def reason_words(reason: Reason) -> str:
    parts = {"words": reason.words, "count": reason.count, "total": reason.total}
    return str(_REASONS[reason.because]) % parts


@register.filter
def table_state(state: str) -> str:
    return str(STATES.get(TableState(state), state))


def field_choices(spare: Collection[str], mark: str) -> list[tuple[str, str]]:
    """Every field a column may hold; those in ``spare`` also as what is read where the first says nothing."""
    choices = [("", str(NOT_READ))]
    for field in FIELDS:
        choices.append((field, field_name(field)))
        if field in spare:
            choices.append(
                (
                    f"{mark}{field}",
                    gettext("%(field)s, where the first says nothing") % {"field": field_name(field)},
                )
            )
    return choices
