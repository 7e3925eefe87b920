"""What to do with each table of a file: read it, leave it to a person, or pass it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.errors import SourceChanged
from ingest.reading.columns.guess import guess_columns, plan_of
from ingest.reading.columns.header import is_named, signature_of
from ingest.reading.columns.plan import ColumnPlan, ConfirmedPlans, TableFound, TableState
from ingest.reading.words import excerpt, tidy
from ingest.sources.base import SourceSettings
from ingest.sources.files.columns import columns_of
from ingest.sources.files.row import BadRow
from ingest.sources.files.table import Table
from opportunities.parsed_notice import ParsedNotice, Unreadable

_NEEDED = "needed are Tender ID and Title, or tender/id and tender/title"


def read_tables(
    tables: Iterator[Table],
    source: SourceSettings,
    *,
    otherwise: Callable[[Sequence[Table]], str],
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """Yield each table that lists notices, or may, and its notices. Covers and notes are passed over.

    Raise SourceChanged, with the words of ``otherwise``, if there is none.
    """
    passed_over: list[Table] = []
    has_any = False
    for table in tables:
        found, plan = _judge(table, source.columns)
        if found is None:
            passed_over.append(table)
            continue
        has_any = True
        yield found
        if found.state not in (TableState.WAITING, TableState.NO_NOTICES):
            yield from _notices(table, plan, source)
    if not has_any:
        raise SourceChanged(otherwise(passed_over))


def _judge(table: Table, confirmed: ConfirmedPlans) -> tuple[TableFound | None, ColumnPlan]:
    """How a table is read; None for one that no person need be asked about."""
    signature = signature_of(table.names)
    columns = table.columns()
    guesses = guess_columns(table.names, columns)
    plan = confirmed.plan_for(signature)
    if plan is not None:
        state = TableState.MAPPED if plan.uses else TableState.NO_NOTICES
    else:
        plan = plan_of(table.names, guesses)
        guessed = _state_of_guess(table, plan)
        if guessed is None:
            return None, plan
        state = guessed
    found = TableFound(
        place=table.place,
        signature=signature,
        names=table.names,
        state=state,
        version=plan.version,
        guesses=guesses,
        samples=table.samples(),
    )
    return found, plan


def _state_of_guess(table: Table, plan: ColumnPlan) -> TableState | None:
    if plan.is_sufficient:
        is_known = all(use.confidence == 1.0 for use in plan.uses)
        return TableState.KNOWN if is_known else TableState.GUESSED
    has_known_names = any(is_named(name) for name in table.names)
    return TableState.WAITING if table.could_list_notices(has_known_names=has_known_names) else None


def _notices(table: Table, plan: ColumnPlan, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    for row in table.rows:
        if isinstance(row, BadRow):
            yield Unreadable(row.place, excerpt(row.words), row.reason)
        else:
            columns = columns_of(row.names, plan, has_letters=table.has_letters)
            yield columns.read(row, publisher=source.publisher)


def nothing_in(tables: Sequence[Table]) -> str:
    """Why a file can't be read, for the person who handed it in."""
    likeliest = max(tables, key=lambda table: sum(map(is_named, table.names)), default=None)
    if likeliest is None:
        return "the workbook is empty"
    if not likeliest.names or not (likeliest.good or likeliest.place):
        reason = getattr(next(iter(likeliest.first), None), "reason", "")
        why = f"no row can be read ({reason})" if reason else "there are no rows below the header"
        return f"{why}; {_NEEDED}"
    seen = ", ".join(tidy(name) for name in likeliest.names if name.strip())
    return f"the columns are {seen[:1_000]}; {_NEEDED}"


def nothing_in_page(tables: Sequence[Table]) -> str:
    """The same for a page."""
    seen = "; ".join(", ".join(table.names) for table in tables)[:1_000] or "none"
    return (
        f"no portal we know makes such a page, and none of its tables has headings for "
        f"Tender ID and Title; their headings: {seen}"
    )
