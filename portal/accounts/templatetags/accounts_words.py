from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.browsers import browser_of
from portal.accounts.counties import COUNTIES
from portal.accounts.organisation_numbers import as_written

LONGEST_UNKNOWN = 60
_SCOPES = {
    "read": gettext_lazy("reads"),
    "write": gettext_lazy("changes what is yours"),
    "office": gettext_lazy("does the office’s work"),
}

register = template.Library()
register.filter("organisation_number", as_written)


@register.filter
def county_names(numbers: Iterable[str]) -> str:
    """Counties as they stand within a sentence."""
    return ", ".join(COUNTIES.get(number, number) for number in numbers)


@register.filter
def browser_in_words(user_agent: str) -> str:
    """Browser and system; of one that we don't know, what it says itself, shortened."""
    browser = browser_of(user_agent)
    if browser is None:
        return Truncator(user_agent).chars(LONGEST_UNKNOWN) or _("a browser that doesn't say which")
    return _("%(browser)s on %(system)s") % {"browser": browser.name, "system": browser.system}


@register.filter
def scope_names(scopes: Iterable[str]) -> str:
    """What a token may do, as one line."""
    return ", ".join(str(name) for scope, name in _SCOPES.items() if scope in set(scopes))
