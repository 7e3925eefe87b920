"""What a column is taken for, how surely, and why."""

from __future__ import annotations

import pytest

from ingest.reading.columns.guess import guess_columns
from ingest.reading.columns.plan import Because, DateOrder, Guess, Unit
from opportunities.parsed_notice import CONFIDENT

DATES = ("31/12/2026 upto 15.00 hrs", "05-Oct-2026", "2026-11-30")
AMOUNTS = ("1,23,45,678/-", "2.5 lakhs", "4 Cr.")
TITLES = (
    "Smart poles at 212 places in Pune",
    "Metering of 30,000 water connections",
    "Adaptive traffic signals at 64 junctions",
)


def guessed(name: str, *values: str) -> Guess:
    return guess_columns((name,), (values,))[0]


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("Tender ID", ("2026_X_1_1",), "process_id"),
        ("Tender No.", ("NMC/7",), "process_id"),
        ("Name of the Work", TITLES, "title"),
        ("PROJECT  NAME", TITLES, "title"),
        ("Particulars of work", TITLES, "title"),
        ("Upphandling", TITLES, "title"),
        ("Beskrivning", TITLES, "description"),
        ("Implementing Agency", ("Nagpur Smart City Ltd",), "buyer_name"),
        ("Upphandlande myndighet", ("Nagpur Smart City Ltd",), "buyer_name"),
        ("City", ("Nagpur", "Pune"), "city"),
        ("Stad", ("Nagpur", "Pune"), "city"),
        ("State/UT", ("Maharashtra",), "state"),
        ("Est. Cost", AMOUNTS, "value"),
        ("P.A.C.", (), "value"),
        ("Estimated Project Cost (Rs. in Crore)", ("12.5",), "value"),
        ("Uppskattat värde (SEK)", ("1250000",), "value"),
        ("E.M.D.", AMOUNTS, "bid_security"),
        ("Cost of tender form", ("Rs. 5,000/-",), "document_fee"),
        ("Last date of receipt of tender", DATES, "submission_deadline"),
        ("Sista anbudsdag", DATES, "submission_deadline"),
        ("Date of NIT", DATES, "published_at"),
        ("Opening of technical bids", DATES, "opening_at"),
        ("Project status", ("DPR under preparation", "RFP"), "stage"),
        ("RFP expected in", ("Q1 of FY 2027-28",), "expected"),
        ("JV allowed?", ("Yes", "No"), "is_joint_venture_allowed"),
        ("tender/value/amount", ("12",), "value"),
        ("tender/items/0/id", ("2026_X_1_1", "2026_X_2_1"), "process_id"),
        ("Länk", ("https://portal.example/1",), "url"),
    ],
)
def test_a_column_is_known_by_its_name(name: str, values: tuple[str, ...], field: str) -> None:
    guess = guessed(name, *values)

    assert guess.field == field
    assert guess.confidence >= CONFIDENT
    assert guess.reasons


@pytest.mark.parametrize(
    ("values", "field", "because"),
    [
        (("2026_NSCL_101_1", "2026_NSCL_102_1"), "process_id", Because.CONTENT),
        (("ocds-abc123-7", "ocds-abc123-8"), "ocid", Because.CONTENT),
        (("Nagpur", "Belgaum", "Pune"), "city", Because.CONTENT),
        (("https://a.example/1", "https://a.example/2"), "url", Because.CONTENT),
        (("DPR", "RFP", "EOI"), "stage", Because.CONTENT),
        (("Rs. 4 Cr.", "2.5 lakhs"), "value", Because.CONTENT),
        (TITLES, "title", Because.CONTENT),
        (DATES, "", Because.UNKNOWN),
        (("7", "12", "19"), "", Because.UNKNOWN),
        (("Yes", "No"), "", Because.UNKNOWN),
        (("", "-", "NA"), "", Because.EMPTY),
    ],
)
def test_a_column_without_a_name_is_known_by_its_values(
    values: tuple[str, ...], field: str, because: Because
) -> None:
    guess = guessed("Remarks X", *values)

    assert guess.field == field
    assert guess.reasons[0].because is because


@pytest.mark.parametrize(
    ("name", "values", "because"),
    [
        ("Est. cost", ("12.5", "140", "7"), Because.UNIT_UNKNOWN),
        ("Est. cost (in crore)", ("1250000000", "98000000"), Because.UNIT_TOO_LARGE),
        ("Est. cost", ("Nagpur", "Pune"), Because.CONTRADICTS),
        ("Sista anbudsdag", ("Nagpur", "12"), Because.CONTRADICTS),
        ("Sista anbudsdag", ("31/12/2026", "12/31/2026"), Because.ORDER_UNCLEAR),
        ("Details of the last date of submission of bids", DATES, Because.PART),
    ],
)
def test_what_could_be_wrong_is_left_to_a_person(
    name: str, values: tuple[str, ...], because: Because
) -> None:
    guess = guessed(name, *values)

    assert guess.confidence < CONFIDENT
    assert because in {reason.because for reason in guess.reasons}


@pytest.mark.parametrize(
    "name",
    ["Name of bidder", "L1 amount", "Awarded amount", "Contact person", "E-mail", "Mobile No", "Vinnare"],
)
def test_bidders_and_persons_are_never_read(name: str) -> None:
    guess = guessed(name, "2026_NSCL_101_1", "2026_NSCL_102_1")

    assert guess.field == ""
    assert guess.reasons[0].because is Because.PRIVATE


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Value (Rs. in lakhs)", Unit.LAKH),
        ("Est. Cost (₹ Cr)", Unit.CRORE),
        ("Project cost in INR million", Unit.MILLION),
        ("Värde (miljoner kr)", Unit.MILLION),
        ("Value (Rs.)", Unit.ONE),
    ],
)
def test_a_header_names_the_unit(name: str, unit: Unit) -> None:
    guess = guessed(name, "12.5", "140")

    assert (guess.field, guess.unit) == ("value", unit)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (("12/31/2026", "01/02/2026"), DateOrder.MONTH_FIRST),
        (("31/12/2026", "01/02/2026"), DateOrder.DAY_FIRST),
        (("46387", "46388.625"), DateOrder.SERIAL),
    ],
)
def test_the_values_tell_the_order_of_a_date(values: tuple[str, ...], order: DateOrder) -> None:
    assert guessed("Sista anbudsdag", *values).dates is order


def test_of_two_columns_for_one_fact_the_surer_is_read_and_the_other_is_spare() -> None:
    first, second = guess_columns(("Deadline", "Closing Date"), (DATES, DATES))

    assert (second.field, second.is_spare) == ("submission_deadline", False)
    assert (first.field, first.is_spare) == ("submission_deadline", True)
    assert first.reasons[-1].because is Because.REPEATS
    assert first.reasons[-1].words == "B"


def test_a_column_of_everything_does_not_take_the_place_of_one_that_is_named() -> None:
    title, remarks = guess_columns(("Title", "Remarks X"), (TITLES, tuple(reversed(TITLES))))

    assert (title.field, remarks.field) == ("title", "")
