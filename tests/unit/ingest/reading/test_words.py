from __future__ import annotations

import pytest

from ingest.reading.decoding import decode
from ingest.reading.identifiers import is_gepnic_id, read_days, read_pincode, read_process_id, split_ocid
from ingest.reading.labels import TITLE_CELL, fact_for
from ingest.reading.stages import invited_stage, read_stage
from ingest.reading.words import NotUnderstood, says_nothing, tidy
from opportunities.parsed_notice import Stage


def test_white_space_of_any_kind_becomes_one_blank() -> None:
    assert tidy(" Tender\xa0 Fee in ₹ \n\t\t ") == "Tender Fee in ₹"


def test_letters_that_a_database_refuses_are_left_out() -> None:
    assert tidy("pump\x00 house\ud800 \ufeffno. 2\u200b") == "pump house no. 2"


def test_joiners_of_indian_scripts_stay() -> None:
    assert tidy("क्\u200dष") == "क्\u200dष"


@pytest.mark.parametrize("words", ["", " ", "NA", "NA ", "n.a.", "N/A", "-", "Nil", "NIL ", "--", "null"])
def test_these_words_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["0", "Nagpur", "Nilgiri", "No"])
def test_these_words_say_something(words: str) -> None:
    assert not says_nothing(words)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("₹".encode(), "₹"),
        ("₹".encode("utf-8-sig"), "₹"),
        ("₹".encode("utf-16"), "₹"),
        (("Tender ID,Title " * 9).encode("utf-16-le"), "Tender ID,Title " * 9),
        (("Tender ID,Title " * 9).encode("utf-16-be"), "Tender ID,Title " * 9),
        ("Café €".encode("cp1252"), "Café €"),
    ],
)
def test_encodings_are_told_from_the_bytes(body: bytes, text: str) -> None:
    assert decode(body) == text


@pytest.mark.parametrize("words", ["2026_UTX_8287_1", "2019_DCK1_28508_1", "2015_DoIT_95_10"])
def test_these_are_gepnic_ids(words: str) -> None:
    assert is_gepnic_id(words)


@pytest.mark.parametrize(
    "words", ["2026_UTX_8287", "166992", "2026-UTX-8287-1", " 2026_UTX_8287_1", "2026_UT X_8_1"]
)
def test_these_are_not(words: str) -> None:
    assert not is_gepnic_id(words)


@pytest.mark.parametrize(
    ("words", "pincode"),
    [("781006.0", "781006"), ("781 006", "781006"), ("396230 ", "396230"), ("NA ", None), ("0.0", None)],
)
def test_pincodes_have_six_digits_however_a_spreadsheet_rounds_them(words: str, pincode: str | None) -> None:
    assert read_pincode(words) == pincode


@pytest.mark.parametrize("words", ["78100", "081006", "781006.5", "78-1006", "Pune"])
def test_other_pincodes_are_not_understood(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_pincode(words)


@pytest.mark.parametrize(
    ("words", "days"), [("180.0", 180), ("365", 365), ("90 days", 90), ("NA", None), ("0.0", None)]
)
def test_days_are_counted(words: str, days: int | None) -> None:
    assert read_days(words) == days


@pytest.mark.parametrize("words", ["6 months", "180.5", "-3"])
def test_what_is_no_number_of_days_is_not_understood(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_days(words)


def test_a_process_id_is_one_word() -> None:
    assert read_process_id(" 166992 ") == "166992"
    with pytest.raises(NotUnderstood):
        read_process_id("to be allotted")


def test_an_ocid_names_its_publisher() -> None:
    assert split_ocid("ocds-x1y2z3-2026_PSCL_1_1") == ("ocds-x1y2z3", "2026_PSCL_1_1")
    assert split_ocid("2026_PSCL_1_1") is None


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("Tender Value in ₹ ", "value"),
        ("Tender Value in Rs.", "value"),
        ("TENDER VALUE (INR)", "value"),
        ("EMD Amount in ₹ \n\t", "bid_security"),
        ("Publish Date", "published_at"),
        ("Published Date", "published_at"),
        ("e-Published Date", "published_at"),
        ("Form of contract", "contract_form"),
        ("Form Of Contract", "contract_form"),
        ("Bid Validity(Days)", "bid_validity_days"),
        ("Document Download / Sale End Date", "documents_until"),
        ("Closing Date", "submission_deadline"),
        ("Bid Submission Closing Date", "submission_deadline"),
        ("Pre-Bid Meeting Date", "prebid_at"),
        ("Organization Chain", "organisation_chain"),
        ("Title and Ref.No./Tender ID", TITLE_CELL),
        ("Tender title, reference number and ID", TITLE_CELL),
        ("Contract Value :", None),
        ("Total Contract Value :", None),
        ("Contract Date :", None),
        ("Financial Bid Opening Date", None),
        ("Bidder Name", None),
        ("S.No", None),
    ],
)
def test_labels_are_known_in_every_spelling(label: str, fact: str | None) -> None:
    assert fact_for(label) == fact


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("AOC", Stage.AWARDED),
        ("Accepted-AOC", Stage.AWARDED),
        ("Technical Bid Opening", Stage.TECHNICAL_EVALUATION),
        ("Financial Evaluation", Stage.FINANCIAL_EVALUATION),
        ("Cancelled", Stage.CANCELLED),
        ("Re-Tendered", Stage.RETENDERED),
        ("To be opened", Stage.TENDER),
        ("Rejected-Technical", None),  # what became of one bid says nothing of the tender
        ("NA", None),
    ],
)
def test_stages_are_known_by_the_portals_words(words: str, stage: Stage | None) -> None:
    assert read_stage(words) is stage


def test_an_unknown_stage_is_never_guessed() -> None:
    with pytest.raises(NotUnderstood):
        read_stage("Second thoughts")


@pytest.mark.parametrize(
    ("title", "form", "stage"),
    [
        ("Expression of Interest for waste to energy", None, Stage.EOI),
        ("EOI for waste to energy", None, Stage.EOI),
        ("E.O.I. for waste to energy", None, Stage.EOI),
        ("Inviting Expressions of Interest from manufacturers", None, Stage.EOI),
        ("Notice inviting Expression of Interest (smart poles)", None, Stage.EOI),
        ("Smart poles", "EOI", Stage.EOI),
        ("Request for Information: flood sensors", None, Stage.RFI),
        ("RFI for flood sensors", None, Stage.RFI),
        ("Consultant to prepare the Expression of Interest for smart poles", None, Stage.TENDER),
        ("Eoin Memorial Hall, repairs", None, Stage.TENDER),
        ("Request for Proposal for smart poles", "QCBS", Stage.TENDER),
    ],
)
def test_a_notice_that_plainly_asks_for_less_than_bids_says_so(
    title: str, form: str | None, stage: Stage
) -> None:
    assert invited_stage(title, form) is stage
