from __future__ import annotations

from collections.abc import Iterable

from django import template

from portal.accounts.counties import COUNTIES
from portal.accounts.organisation_numbers import as_written

register = template.Library()
register.filter("organisation_number", as_written)


@register.filter
def county_names(numbers: Iterable[str]) -> str:
    """Counties as they stand within a sentence."""
    return ", ".join(COUNTIES.get(number, number) for number in numbers)
