"""Workbooks as Excel 97 and OpenDocument have them say what the same rows say in a new one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.old_workbooks import in_compound_file, old_workbook, open_workbook
from tests.unit.ingest.samples import without_tables
from tests.unit.ingest.sources.test_upload_messages import mail
from tests.unit.ingest.workbooks import Cell, workbook

SOURCE = SourceSettings("office", "", "the office")
AFTERNOON, DAY = datetime(2026, 12, 31, 15, 0), datetime(2026, 12, 31)  # noqa: DTZ001  cells have no zone
ROWS: list[list[Cell]] = [
    ["Tender ID", "Title", "Closing Date", "Tender Value in ₹"],
    ["2026_X_1_1", "Smart poles & more", AFTERNOON, 80.5],
    [166001.0, "Pumping station", DAY, 1.785e7],
    ["2026_X_3_1", None, DAY, None],
]
SHEETS: dict[str, list[list[Cell]]] = {"Cover": [["Made by the office"]], "List": ROWS}
EMPTY_END = (
    b'</table:table-row><table:table-row table:number-rows-repeated="1048570">'
    b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:sp'
)
Writer = Callable[[Mapping[str, Sequence[Sequence[Cell]]]], bytes]
both_kinds = pytest.mark.parametrize("write", [old_workbook, open_workbook], ids=["xls", "ods"])


def read(body: bytes, kind: str = "upload") -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTERS[kind].parse(FetchedDocument("list", "", body), SOURCE)))


@both_kinds
def test_it_says_what_the_same_rows_say_in_a_new_workbook(write: Writer) -> None:
    assert read(write(SHEETS)) == read(workbook(SHEETS))


@both_kinds
def test_each_row_is_found_again_by_its_sheet_and_number(write: Writer) -> None:
    first, _second, third = read(write(SHEETS))

    assert isinstance(first, ParsedNotice)
    assert first.origins[0].place == "List, row 2, Tender ID"
    assert isinstance(third, Unreadable)
    assert (third.place, third.reason) == ("List, row 4", "no title")


@both_kinds
@pytest.mark.parametrize("kind", ["upload", "cii_mailbox"])
def test_it_is_read_when_it_is_attached_to_a_mail(write: Writer, kind: str) -> None:
    found = read(mail(("list", write(SHEETS))).as_bytes(), kind)

    assert {"2026_X_1_1", "166001"} <= {part.process_id for part in found if isinstance(part, ParsedNotice)}


def test_the_million_empty_rows_below_an_open_document_cost_nothing() -> None:
    packed = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(open_workbook({"List": ROWS})))
    with zipfile.ZipFile(packed, "w") as archive:
        for name in whole.namelist():
            ending = b"</table:table-row></table:table></office:sp"
            archive.writestr(name, whole.read(name).replace(ending, EMPTY_END))

    assert read(packed.getvalue()) == read(workbook({"List": ROWS}))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (old_workbook(SHEETS)[:1_500], "damaged or incomplete"),
        (old_workbook(SHEETS)[:512] + b"\xff" * 20_000, "damaged or incomplete"),
        (in_compound_file("EncryptedPackage".encode("utf-16-le")), "locked with a password"),
        (
            in_compound_file(b"").replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
            "an old Office file, and no workbook",
        ),
        (in_compound_file(b"\x09\x08\xff\xff" * 5_000), "no workbook we know"),
    ],
    ids=["cut off", "rubbish", "locked", "a letter", "broken records"],
)
def test_what_can_not_be_opened_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)
