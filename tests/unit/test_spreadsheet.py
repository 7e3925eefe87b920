from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from python_calamine import CalamineWorkbook

from portal.lib.spreadsheet import Row, csv_file, harmless, xlsx_file

DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", ' =cmd|" /C calc"!A0', "\u00a0=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_run(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["Sewage treatment plant", "5 % of value", "a=b", "’", "", "år"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


ROW: Row = ["Gatubelysning; Åre", Decimal("84500000.50"), 7, None, True, date(2026, 11, 22), "=1+1"]


def test_a_text_file_is_known_as_utf_8_and_has_a_comma_where_semicolons_part() -> None:
    plain = b"".join(csv_file([ROW])).decode()
    swedish = b"".join(csv_file([ROW], separator=";")).decode()

    assert plain.startswith("\ufeff")
    assert list(csv.reader(StringIO(plain[1:]))) == [
        ["Gatubelysning; Åre", "84500000.50", "7", "", "true", "2026-11-22", "'=1+1"]
    ]
    assert next(csv.reader(StringIO(swedish[1:]), delimiter=";"))[1] == "84500000,50"


def test_a_workbook_has_cells_of_each_kind() -> None:
    moment = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    with xlsx_file([["Head"] * 8, [*ROW, moment]], title="Opportunities") as file:
        cells = CalamineWorkbook.from_filelike(file).get_sheet_by_name("Opportunities").to_python()[1]

    shown = datetime(2026, 11, 22, 17, 30)  # noqa: DTZ001  a spreadsheet knows no zones
    assert cells == ["Gatubelysning; Åre", 84500000.5, 7.0, "", True, date(2026, 11, 22), "'=1+1", shown]


@pytest.mark.parametrize("text", ["x" * 40_000, "a\x00b\x01", "\ufffe", "🚰", "<b>&amp;</b>"])
def test_odd_texts_make_a_file_that_opens(text: str) -> None:
    with xlsx_file([["Head"], [text]], title="x" * 60) as file:
        assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def rows(count: int) -> Iterator[Row]:
    for number in range(count):
        yield ["Providing and laying of water mains with SCADA", number, Decimal(number), date(2026, 1, 1)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_take_no_more_memory_than_a_thousand(kind: str) -> None:
    peaks = []
    for count in (1_000, 10_000):
        tracemalloc.start()
        if kind == "csv":
            for _ in csv_file(rows(count)):
                pass
        else:
            xlsx_file(rows(count), title="Rows").close()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 500_000
