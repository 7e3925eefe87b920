from __future__ import annotations

from django import template

from portal.accounts.organisation_numbers import as_written

register = template.Library()
register.filter("organisation_number", as_written)
