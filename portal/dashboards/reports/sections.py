"""A report in words, in the language that is active: the same for the page, the workbook and the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.models import LossCount, Outcome, Verdict
from matching.scoring.engine import domain_name
from matching.templatetags.outcome_words import outcome_reason
from opportunities.places.tile_map import CountedTile, counted_tiles
from opportunities.templatetags.opportunity_words import state_name
from portal.dashboards.reports.figures import Figures
from portal.dashboards.reports.period import Quarter, quarter_of
from portal.lib.clocks import day_in_stockholm
from portal.lib.small_cells import LEAST, Cell, told, told_chain, told_share
from portal.ui import formats
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Series
from portal.ui.charts.weeks import WEEK, monday_of, week_period, weeks_from

Value = str | int | None  # None: it may not be told
MOST_DOMAINS = 12


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a report, and how it is drawn on a page where that helps."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    bars: BarChart | None = None
    weeks: ColumnChart | None = None
    tiles: tuple[CountedTile | None, ...] = ()
    is_english: bool = False  # its first column holds titles of notices

    @property
    def named_rows(self) -> list[list[tuple[str, Value]]]:
        """Each value with its column's name."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def period_name(quarter: Quarter) -> str:
    return _("quarter %(number)s of %(year)s") % {"number": quarter.number, "year": quarter.year}


def sections(figures: Figures, *, is_office: bool) -> list[Section]:
    """In the order of the report. Observers aren't told titles that some members alone may see."""
    return [
        _reach(figures, is_office=is_office),
        _domains(figures),
        _states(figures),
        _weekly("matches", _("New matches by week"), _("New matches"), figures.matches, figures),
        _weekly("follows", _("New follows by week"), _("New follows"), figures.follows, figures),
        _gates(figures),
        _reasons(figures),
        _funnel(figures),
        _sources(figures),
    ]


def _reach(figures: Figures, *, is_office: bool) -> Section:
    rows = []
    for one in figures.reach:
        is_shown = is_office or one.audience.is_everyone
        title = one.title if is_shown else _("Disclosed to some of the members")
        reached = (one.matched, one.opened, one.followed)
        shares = (told_share(len(cell.companies), one.could_see) for cell in reached)
        since = formats.day(day_in_stockholm(one.disclosed_from)) if one.disclosed_from else ""
        rows.append((title, since, one.could_see, *shares))
    return Section(
        "reach",
        _("Reach of what the office disclosed"),
        _("In companies: who could see it, on whose list it is, who opened it and who follows it."),
        (_("Disclosed"), _("From"), _("Could see it"), _("Matched"), _("Opened"), _("Followed")),
        tuple(rows),
        is_english=True,
    )


def _domains(figures: Figures) -> Section:
    language = get_language() or "en"
    ranked = sorted(figures.demand.domains.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_DOMAINS]
    rows = tuple((domain_name(domain, language), count) for domain, count in ranked)
    return _bars(
        "domains",
        _("Demand by field"),
        _("Opportunities disclosed to every member in the period; each counts in each of its fields."),
        (_("Field"), _("Opportunities")),
        rows,
    )


def _states(figures: Figures) -> Section:
    ranked = sorted(figures.demand.states.items(), key=lambda pair: (-pair[1], pair[0]))
    return Section(
        "states",
        _("Demand by state"),
        _("The same opportunities, as far as their state is known."),
        (_("State"), _("Opportunities")),
        tuple((state_name(state), count) for state, count in ranked),
        tiles=tuple(counted_tiles(figures.demand.states)),
    )


def _weekly(key: str, title: str, what: str, found: Mapping[date, Cell], figures: Figures) -> Section:
    weeks = _weeks(figures.quarter, figures.at)
    cells = told_weeks(found, weeks, at=figures.at)
    chart = ColumnChart(
        key=key,
        title=title,
        period_title=_("Week"),
        periods=tuple(week_period(monday) for monday in weeks),
        series=(Series(what, tuple(count or 0 for count in cells)),),
        now=len(weeks) - 1 if quarter_of(figures.at) == figures.quarter else None,
        untold=frozenset(place for place, count in enumerate(cells) if count is None),
    )
    rows = tuple((week_period(monday).name, count) for monday, count in zip(weeks, cells, strict=True))
    note = _("A week is told once it has ended: of two days within it, the later would give away who acted.")
    return Section(key, title, note, (_("Week"), what), rows, weeks=chart)


