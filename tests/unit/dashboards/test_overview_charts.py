from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import translation

from matching.selectors.overview import OpenMatch
from portal.dashboards.overview_charts import dates_by_week, first_week, matches_by_domain, new_by_week

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday in week 47
DAY = timedelta(days=1)


def a_match(*domains: str, closes: int | None = None, asks: int | None = None) -> OpenMatch:
    """Whose dates lie so many days ahead."""
    return OpenMatch(
        domains,
        submission_deadline=None if closes is None else NOW + closes * DAY,
        enquiry_deadline=None if asks is None else NOW + asks * DAY,
        prebid_at=None,
    )


def test_a_quarter_ends_with_this_week() -> None:
    assert first_week(NOW) == date(2026, 8, 24)
    with translation.override("en"):
        labels = [period.label for period in new_by_week([], now=NOW).periods]

    assert (labels[0], labels[-1], len(labels)) == ("wk 35", "wk 47", 13)


def test_what_is_new_counts_in_its_week() -> None:
    known = [NOW, NOW - DAY, NOW - 7 * DAY, NOW - 80 * DAY]

    chart = new_by_week(known, now=NOW)

    assert chart.totals[-2:] == (1, 2)
    assert (chart.total, chart.now) == (4, 12)


def test_only_dates_ahead_count_and_each_in_its_own_series() -> None:
    matches = [a_match(closes=1, asks=-1), a_match(closes=10, asks=3), a_match(closes=200), a_match()]

    chart = dates_by_week(matches, now=NOW)

    closing, questions, meetings = (series.counts[:3] for series in chart.series)
    assert (closing, questions, meetings) == ((1, 0, 1), (0, 1, 0), (0, 0, 0))


def test_fields_are_ranked_and_lead_to_their_matches() -> None:
    matches = [a_match("water-supply", "lighting"), a_match("water-supply"), a_match()]

    chart = matches_by_domain(matches, profile_id=7, name_of=str.upper)

    assert [(line.name, line.count) for line in chart.lines] == [("WATER-SUPPLY", 2), ("LIGHTING", 1)]
    assert chart.lines[0].url == "/matches/?profile=7&domain=water-supply"
