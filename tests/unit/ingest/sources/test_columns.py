"""Tables whose columns nobody has mapped, and tables that somebody has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.columns.header import header_key, signature_of
from ingest.reading.columns.plan import (
    ColumnPlan,
    ColumnUse,
    ConfirmedPlans,
    DateOrder,
    TableFound,
    TableState,
    Unit,
)
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import NoticeKind, ParsedNotice, Stage, Unreadable
from tests.real_data import DATA, needs_real_data
from tests.unit.ingest.workbooks import Cell
from tests.unit.ingest.workbooks import workbook as excel

SOURCE = SourceSettings("office", "", "the office")
Parts = list[ParsedNotice | Unreadable | TableFound]


def read(body: bytes, plans: ConfirmedPlans | None = None) -> Parts:
    source = replace(SOURCE, columns=plans) if plans else SOURCE
    return list(ADAPTERS["upload"].parse(FetchedDocument("list", "", body), source))


def notices(parts: Parts) -> list[ParsedNotice]:
    return [part for part in parts if isinstance(part, ParsedNotice)]


def tables(parts: Parts) -> list[TableFound]:
    return [part for part in parts if isinstance(part, TableFound)]


def as_csv(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


HEADER = ("Sr. No.", "Tender No.", "Name of the Work", "Est. Cost (Rs. in Lakhs)", "Due on", "Remarks X")
ROWS = (
    ("1", "NMC/7", "Smart poles at 212 places", "12.5", "31/12/2026", "seen"),
    ("2", "NMC/8", "Metering of water", "1,140", "15/01/2027", ""),
)


def test_an_offices_own_columns_are_read_by_a_guess() -> None:
    table, first, second = read(as_csv(HEADER, *ROWS))

    assert isinstance(table, TableFound)
    assert table.state is TableState.GUESSED
    assert isinstance(first, ParsedNotice)
    assert isinstance(second, ParsedNotice)
    assert (first.process_id, first.facts.title) == ("NMC/7", "Smart poles at 212 places")
    assert first.facts.value is not None
    assert first.facts.value.amount == Decimal(1_250_000)
    (origin,) = (origin for origin in first.origins if origin.field == "value")
    assert origin.place == "row 2, column D “Est. Cost (Rs. in Lakhs)”, guessed"
    assert origin.words == "12.5"
    assert origin.confidence < 1


def test_columns_that_portals_name_need_no_check() -> None:
    (table,) = tables(read(as_csv(("Tender ID", "Title"), ("2026_X_1_1", "Poles"))))

    assert table.state is TableState.KNOWN


@pytest.mark.parametrize(
    "header",
    [
        ("Name of the Work", "City", "Est. Cost (Cr)"),  # nothing numbers it
        ("Tender No.", "City", "Est. Cost (Cr)"),  # nothing names it
    ],
)
def test_a_table_without_what_is_needed_waits(header: tuple[str, ...]) -> None:
    parts = read(as_csv(header, ("Smart poles at 212 places", "Nagpur", "12"), ("Metering", "Pune", "7")))

    (table,) = parts
    assert isinstance(table, TableFound)
    assert table.state is TableState.WAITING
    assert table.samples[1] == ("Nagpur", "Pune")


def test_a_header_may_stand_below_titles_and_in_two_lines() -> None:
    rows: list[list[Cell]] = [
        ["Nagpur Smart City", None, None, None, None],
        ["List of works, November 2026", None, None, None, None],
        ["Tender No.", "Name of work", "Pre-bid meeting", None, "Bid submission"],
        [None, None, "date", "place", "end date"],
        ["NMC/7", "Poles", "01-Dec-2026 11:00 AM", "Room 4", "31-Dec-2026 03:00 PM"],
        ["Tender No.", "Name of work", "Pre-bid meeting", None, "Bid submission"],
        ["NMC/8", "Pumps", None, None, "31-Dec-2026 03:00 PM"],
    ]
    parts = read(excel({"Works": rows}))

    (table,) = tables(parts)
    assert table.names == (
        "Tender No.",
        "Name of work",
        "Pre-bid meeting date",
        "Pre-bid meeting place",
        "Bid submission end date",
    )
    first, *_, last = notices(parts)
    assert first.facts.prebid_place == "Room 4"
    assert first.facts.submission_deadline == last.facts.submission_deadline
    assert first.facts.submission_deadline is not None


def test_every_sheet_has_columns_of_its_own() -> None:
    sheets: dict[str, list[list[Cell]]] = {
        "Tenders": [["Tender ID", "Title"], ["2026_X_1_1", "Poles"]],
        "Early": [["Project", "Kind of thing", "Who"], ["Smart poles", "A", "B"], ["Pumps", "C", "D"]],
    }
    parts = read(excel(sheets))

    assert [(table.place, table.state) for table in tables(parts)] == [
        ("Tenders", TableState.KNOWN),
        ("Early", TableState.WAITING),
    ]
    assert len(notices(parts)) == 1


def confirmed(
    *uses: ColumnUse, header: tuple[str, ...] = HEADER, is_by_title: bool = False
) -> ConfirmedPlans:
    return ConfirmedPlans(((signature_of(header), ColumnPlan(uses, 3, is_by_title)),))


TITLE = ColumnUse(header_key("Name of the Work"), 1, "title")
NUMBER = ColumnUse(header_key("Tender No."), 1, "process_id")


def test_a_mapping_goes_before_every_guess_and_is_named() -> None:
    value = ColumnUse(header_key("Est. Cost (Rs. in Lakhs)"), 1, "value", unit=Unit.CRORE)
    table, first, _second = read(as_csv(HEADER, *ROWS), confirmed(TITLE, NUMBER, value))

    assert isinstance(table, TableFound)
    assert (table.state, table.version) == (TableState.MAPPED, 3)
    assert isinstance(first, ParsedNotice)
    assert first.facts.value is not None
    assert first.facts.value.amount == Decimal(125_000_000)
    assert first.facts.submission_deadline is None
    (origin,) = (origin for origin in first.origins if origin.field == "value")
    assert origin.place == "row 2, column D “Est. Cost (Rs. in Lakhs)”, mapping 3"


def test_a_mapping_says_in_which_order_dates_are_written() -> None:
    due = ColumnUse(header_key("Due on"), 1, "submission_deadline", dates=DateOrder.MONTH_FIRST)
    body = as_csv(HEADER, ("1", "NMC/7", "Poles", "", "02/03/2026", ""))
    (notice,) = notices(read(body, confirmed(TITLE, NUMBER, due)))

    assert notice.facts.submission_deadline is not None
    assert notice.facts.submission_deadline.at.date().isoformat() == "2026-02-03"


def test_a_mapping_without_columns_says_that_there_is_nothing_to_read() -> None:
    (table,) = read(as_csv(HEADER, *ROWS), confirmed())

    assert isinstance(table, TableFound)
    assert table.state is TableState.NO_NOTICES


def test_where_nothing_numbers_them_title_and_city_tell_tenders_apart() -> None:
    header = ("Project", "City", "Status")
    plans = confirmed(
        ColumnUse("project", 1, "title"),
        ColumnUse("city", 1, "city"),
        ColumnUse("status", 1, "stage"),
        header=header,
        is_by_title=True,
    )
    rows = (
        ("Smart poles", "Nagpur", "DPR"),
        ("Smart poles", "Pune", "RFP"),
        ("SMART  Poles", "Nagpur", "DPR"),
    )
    first, second, again = notices(read(as_csv(header, *rows), plans))

    assert first.process_id == again.process_id
    assert first.process_id != second.process_id
    assert (first.facts.city, first.facts.state) == ("Nagpur", "MH")


def test_early_information_is_no_tender() -> None:
    header = ("Tender No.", "Project", "Status")
    early, open_, unknown = read(
        as_csv(
            header, ("7", "Poles", "DPR under preparation"), ("8", "Pumps", "RFP"), ("9", "Pipes", "thinking")
        )
    )[1:]

    assert isinstance(early, ParsedNotice)
    assert (early.kind, early.facts.stage) == (NoticeKind.PLANNING, Stage.DPR)
    assert isinstance(open_, ParsedNotice)
    assert open_.kind is NoticeKind.TENDER
    assert isinstance(unknown, Unreadable)
    assert "early information" in unknown.reason


def test_what_is_only_expected_is_early_information() -> None:
    header = ("Tender No.", "Project", "RFP expected in")
    (notice,) = notices(read(as_csv(header, ("7", "Poles", "Q1 of FY 2027-28"))))

    assert notice.kind is NoticeKind.PLANNING
    assert notice.facts.tender_expected_from is not None
    assert notice.facts.tender_expected_from.isoformat() == "2027-04-01"


@given(st.permutations(range(len(HEADER))))
def test_the_order_of_the_columns_does_not_matter(order: list[int]) -> None:
    def in_order(row: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(row[at] for at in order)

    moved = as_csv(in_order(HEADER), *map(in_order, ROWS))

    assert notices(read(moved)) == notices(read(as_csv(HEADER, *ROWS)))
    assert tables(read(moved))[0].signature == signature_of(HEADER)


RIVALS = ("Tender No.", "Project", "Deadline", "Due on", "Closing Date")
RIVAL_ROW = ("7", "Poles", "01/12/2026", "02/12/2026", "")


@given(st.permutations(range(len(RIVALS))))
def test_nor_does_it_where_several_hold_the_same(order: list[int]) -> None:
    moved = as_csv(tuple(RIVALS[at] for at in order), tuple(RIVAL_ROW[at] for at in order))

    assert notices(read(moved)) == notices(read(as_csv(RIVALS, RIVAL_ROW)))


def rights(found: TableFound) -> Iterator[tuple[str, str]]:
    for name, guess in zip(found.names, found.guesses, strict=True):
        yield name, ("+" if guess.is_spare else "") + guess.field


# What a person finds when reading the file's 31 columns; "" is not for us to read.
ASSAM = {
    "ocid": "ocid", "initiationType": "", "tag": "tag", "id": "", "date": "+published_at",
    "tender/id": "process_id", "tender/externalReference": "reference", "tender/title": "title",
    "tender/mainProcurementCategory": "category", "tender/procurementMethod": "procurement_method",
    "tender/contractType": "contract_form", "tenderclassification/description": "product_category",
    "tender/submissionMethodDetails": "", "tender/participationFee/0/multiCurrencyAllowed": "",
    "tender/allowTwoStageTender": "", "tender/value/amount": "value",
    "tender/datePublished": "published_at", "tender/tenderPeriod/durationInDays": "",
    "tender/allowPreferentialBidder": "", "Payment Mode": "", "tender/status": "stage",
    "tender/stage": "+stage", "tender/numberOfTenderers": "", "tender/bidOpening/date": "opening_at",
    "tender/milestones/type": "", "tender/milestones/title": "", "tender/milestones/dueDate": "",
    "tender/awardedAmount": "", "tender/documents/id": "", "buyer/name": "buyer_name", "Fiscal Year": "",
}  # fmt: skip


@needs_real_data
def test_a_states_open_contracting_table_maps_itself() -> None:
    parts = read((DATA / "spreadsheets/assam_ocds_columns.csv").read_bytes())

    (table,) = tables(parts)
    assert dict(rights(table)) == ASSAM
    assert table.state is TableState.KNOWN
    assert len(parts) - 1 == 3_627
