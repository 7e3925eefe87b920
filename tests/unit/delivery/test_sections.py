from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from matching.delivery.sections import Section, Standing, changes_that_matter, section_of
from opportunities.compile import Change
from opportunities.parsed_notice import Moment, Stage
from portal.lib.money import Money

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FRESH = Standing(
    stage=Stage.TENDER,
    is_open=True,
    published_at=NOW - DAY,
    recorded_at=NOW,
    submission_deadline=NOW + 20 * DAY,
)
TOLD = replace(FRESH, was_told=True)


@pytest.mark.parametrize(
    ("standing", "section"),
    [
        (FRESH, Section.NEW),
        (replace(FRESH, published_at=None), Section.NEW),
        (replace(FRESH, published_at=NOW - 14 * DAY), Section.NEW),
        (replace(FRESH, published_at=NOW - 15 * DAY), Section.CAUGHT_UP),
        (replace(FRESH, stage=Stage.FUNDED), Section.EARLY),
        (replace(FRESH, stage=""), Section.NEW),
        (replace(FRESH, is_open=False), None),
        (replace(FRESH, submission_deadline=NOW + DAY), Section.NEW),
        (TOLD, None),
        (replace(TOLD, has_news=True), Section.CHANGED),
        (replace(TOLD, has_news=True, submission_deadline=NOW + DAY), Section.CHANGED),
        (replace(TOLD, has_news=True, is_open=False), None),
        (replace(TOLD, has_news=True, is_open=False, stage=Stage.CANCELLED), Section.CHANGED),
        (replace(TOLD, submission_deadline=NOW + 7 * DAY), Section.CLOSING),
        (replace(TOLD, submission_deadline=NOW + 7 * DAY + timedelta(seconds=1)), None),
        (replace(TOLD, submission_deadline=None), None),
        (replace(TOLD, submission_deadline=NOW + DAY, was_told_closing=True), None),
    ],
)
def test_a_standing_has_its_section(standing: Standing, section: str | None) -> None:
    assert section_of(standing, now=NOW) == section


FIRST, SECOND, THIRD = (Moment(NOW + days * DAY) for days in (1, 2, 3))


@pytest.mark.parametrize(
    ("revisions", "net"),
    [
        (
            [
                (Change("submission_deadline", FIRST, SECOND),),
                (Change("submission_deadline", SECOND, THIRD),),
            ],
            (Change("submission_deadline", FIRST, THIRD),),
        ),
        (
            [
                (Change("submission_deadline", FIRST, SECOND),),
                (Change("submission_deadline", SECOND, FIRST),),
            ],
            (),
        ),
        ([(Change("submission_deadline", None, FIRST),)], (Change("submission_deadline", None, FIRST),)),
        ([(Change("value", None, Money(Decimal(5), "INR")),)], ()),
        ([(Change("title", "Poles", "Smart poles"),)], ()),
        ([], ()),
    ],
    ids=["moved twice", "moved back", "date stated at last", "value filled in", "wording", "nothing"],
)
def test_revisions_add_up(revisions: list[tuple[Change, ...]], net: tuple[Change, ...]) -> None:
    assert changes_that_matter(revisions) == net
