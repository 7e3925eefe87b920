"""When, how much, where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from opportunities.parsed_notice import Stage
from opportunities.places.tile_map import counted_tiles
from opportunities.timeline import Step, StepState
from portal.gallery.made_up import (
    DEADLINE,
    LONG_TITLE,
    LONG_WORD,
    NOW,
    crore,
    day,
    early_opportunity,
    opportunity,
)
from portal.gallery.records import Example, Within
from portal.lib.money import Money

QUARTER = (date(2027, 1, 1), date(2027, 3, 31))


def examples() -> Iterator[Example]:
    yield from _deadlines()
    yield from _amounts()
    yield from _places()
    yield from _steps()
    yield from _endings()


def _deadlines() -> Iterator[Example]:
    closing = {
        "soon": opportunity(),
        "far away": opportunity(submission_deadline=NOW + timedelta(days=61)),
        "today": opportunity(submission_deadline=NOW + timedelta(hours=5)),
        "past": opportunity(submission_deadline=NOW - timedelta(days=1)),
        "a day alone": opportunity(without_time=["submission_deadline"]),
        "not stated": opportunity(submission_deadline=None),
        "early stage, quarter known": early_opportunity(
            tender_expected_from=QUARTER[0], tender_expected_until=QUARTER[1]
        ),
        "early stage, time unknown": early_opportunity(),
    }
    for state, one in closing.items():
        yield Example("deadline", state, {"opportunity": one, "now": NOW})
    yield Example("clocks", "to the minute", {"at": DEADLINE, "has_time": True})
    yield Example("clocks", "a day alone", {"at": DEADLINE, "has_time": False})


def _amounts() -> Iterator[Example]:
    yield Example("money", "rupees", {"value": crore(84)})
    yield Example("money", "kronor", {"value": Money(Decimal(18_500_000), "SEK")})
    yield Example("money", "a currency without a rate", {"value": Money(Decimal(1_250_000), "ZMW")})
    yield Example("money", "not stated", {"value": None})
    yield Example("rate_note", "always", {})


def _places() -> Iterator[Example]:
    yield Example("place", "city and state", {"opportunity": opportunity()}, Within.LINE)
    yield Example("place", "state alone", {"opportunity": opportunity(city="")}, Within.LINE)
    yield Example("place", "long", {"opportunity": opportunity(city=LONG_WORD[:99])}, Within.LINE)
    counts = {"MH": 12, "GJ": 7, "KA": 3, "KL": 1}
    for state, chosen in (("four states", ""), ("one chosen", "GJ")):
        tiles = counted_tiles(counts, chosen=chosen)
        yield Example("tile_map", state, {"tiles": tiles, "counts": list(counts.items())})
    yield Example("tile_map", "empty", {"tiles": counted_tiles({}), "counts": []})


def _steps() -> Iterator[Example]:
    for stage in (Stage.TENDER, Stage.EOI, Stage.DPR, Stage.AWARDED, Stage.CANCELLED):
        yield Example("stage_badge", stage.value, {"opportunity": opportunity(stage=stage.value)})
    closed = opportunity(stage=Stage.TENDER.value, submission_deadline=NOW - timedelta(days=1))
    yield Example("stage_badge", "bids are in", {"opportunity": closed, "now": NOW})
    steps = {
        "done": Step("published", StepState.DONE, day(NOW - timedelta(days=12))),
        "now": Step("prebid_at", StepState.NOW, day(NOW + timedelta(days=2))),
        "ahead": Step("submission_deadline", StepState.AHEAD, day(DEADLINE)),
        "expected in a quarter": Step("expected", StepState.AHEAD, expected=QUARTER),
        "expected, time unknown": Step("expected", StepState.AHEAD, expected=(None, None)),
        "without a time": Step("awarded", StepState.AHEAD),
    }
    for state, step in steps.items():
        yield Example("step", state, {"step": step}, Within.STAGES)


def _endings() -> Iterator[Example]:
    cancelled = opportunity(stage=Stage.CANCELLED.value)
    awarded = opportunity(stage=Stage.AWARDED.value, title=LONG_TITLE)
    for each in (cancelled, awarded):
        vars(each)["stage_since"] = NOW - timedelta(days=3)
    yield Example("stage_badge", "cancelled on a day", {"opportunity": cancelled, "since": NOW})
    yield Example("deadline", "cancelled", {"opportunity": cancelled, "now": NOW})
    yield Example("ended_news", "one", {"ended": [cancelled]})
    yield Example("ended_news", "two, long", {"ended": [awarded, cancelled]})
    yield Example("ended_news", "none", {"ended": []})
