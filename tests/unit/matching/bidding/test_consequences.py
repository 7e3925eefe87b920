"""What a change means for whoever would bid: a table of examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from matching.bidding.consequences import Consequence, Effect, ValueBand, consequences
from matching.templatetags.consequence_words import consequence_words
from opportunities.compile import Change
from opportunities.parsed_notice import Moment, Stage
from portal.lib.money import Money

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOON, LATER = Moment(NOW + timedelta(days=2)), Moment(NOW + timedelta(days=12))
PAST = Moment(NOW - timedelta(days=1))
TEN_TO_HUNDRED_CRORE = ValueBand(Decimal(10**8), Decimal(10**9))


def rupees(crore: int) -> Money:
    return Money(Decimal(crore * 10_000_000), "INR")


@pytest.mark.parametrize(
    ("change", "meant"),
    [
        (Change("stage", Stage.TENDER, Stage.CANCELLED), Consequence(Effect.CALLED_OFF)),
        (Change("stage", Stage.TENDER, Stage.RETENDERED), Consequence(Effect.TENDERED_AGAIN)),
        (Change("stage", Stage.DPR, Stage.TENDER), Consequence(Effect.NOW_TENDERED)),
        (Change("stage", Stage.TENDER, Stage.TECHNICAL_EVALUATION), Consequence(Effect.BIDS_CLOSED)),
        (Change("stage", Stage.EOI, Stage.TENDER), None),
        (Change("submission_deadline", SOON, LATER), Consequence(Effect.DAYS_GAINED, 10, moment=LATER)),
        (Change("submission_deadline", LATER, SOON), Consequence(Effect.DAYS_LOST, 10, moment=SOON)),
        (Change("submission_deadline", None, SOON), Consequence(Effect.DEADLINE_SET, moment=SOON)),
        (Change("submission_deadline", SOON, None), Consequence(Effect.DEADLINE_GONE)),
        (Change("submission_deadline", SOON, PAST), Consequence(Effect.BIDS_CLOSED, moment=PAST)),
        (Change("enquiry_deadline", SOON, PAST), Consequence(Effect.QUESTIONS_CLOSED, moment=PAST)),
        (Change("enquiry_deadline", SOON, LATER), Consequence(Effect.QUESTIONS_GAINED, 10, moment=LATER)),
        (Change("prebid_at", SOON, LATER), Consequence(Effect.MEETING_MOVED, moment=LATER)),
        (Change("value", rupees(50), rupees(150)), Consequence(Effect.OUT_OF_BAND, amount=rupees(150))),
        (Change("value", rupees(5), rupees(50)), Consequence(Effect.INTO_BAND, amount=rupees(50))),
        (Change("value", rupees(50), rupees(60)), Consequence(Effect.STILL_IN_BAND, amount=rupees(60))),
        (Change("value", rupees(5), rupees(6)), Consequence(Effect.STILL_OUT_OF_BAND, amount=rupees(6))),
        (Change("value", None, rupees(60)), Consequence(Effect.INTO_BAND, amount=rupees(60))),
        (Change("value", rupees(50), Money(Decimal(5), "USD")), None),
        (Change("bid_security", rupees(2), rupees(3)), Consequence(Effect.MORE_SECURITY, amount=rupees(1))),
        (Change("bid_security", rupees(3), rupees(2)), Consequence(Effect.LESS_SECURITY, amount=rupees(1))),
        (Change("is_joint_venture_allowed", None, after=True), Consequence(Effect.PARTNERS_ALLOWED)),
        (Change("is_joint_venture_allowed", before=True, after=False), Consequence(Effect.PARTNERS_BARRED)),
        (
            Change("tender_expected_from", date(2027, 1, 1), date(2027, 4, 1)),
            Consequence(Effect.EXPECTED_LATER, 90),
        ),
        (Change("requirements", ("ISO 9001",), None), Consequence(Effect.ASKS_OTHERWISE)),
        (Change("title", "Sensors", "Smart sensors"), None),
    ],
)
def test_what_a_change_means(change: Change, meant: Consequence | None) -> None:
    assert consequences([change], TEN_TO_HUNDRED_CRORE, now=NOW) == ((meant,) if meant else ())


def test_what_ends_a_process_is_told_first() -> None:
    changes = (Change("value", rupees(5), rupees(50)), Change("stage", Stage.TENDER, Stage.CANCELLED))

    told = consequences(changes, TEN_TO_HUNDRED_CRORE, now=NOW)

    assert [one.effect for one in told] == [Effect.CALLED_OFF, Effect.INTO_BAND]


def test_without_a_band_a_value_means_nothing() -> None:
    assert consequences([Change("value", rupees(5), rupees(50))], ValueBand(), now=NOW) == ()


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("effect", Effect)
def test_every_effect_has_words(effect: Effect, language: str) -> None:
    with translation.override(language):
        words = consequence_words(Consequence(effect, days=2, amount=rupees(5), moment=SOON))

    assert words.endswith(".")
    assert "%" not in words


def test_the_words_hold_the_figures() -> None:
    with translation.override("en"):
        words = consequence_words(Consequence(Effect.DAYS_GAINED, days=10, moment=LATER))

    assert words.replace("\xa0", " ") == "You gain 10 days: bids close 2 Dec 2026 17:30 IST."
