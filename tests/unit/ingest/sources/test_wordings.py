"""Each wording that offices use, in an item of prose as it comes by mail."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from opportunities.parsed_notice import Moment, NoticeKind, Stage
from portal.lib.clocks import INDIA
from tests.unit.ingest.sources.test_cii_mailbox import facts_of, read


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Estimated cost Rs. 42 Cr.", "INR 420000000"),
        ("Estimated cost ₹1,23,45,678/-.", "INR 12345678"),
        ("Estimated cost INR 2.5 lakhs.", "INR 250000"),
        ("Estimated cost USD 3 mn.", "USD 3000000"),
    ],
)
def test_amounts_are_read_however_they_are_written(words: str, value: str) -> None:
    assert str(facts_of(f"Surat, Gujarat: Water reuse. RFP issued. {words}").value) == value


@pytest.mark.parametrize(
    "words",
    [
        "Bids are due on 31/12/2026 upto 15.00 hrs.",
        "Last date for bids: 31-12-2026 up to 3:00 PM.",
        "Bids are due on 31 December 2026, 15:00 hrs.",
    ],
)
def test_deadlines_are_read_with_their_time_of_day(words: str) -> None:
    deadline = facts_of(f"Surat, Gujarat: Water reuse. RFP issued. {words}").submission_deadline

    assert deadline == Moment(datetime(2026, 12, 31, 15, tzinfo=INDIA))


def test_a_quarter_of_the_indian_fiscal_year_is_a_range() -> None:
    facts = facts_of("Surat, Gujarat: Water reuse. DPR ready. The RFP is expected in Q1 of FY 2027-28.")

    assert (facts.tender_expected_from, facts.tender_expected_until) == (date(2027, 4, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("city", "now_called"),
    [
        ("Belagavi", "Belagavi"),
        ("Belgaum", "Belagavi"),
        ("Prayagraj", "Prayagraj"),
        ("Allahabad", "Prayagraj"),
    ],
)
def test_a_city_is_known_by_its_old_name_and_its_new(city: str, now_called: str) -> None:
    assert facts_of(f"{city}: Water reuse at the treatment plant. RFP issued.").city == now_called


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("Council approval was given.", Stage.IDENTIFIED),
        ("The council accorded approval.", Stage.IDENTIFIED),
        ("The scheme was approved by the general body.", Stage.IDENTIFIED),
        ("The DPR has been prepared.", Stage.DPR),
        ("An RFI was issued.", Stage.RFI),
        ("The EOI is out.", Stage.EOI),
        ("The RFP has been issued.", Stage.TENDER),
    ],
)
def test_every_stage_is_told_by_its_word(words: str, stage: Stage) -> None:
    assert facts_of(f"Surat, Gujarat: Water reuse. {words}").stage == stage


def test_what_has_no_tender_yet_is_early_information() -> None:
    assert read("Surat, Gujarat: Water reuse. The council accorded approval.").kind is NoticeKind.PLANNING  # type: ignore[union-attr]