def told_weeks(found: Mapping[date, Cell], weeks: Sequence[date], *, at: datetime) -> list[int | None]:
    """What may be told of each week, by its Monday, and stays the same whenever it is asked again.

    Nothing of a week that still runs: asked before and after one company acted, it would tell what that did.
    """
    running = monday_of(at)
    return [told(found.get(monday, Cell())) if monday < running else None for monday in weeks]


def _weeks(quarter: Quarter, now: datetime) -> tuple[date, ...]:
    """Those that begin in the quarter, or in which it begins, up to the current one."""
    first = monday_of(quarter.begins)
    last = monday_of(min(now, quarter.ends - WEEK / 7))
    return weeks_from(first, (last - first).days // 7 + 1)


def _gates(figures: Figures) -> Section:
    names = {
        LossCount.Gate.TURNOVER: _("turnover asked for"),
        LossCount.Gate.LOCAL_CONTENT: _("local content"),
        LossCount.Gate.TIME: _("not enough time"),
        LossCount.Gate.PARTNER: _("a partner is needed"),
    }
    rows = tuple(
        (name, matches if companies >= LEAST else None)
        for gate, name in names.items()
        for matches, companies in [figures.gates.get(gate, (0, 0))]
    )
    note = _("Worked out for the ten best matches of each member, by what it tells of itself.")
    if figures.counted_on:
        as_of = _("As of %(day)s.") % {"day": formats.day(figures.counted_on)}
        note = f"{note} {as_of}"
    return _bars("gates", _("What stands in the way of a bid"), note, (_("Gate"), _("Matches")), rows)


def _reasons(figures: Figures) -> Section:
    dismissals = {
        Verdict.Reason.INELIGIBLE: _("dismissed: requirements not met"),
        Verdict.Reason.NO_TIME: _("dismissed: not enough time"),
        Verdict.Reason.NO_PARTNER: _("dismissed: no partner"),
    }
    rows = [(name, told(figures.given_up.get(reason, Cell()))) for reason, name in dismissals.items()]
    for reason in Outcome.Reason:
        name = _("lost or not bid: %(reason)s") % {"reason": outcome_reason(reason)}
        rows.append((name, told(figures.reasons.get(reason, Cell()))))
    return _bars(
        "reasons",
        _("Why members gave up or lost, as they tell it"),
        _("An opportunity counts for each company that told a reason."),
        (_("Reason"), _("Times")),
        tuple(rows),
    )


def _funnel(figures: Figures) -> Section:
    names = (_("Followed"), _("Bid"), _("Shortlisted"), _("Won"))
    rows = tuple(zip(names, told_chain(figures.funnel.stages), strict=True))
    return _bars(
        "funnel",
        _("From following to winning"),
        _("Of what members began to follow in the period, as they tell it. Who lost has bid."),
        (_("Came as far as"), _("Times")),
        rows,
    )


def _sources(figures: Figures) -> Section:
    rows = tuple(_source_rows(figures))
    return Section(
        "sources",
        _("How fresh the sources are"),
        _("As of now, whatever the period."),
        (_("Source"), _("Last read"), _("Condition")),
        rows,
    )


def _source_rows(figures: Figures) -> Iterator[tuple[Value, ...]]:
    for source in figures.sources:
        at = source.last_success_at
        read = formats.time_ago(at, figures.at) if at else _("never")
        yield source.name, read, _("in trouble") if source.is_failing else _("well")


def _bars(
    key: str, title: str, note: str, columns: tuple[str, str], rows: tuple[tuple[str, int | None], ...]
) -> Section:
    lines = tuple(NamedCount(name, count or 0, is_untold=count is None) for name, count in rows)
    return Section(key, title, note, columns, rows, bars=BarChart(key, title, *columns, lines=lines))
