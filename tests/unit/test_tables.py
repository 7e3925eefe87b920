from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from portal.lib.spreadsheet import Row
from portal.lib.tables import Column, Table, json_file

TABLE: Table[tuple[str, Decimal]] = Table(
    "works",
    "Works",
    (Column("name", "Name", lambda work: work[0]), Column("value", "Value", lambda work: work[1])),
)


def test_a_table_reads_its_lines_column_by_column() -> None:
    assert TABLE.heading == ["Name", "Value"]
    assert TABLE.keys == ["name", "value"]
    assert TABLE.row(("Lamps", Decimal(7))) == ["Lamps", Decimal(7)]


def test_json_has_each_cell_as_what_it_is() -> None:
    cells: Row = ["=1+1 “Åre”", Decimal("84500000.10"), 7, None, True, date(2026, 11, 22)]
    moment = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)

    body = b"".join(json_file(["a", "b", "c", "d", "e", "f", "g"], [[*cells, moment]]))

    assert json.loads(body, parse_float=Decimal) == [
        {
            "a": "=1+1 “Åre”",
            "b": Decimal("84500000.10"),
            "c": 7,
            "d": None,
            "e": True,
            "f": "2026-11-22",
            "g": "2026-11-22T17:30:00+00:00",
        }
    ]


def test_no_lines_are_an_empty_list() -> None:
    assert json.loads(b"".join(json_file(["a"], []))) == []


def test_ten_thousand_objects_take_no_more_memory_than_a_thousand() -> None:
    def rows(count: int) -> Iterator[Row]:
        for number in range(count):
            yield ["Water mains with SCADA", Decimal(number)]

    peaks = []
    for count in (1_000, 10_000):
        tracemalloc.start()
        for _ in json_file(["title", "value"], rows(count)):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 100_000
