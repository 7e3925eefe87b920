"""Excel workbooks: the same words as in a CSV, whichever sheet and row the table begins in."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest

from ingest.errors import SourceChanged
from ingest.reading import jail, workbook
from ingest.reading.jail import read_in_jail
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import without_tables
from tests.unit.ingest.workbooks import Cell, packed, sheet_xml
from tests.unit.ingest.workbooks import workbook as excel

SOURCE = SourceSettings("office", "", "the office")
HEADER = ["Tender ID", "Title", "Closing Date", "Tender Value in ₹"]
FAR_CELL = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)


def read(body: bytes) -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTERS["upload"].parse(FetchedDocument("list.xlsx", "", body), SOURCE)))


def test_a_workbook_says_what_the_same_table_says_as_csv() -> None:
    rows = [HEADER, ["2026_X_1_1", "Smart poles & more", "31-Dec-2026 03:00 PM", "1,00,000"]]
    as_csv = ",".join(HEADER) + '\n2026_X_1_1,Smart poles & more,31-Dec-2026 03:00 PM,"1,00,000"\n'

    assert read(excel({"List": rows})) == read(as_csv.encode())


def test_real_dates_and_numbers_are_read_as_they_are_shown() -> None:
    afternoon, day = datetime(2026, 12, 31, 15, 0), datetime(2026, 12, 31)  # noqa: DTZ001  cells have no zone
    first, second = read(
        excel({"List": [HEADER, ["2026_X_1_1", "A", afternoon, 80.5], [166001.0, "B", day, 1.785e7]]})
    )

    assert isinstance(first, ParsedNotice)
    assert isinstance(second, ParsedNotice)
    assert first.facts.submission_deadline is not None
    assert first.facts.submission_deadline.at.isoformat() == "2026-12-31T15:00:00+05:30"
    assert first.facts.value is not None
    assert first.facts.value.amount == Decimal("80.5")
    assert second.process_id == "166001"
    assert second.facts.submission_deadline is not None
    assert not second.facts.submission_deadline.has_time
    assert second.facts.value is not None
    assert second.facts.value.amount == 17_850_000


def test_columns_may_be_named_by_open_contracting_paths() -> None:
    (notice,) = read(excel({"Sheet1": [["tender/id", "tender/title"], ["T-7", "Pumps"]]}))

    assert isinstance(notice, ParsedNotice)
    assert notice.process_id == "T-7"


def test_the_table_may_begin_in_any_sheet_and_row() -> None:
    rows: list[list[Cell]] = [
        ["Report of November", None],
        ["Tender ID", "Title"],
        ["2026_X_1_1", "Poles"],
        ["2026_X_2_1", None],
    ]
    cover: list[list[Cell]] = [["Hello"]]
    notice, unreadable = read(excel({"Cover": cover, "List": rows}, first_row=3))

    assert isinstance(notice, ParsedNotice)
    assert notice.origins[0].place == "List, row 5, Tender ID"
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.place, unreadable.reason) == ("List, row 6", "no title")


def test_every_sheet_that_lists_tenders_is_read() -> None:
    sheets = {name: [["Tender ID", "Title"], [f"2026_{name}_1_1", "Poles"]] for name in ("A", "B")}
    assert [part.process_id for part in read(excel(sheets)) if isinstance(part, ParsedNotice)] == [
        "2026_A_1_1",
        "2026_B_1_1",
    ]


def test_cells_beyond_the_header_are_never_squeezed_in() -> None:
    _, unreadable = read(
        excel({"A": [["Tender ID", "Title"], ["2026_X_1_1", "Poles"], ["2026_X_2_1", "Poles", "more"]]})
    )

    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "the row has 3 cells, its header 2"


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({"A": []}, "empty"),
        ({"A": [["Name", "Phone"]]}, "the columns are Name, Phone; needed are"),
        ({"A": [["Hello"]], "B": [["Tender ID", "Place"]]}, "the columns are Tender ID, Place"),
    ],
)
def test_a_workbook_without_a_list_says_what_is_missing(
    sheets: dict[str, list[list[Cell]]], reason: str
) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(excel(sheets))


def bomb() -> bytes:
    """60 MB of blanks in one sheet, packed into some hundred kilobytes."""
    return packed({"A": sheet_xml([HEADER]) + " " * 60_000_000})


def dense_bomb() -> bytes:
    """A directory that understates what its sheet unpacks to, which only unpacking shows."""
    body = bomb()
    unpacked = 60_000_000 + len(sheet_xml([HEADER]).encode())
    assert body.count(unpacked.to_bytes(4, "little")) == 2
    return body.replace(unpacked.to_bytes(4, "little"), (10_000).to_bytes(4, "little"))


def many_parts() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(workbook.MOST_ENTRIES + 1):
            archive.writestr(str(number), "")
    return file.getvalue()


WHOLE = excel({"A": [HEADER, ["2026_X_1_1", "Poles", None, None]]})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bomb(), "unpacks to 57 MB, more than is opened"),
        (dense_bomb(), "damaged|can't be read|can't be opened"),
        (packed({"A": " " * 40_000_000}), "far more than its size allows for"),
        (many_parts(), "2001 parts"),
        (packed({"A": FAR_CELL}), "can't be opened within 512 MB"),
        (packed({"A": "<worksheet><sheetData><row>"}), "damaged|can't be read|empty"),
        (WHOLE[:300], "damaged or incomplete"),
        (WHOLE[:-40], "damaged or incomplete"),
        (b"PK\x03\x04" + bytes(range(256)) * 50, "damaged or incomplete"),
    ],
    ids=[
        "bomb",
        "bomb with a false directory",
        "ratio",
        "many parts",
        "far cell",
        "broken XML",
        "head alone",
        "no end",
        "noise",
    ],
)
def test_a_hostile_workbook_is_refused_in_time_and_says_why(body: bytes, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(SourceChanged, match=reason):
        read(body)
    assert time.monotonic() - begun < jail.SECONDS + 5


def test_a_reader_that_does_not_end_is_ended() -> None:
    with pytest.raises(SourceChanged, match=r"takes longer than 0\.01 seconds"):
        list(read_in_jail("ingest.reading.workbook", WHOLE, seconds=0.01))
