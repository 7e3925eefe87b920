from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from matching.delivery.sections import FIELDS_THAT_MATTER
from matching.templatetags.mail import both_clocks, in_plain_text, now_is, was
from opportunities.compile import Change
from opportunities.parsed_notice import Moment
from opportunities.templatetags.opportunity_words import FACTS
from portal.lib.money import Money


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            Moment(datetime.fromisoformat("2026-12-08T15:00+05:30")),
            "Tue 8 Dec 2026, 10:30 Swedish time (15:00 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2027-07-08T15:00+05:30")),
            "Thu 8 Jul 2027, 11:30 Swedish time (15:00 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2026-12-09T00:30+05:30")),
            "Tue 8 Dec 2026, 20:00 Swedish time (9 Dec 00:30 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2026-12-08T23:59:59+05:30"), has_time=False),
            "Tue 8 Dec 2026 (no time of day stated)",
        ),
    ],
    ids=["winter", "summer", "another day in India", "a day alone"],
)
def test_a_moment_is_on_both_clocks(moment: Moment, words: str) -> None:
    with translation.override("en"):
        assert both_clocks(moment) == words


def test_a_change_says_what_was_not_stated() -> None:
    change = Change("value", None, Money(Decimal(845_000_000), "INR"))

    with translation.override("en"):
        assert was(change) == "not stated"
        assert now_is(change) == "₹\u00a084.5\u00a0crore"


def test_a_component_becomes_one_line_of_text() -> None:
    drawn = '\n  <span lang="en">Sensors &amp; &lt;ICCC&gt;</span> ·\n  SCADA\n'

    assert in_plain_text(drawn) == "Sensors & <ICCC> · SCADA"


def test_every_change_that_is_told_has_a_name() -> None:
    assert set(FIELDS_THAT_MATTER) <= set(FACTS)
