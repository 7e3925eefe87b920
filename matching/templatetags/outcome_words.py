"""What the outcomes of opportunities are called."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from matching.models import Outcome

register = template.Library()

STAGES = {
    Outcome.Stage.BID: _("We bid"),
    Outcome.Stage.SHORTLISTED: _("We were shortlisted"),
    Outcome.Stage.WON: _("We won"),
    Outcome.Stage.LOST: _("We lost"),
    Outcome.Stage.NO_BID: _("We didn't bid"),
}
REASONS = {
    Outcome.Reason.TURNOVER: _("turnover asked for"),
    Outcome.Reason.LOCAL_CONTENT: _("local content"),
    Outcome.Reason.NO_TIME: _("not enough time"),
    Outcome.Reason.NO_PARTNER: _("no partner"),
    Outcome.Reason.PRICE: _("price"),
    Outcome.Reason.TERMS: _("terms of contract"),
    Outcome.Reason.OTHER: _("something else"),
}


@register.filter
def outcome_name(stage: str) -> str:
    return str(STAGES[Outcome.Stage(stage)])


@register.filter
def outcome_reason(reason: str) -> str:
    return str(REASONS[Outcome.Reason(reason)])


@register.simple_tag
def outcome_stages() -> list[tuple[str, str]]:
    return [(stage.value, str(words)) for stage, words in STAGES.items()]


@register.simple_tag
def outcome_reasons() -> list[tuple[str, str]]:
    return [(reason.value, str(words)) for reason, words in REASONS.items()]
