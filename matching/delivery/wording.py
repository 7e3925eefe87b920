"""Facts in words, in the language that is active. For mails; pages have tags of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from opportunities.parsed_notice import Moment, Stage
from portal.lib.clocks import INDIA, STOCKHOLM
from portal.lib.money import CRORE, Money

STAGES = {
    Stage.IDENTIFIED: gettext_lazy("Identified project"),
    Stage.DPR: gettext_lazy("Project report being written"),
    Stage.FUNDED: gettext_lazy("Funded project"),
    Stage.RFI: gettext_lazy("Request for information"),
    Stage.EOI: gettext_lazy("Expression of interest"),
    Stage.RFQ: gettext_lazy("Request for qualification"),
    Stage.TENDER: gettext_lazy("Tender"),
    Stage.TECHNICAL_EVALUATION: gettext_lazy("Technical evaluation"),
    Stage.FINANCIAL_EVALUATION: gettext_lazy("Financial evaluation"),
    Stage.AWARDED: gettext_lazy("Awarded"),
    Stage.CANCELLED: gettext_lazy("Cancelled"),
    Stage.RETENDERED: gettext_lazy("To be tendered again"),
}
FIELDS = {
    "stage": gettext_lazy("Stage"),
    "submission_deadline": gettext_lazy("Last day for bids"),
    "enquiry_deadline": gettext_lazy("Last day for questions"),
    "prebid_at": gettext_lazy("Pre-bid meeting"),
    "tender_expected_from": gettext_lazy("Tender expected from"),
    "tender_expected_until": gettext_lazy("Tender expected by"),
    "value": gettext_lazy("Value"),
    "bid_security": gettext_lazy("Bid security (EMD)"),
    "is_joint_venture_allowed": gettext_lazy("Joint venture allowed"),
}
SMALLEST_IN_CRORE = Decimal(1_000_000)


def stage_words(stage: str) -> str:
    return str(STAGES[Stage(stage)]) if stage else gettext("Stage not stated")


def money_words(money: Money) -> str:
    """₹84.5 crore; smaller amounts and other currencies in full."""
    if money.currency != "INR":
        return f"{money.currency} {_number(money.amount)}"
    if money.amount < SMALLEST_IN_CRORE:
        return f"₹{_number(money.amount)}"
    return f"₹{_number(money.amount / CRORE)} crore"


def _number(amount: Decimal) -> str:
    rounded = amount.quantize(Decimal("0.01"))
    whole = rounded == rounded.to_integral_value()
    places = 0 if whole else len(f"{rounded.normalize():f}".partition(".")[2])
    return number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


def moment_words(moment: Moment) -> str:
    """A moment on both clocks; a day alone as a day, saying so."""
    in_india = moment.at.astimezone(INDIA)
    if not moment.has_time:
        return gettext("%(day)s (no time of day stated)") % {"day": _day(in_india)}
    in_sweden = moment.at.astimezone(STOCKHOLM)
    india = f"{in_india:%H:%M}"
    if in_india.date() != in_sweden.date():
        india = f"{format_date(in_india, 'd MMM', locale=_locale())} {india}"
    return gettext("%(day)s, %(time)s Swedish time (%(india)s IST)") % {
        "day": _day(in_sweden),
        "time": f"{in_sweden:%H:%M}",
        "india": india,
    }


def _day(at: date) -> str:
    return format_date(at, "EEE d MMM y", locale=_locale())


def _locale() -> str:
    return "sv_SE" if get_language() == "sv" else "en_GB"


def fact_words(field: str, fact: Any) -> str:
    """One side of a change."""
    match fact:
        case None:
            return gettext("not stated")
        case Moment():
            return moment_words(fact)
        case Money():
            return money_words(fact)
        case bool():
            return gettext("yes") if fact else gettext("no")
        case date():
            return _day(fact)
        case _:
            return stage_words(fact) if field == "stage" else str(fact)
