"""Ways through Setu, and figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from portal.gallery.made_up import LONG_WORD
from portal.gallery.records import Example, Within
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Period, Series
from portal.ui.templatetags.navigation import NavLink

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
COUNTS = (4, 0, 12, 31, 18, 7)


def examples() -> Iterator[Example]:
    yield Example("logo", "always", {})
    for current in ("sv", "en"):
        yield Example("language_switch", current, {"current": current})
    for state, is_current in (("another page", False), ("this page", True)):
        link = NavLink("/gallery/", _("Matches"), is_current)
        yield Example("nav_link", state, {"link": link})
    pages = Paginator(range(100), 20)
    for state, number in (("first", 1), ("in the middle", 3), ("last", 5)):
        yield Example("pagination", state, {"page": pages.page(number)})
    yield Example("pagination", "one page alone", {"page": Paginator(range(3), 20).page(1)})
    yield Example("downloads", "always", {})
    for state, count in (("small", 7), ("large", 1_284_000), ("nothing", 0)):
        yield Example("figure", state, {"number": count, "label": _("new this week")}, Within.FIGURES)
    yield from _charts()


def _charts() -> Iterator[Example]:
    periods = tuple(Period(month[5:], month) for month in MONTHS)
    one = (Series(_("Matches"), COUNTS),)
    two = (*one, Series(_("Dismissed"), tuple(reversed(COUNTS))))
    none = (Series(_("Matches"), (0,) * len(MONTHS)),)
    for state, series in (("one series", one), ("two, stacked", two), ("empty", none)):
        key = f"months-{len(series)}-{sum(series[0].counts)}"
        chart = ColumnChart(key, _("Matches"), _("Stage"), periods, series, now=5)
        yield Example("column_chart", state, {"chart": chart})
    lines = (
        NamedCount(_("Place"), 31, "/gallery/"),
        NamedCount(LONG_WORD, 4),
        NamedCount("SCADA", 0),
    )
    for state, counted in (("three lines", lines), ("empty", ())):
        chart_of_names = BarChart(f"names-{len(counted)}", _("Field"), _("Field"), _("Number"), counted)
        yield Example("bar_chart", state, {"chart": chart_of_names})
