"""How facts are worded in mails."""

from __future__ import annotations

from django import template

from matching.delivery import wording
from opportunities.compile import Change

register = template.Library()
register.filter("stage_words", wording.stage_words)
register.filter("money_words", wording.money_words)
register.filter("moment_words", wording.moment_words)


@register.filter
def changed_field(change: Change) -> str:
    return str(wording.FIELDS[change.field])


@register.filter
def was(change: Change) -> str:
    return wording.fact_words(change.field, change.before)


@register.filter
def now_is(change: Change) -> str:
    return wording.fact_words(change.field, change.after)
