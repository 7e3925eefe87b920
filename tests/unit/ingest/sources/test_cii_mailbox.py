from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import SourceChanged, SourceUnavailable
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox import fetch
from opportunities.parsed_notice import (
    CONFIDENT,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Stage,
    Unreadable,
)
from tests.unit.ingest.samples import without_tables
from tests.unit.ingest.sources.no_network import NoNetwork

ADAPTER = ADAPTERS["cii_mailbox"]
HEAD = "From: desk@channel.example\nSubject: Bulletin CII-SC/2026-46\nDate: Fri, 20 Nov 2026 10:00:00 +0530\n"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def source(folder: Path | str = "") -> SourceSettings:
    return SourceSettings("cii", str(folder), "cii")


def read(item: str) -> ParsedNotice | Unreadable:
    message = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n1. {item}\n"
    document = FetchedDocument("mail:a.eml", "message/rfc822", message.encode())
    (part,) = without_tables(ADAPTER.parse(document, source()))
    return part


def facts_of(item: str) -> OpportunityFacts:
    part = read(item)
    assert isinstance(part, ParsedNotice), part
    return part.facts


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("Council approval was given.", Stage.IDENTIFIED),
        ("The project was approved by the standing committee.", Stage.IDENTIFIED),
        ("The DPR is under preparation.", Stage.DPR),
        ("Council approval was given; a detailed project report is being written.", Stage.DPR),
        ("Council approval was given; the DPR is awaited.", Stage.IDENTIFIED),
        ("The DPR is ready and funds have been sanctioned.", Stage.FUNDED),
        ("Funds sanctioned. RFP expected in Q1 of FY 2027-28.", Stage.FUNDED),
        ("DPR ready. The RFI is out, an EOI will follow.", Stage.RFI),
        ("Expression of interest invited.", Stage.EOI),
        ("RFQ issued.", Stage.RFQ),
        ("NIT issued last week.", Stage.TENDER),
        ("Bids are invited for the works.", Stage.TENDER),
    ],
)
def test_the_stage_is_the_furthest_that_has_been_reached(words: str, stage: Stage) -> None:
    assert facts_of(f"Surat, Gujarat: Water reuse. {words}").stage == stage


@pytest.mark.parametrize(
    ("words", "value", "bid_security"),
    [
        ("Estimated cost Rs. 42 Cr.", "INR 420000000", None),
        ("Value INR 2.5 lakhs, EMD Rs. 5,000.", "INR 250000", "INR 5000"),
        ("EMD of ₹ 84,50,000 on a value of ₹ 84.5 crore.", "INR 845000000", "INR 8450000"),
        ("Turnover of Rs. 20 crore is asked for.", None, None),
        ("INR 2.5 lakhs have been paid to the consultant.", None, None),
        ("Cost between 40 and 45 lamps.", None, None),
    ],
)
def test_amounts_are_told_apart_by_the_words_before_them(
    words: str, value: str | None, bid_security: str | None
) -> None:
    facts = facts_of(f"Surat, Gujarat: Water reuse. RFP issued. {words}")

    assert [amount and str(amount) for amount in (facts.value, facts.bid_security)] == [value, bid_security]


def test_an_amount_with_no_word_for_what_it_is_waits_for_the_office() -> None:
    part = read("Surat, Gujarat: Water reuse. RFP issued, Rs. 42 Cr.")

    assert isinstance(part, ParsedNotice)
    (origin,) = (origin for origin in part.origins if origin.field == "value")
    assert origin.confidence < CONFIDENT
    assert origin.words == "RFP issued, Rs. 42 Cr."


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        ("Joint ventures of three members are allowed.", True),
        ("Consortia are not permitted.", False),
        ("A joint venture built the old plant.", None),
    ],
)
def test_joint_ventures_are_allowed_only_where_it_says_so(words: str, *, allowed: bool | None) -> None:
    assert facts_of(f"Surat, Gujarat: Water reuse. RFP issued. {words}").is_joint_venture_allowed is allowed


def test_a_city_outside_the_hundred_is_left_as_written() -> None:
    facts = facts_of("Vapi, Gujarat: Water reuse. RFP issued.")

    assert (facts.city, facts.state, facts.location) == (None, "GJ", "Vapi, Gujarat")


def test_an_earlier_item_is_carried_on() -> None:
    part = read("Surat, Gujarat: Update to item CII-SC/2026-40/2. Funds have been sanctioned.")

    assert isinstance(part, ParsedNotice)
    assert (part.process_id, part.notice_id) == ("CII-SC/2026-40/2", "CII-SC/2026-46/1")
    assert part.kind == NoticeKind.PLANNING


def test_a_tender_id_without_its_portal_begins_a_process_and_leaves_a_doubt() -> None:
    part = read("Surat, Gujarat: Water reuse. RFP issued, tender ID 2026_SSCDL_4_1.")

    assert isinstance(part, ParsedNotice)
    assert (part.publisher, part.process_id) == ("cii", "CII-SC/2026-46/1")
    assert [(doubt.field, doubt.words) for doubt in part.doubts] == [("process_id", "2026_SSCDL_4_1")]


@pytest.mark.parametrize("words", ["tender is not cancelled.", "tender has not been withdrawn."])
def test_what_is_not_cancelled_goes_on(words: str) -> None:
    part = read(f"Surat, Gujarat: RFP issued, the {words}")

    assert isinstance(part, ParsedNotice)
    assert part.kind == NoticeKind.TENDER


def test_every_message_in_the_folder_is_fetched_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.eml", "a.EML", "c.part", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())

    documents = list(ADAPTER.fetch(source(tmp_path), NoNetwork(), now=NOW))

    assert [(document.url, document.body) for document in documents] == [
        ("mail:a.EML", b"a.EML"),
        ("mail:b.eml", b"b.eml"),
    ]


def test_a_message_too_large_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LARGEST_MESSAGE", 3)
    (tmp_path / "a.eml").write_bytes(b"long" * 10_000)
    (tmp_path / "b.eml").write_bytes(b"ok")
    large, small = ADAPTER.fetch(source(tmp_path), NoNetwork(), now=NOW)

    assert (small.url, small.body) == ("mail:b.eml", b"ok")
    assert (large.url, len(large.body)) == ("mail:a.eml", 16 * 1024)
    with pytest.raises(SourceChanged, match="more than one may have"):
        list(ADAPTER.parse(large, source()))


def test_a_missing_folder_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable):
        next(ADAPTER.fetch(source(tmp_path / "gone"), NoNetwork(), now=NOW))


def test_a_line_end_within_a_paragraph_begins_no_item() -> None:
    page = "<ol><li>Surat,\n1. Gujarat: Water reuse.\nRFP issued.</ol>"
    message = f"{HEAD}Content-Type: text/html; charset=utf-8\n\n{page}"

    (part,) = ADAPTER.parse(FetchedDocument("mail:a.eml", "message/rfc822", message.encode()), source())

    assert isinstance(part, ParsedNotice)
    assert part.notice_id == "CII-SC/2026-46/1"


def test_an_endless_item_is_put_aside() -> None:
    part = read("Surat, Gujarat: RFP issued. " + "All of it again. " * 1_000)

    assert isinstance(part, Unreadable)
    assert part.reason == "this is too long for one item"


def test_a_message_nested_without_end_is_refused_before_it_is_parsed() -> None:
    message = f"{HEAD}Content-Type: text/html\n\n{'<div>' * 100_000}"

    with pytest.raises(SourceChanged, match="nested"):
        list(ADAPTER.parse(FetchedDocument("mail:a.eml", "message/rfc822", message.encode()), source()))
