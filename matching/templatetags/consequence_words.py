"""What changes mean, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.bidding.consequences import Consequence, Effect
from opportunities.parsed_notice import Moment
from portal.ui import formats

register = template.Library()


@register.filter
def consequence_words(consequence: Consequence) -> str:
    """One sentence, with its figures."""
    effect, days = consequence.effect, consequence.days
    figures = {
        "days": formats.number(days),
        "amount": formats.money(consequence.amount) if consequence.amount else "",
        "moment": _clock(consequence.moment) if consequence.moment else "",
    }
    return _worded(effect, days) % figures


def _worded(effect: Effect, days: int) -> str:
    counted = {
        Effect.DAYS_GAINED: ngettext(
            "You gain %(days)s day: bids close %(moment)s.",
            "You gain %(days)s days: bids close %(moment)s.",
            days,
        ),
        Effect.DAYS_LOST: ngettext(
            "You lose %(days)s day: bids close %(moment)s.",
            "You lose %(days)s days: bids close %(moment)s.",
            days,
        ),
        Effect.EXPECTED_LATER: ngettext(
            "The tender is expected %(days)s day later than before.",
            "The tender is expected %(days)s days later than before.",
            days,
        ),
        Effect.EXPECTED_SOONER: ngettext(
            "The tender is expected %(days)s day sooner than before.",
            "The tender is expected %(days)s days sooner than before.",
            days,
        ),
    }
    return counted.get(effect) or _plain()[effect]


def _plain() -> dict[Effect, str]:
    return {
        Effect.CALLED_OFF: _("It is cancelled. There is nothing to bid for any more."),
        Effect.TENDERED_AGAIN: _(
            "It is tendered again: what was handed in doesn't count, and you can bid anew."
        ),
        Effect.AWARDED: _("It is awarded. What remains is to work for whoever won it."),
        Effect.NOW_TENDERED: _("Your project is now tendered: bids are invited."),
        Effect.BIDS_CLOSED: _("Bids can't be handed in any more."),
        Effect.DEADLINE_SET: _("There is a day now: bids close %(moment)s."),
        Effect.DEADLINE_GONE: _("There is no deadline any more. Ask the buyer before you go on."),
        Effect.QUESTIONS_GAINED: _("You can ask questions until %(moment)s."),
        Effect.QUESTIONS_LOST: _("You have less time for questions: until %(moment)s."),
        Effect.QUESTIONS_CLOSED: _("Questions can't be asked any more."),
        Effect.MEETING_MOVED: _("The pre-bid meeting is now %(moment)s."),
        Effect.INTO_BAND: _("At %(amount)s it is within the values that suit you."),
        Effect.OUT_OF_BAND: _("At %(amount)s it is outside the values that suit you."),
        Effect.STILL_IN_BAND: _("At %(amount)s it is still within the values that suit you."),
        Effect.STILL_OUT_OF_BAND: _("At %(amount)s it is still outside the values that suit you."),
        Effect.MORE_SECURITY: _("You need %(amount)s more for the bid security."),
        Effect.LESS_SECURITY: _("You need %(amount)s less for the bid security."),
        Effect.PARTNERS_ALLOWED: _("You may bid together with others."),
        Effect.PARTNERS_BARRED: _("You have to bid alone: joint ventures are not allowed any more."),
        Effect.ASKS_OTHERWISE: _("It asks for other things than before: see whether you can still bid."),
    }


def _clock(moment: Moment) -> str:
    return formats.india_clock(moment.at) if moment.has_time else formats.day(moment.at)
