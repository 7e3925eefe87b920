"""What watched tables, their columns and what stands in them are called on a page."""

from __future__ import annotations

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.changes import ChangedColumn
from portal.accounts.counties import COUNTIES
from portal.lib.clocks import STOCKHOLM

register = template.Library()

_TABLES = {
    "accounts_company": _("The company"),
    "accounts_membership": _("Who acts for it"),
    "accounts_user": _("A person's role"),
    "ingest_source": _("The source"),
    "matching_capabilityprofile": _("A profile"),
    "matching_subscription": _("Mail about a profile"),
    "matching_webhookendpoint": _("A system of its own that is told"),
    "opportunities_buyer": _("The buyer"),
    "opportunities_buyeralias": _("A name that means it"),
    "opportunities_city": _("The city"),
}
_DID = {"insert": _("added"), "update": _("changed"), "delete": _("deleted")}
# What a company says in them is its own.
_UNTOLD = frozenset({"matching_capabilityprofile", "matching_subscription"})
_COLUMNS = {
    "address": _("Address"),
    "approved_at": _("Approved"),
    "buyer_id": _("Buyer"),
    "city_id": _("City"),
    "company_id": _("Company"),
    "disabled_at": _("Switched off"),
    "ended_at": _("Ended"),
    "is_active": _("May log in"),
    "is_enabled": _("Switched on"),
    "is_staff": _("Staff"),
    "kind": _("Kind"),
    "name": _("Name"),
    "organisation_number": _("Organisation number"),
    "other_names": _("Other names"),
    "poll_every_minutes": _("Visited every so many minutes"),
    "publisher": _("At this source alone"),
    "region": _("County"),
    "removed_at": _("Taken away"),
    "role": _("Role"),
    "state": _("State"),
    "user_id": _("Person"),
}


@register.filter
def watched_table(table: str) -> str:
    return str(_TABLES.get(table, table))


@register.filter
def what_was_done(did: str) -> str:
    return str(_DID[did])


@register.filter
def is_told(table: str) -> bool:
    """Whether the office is shown what stood there, and not only that it was changed."""
    return table not in _UNTOLD


@register.filter
def column_name(change: ChangedColumn) -> str:
    return str(_COLUMNS.get(change.column, change.column))


@register.filter
def column_value(value: object, column: str) -> str:
    """In words where it has any, else as the database has it; a row of another table by its number."""
    match value:
        case None | "":
            return "–"
        case bool():
            return gettext("yes") if value else gettext("no")
        case list():
            return ", ".join(map(str, value)) or "–"
        case str() if column.endswith("_at") and (moment := parse_datetime(value)):
            return date_format(moment.astimezone(STOCKHOLM), "j M Y H:i")
        case str() if column == "region":
            return COUNTIES.get(value, value)
        case _:
            return str(value)
