"""PDFs handed in and attached: lines, tables with and without rules, and those that mean no good."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.pdfs import Columned, Ruled, assembled, pdf, written
from tests.unit.ingest.samples import without_tables

SOURCE = SourceSettings("office", "", "cii")
PROSE = """Bulletin CII-SC/2026-46

1. Kakinada, Andhra Pradesh: Smart poles along the ring road. The DPR is under preparation.
2. Mysuru, Karnataka: Pumping station. RFP published, bids due 31.12.2026 at 15:00.
"""
HEADER = ["Tender ID", "Title", "Closing Date"]
ROW = ["2026_X_1_1", "Poles", "31-Dec-2026 03:00 PM"]
SECOND = ["2026_X_2_1", "Pumps", "31-Dec-2026 03:00 PM"]
WIDTHS = [130.0, 300.0, 150.0]
STARTS = [0.0, 150.0, 450.0]
GOOD = pdf([[PROSE]])
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'00' * 32}> /P -4 >> /ID [<00> <00>]"
IMAGE = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI"


def read(body: bytes, kind: str = "upload") -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTERS[kind].parse(FetchedDocument("handed-in", "", body), SOURCE)))


def notices(body: bytes, kind: str = "upload") -> list[ParsedNotice]:
    return [part for part in read(body, kind) if isinstance(part, ParsedNotice)]


def mail(*bodies: bytes, text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Date"] = "desk@cii.example", "Fri, 20 Nov 2026 10:00:00 +0530"
    message["Subject"] = "Bulletin CII-SC/2026-46"
    message.set_content(text)
    for body in bodies:
        message.add_attachment(body, maintype="application", subtype="octet-stream", filename="list.pdf")
    return message.as_bytes()


def test_a_pdf_says_what_the_same_words_say_as_text() -> None:
    assert [notice.facts for notice in notices(GOOD)] == [notice.facts for notice in notices(PROSE.encode())]


def test_each_fact_names_the_page_and_line_where_it_stands() -> None:
    last = notices(pdf([["Bulletin CII-SC/2026-46", *PROSE.splitlines()[2:3]], PROSE.splitlines()[3:]]))[-1]

    places = {origin.field: origin.place for origin in last.origins}
    assert places["submission_deadline"] == "item 2, page 2, line 1"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_to_be_turned_reads_as_one_that_stands_upright(turned: int) -> None:
    assert notices(pdf([[PROSE]], turned=turned)) == notices(GOOD)


@pytest.mark.parametrize("is_centred", [True, False], ids=["centred", "at the top"])
def test_a_table_with_rules_is_read_cell_by_cell(*, is_centred: bool) -> None:
    rows = [HEADER, ["2026_SCITY_\n1_1", "Poles along\nthe old\nring road", ROW[2]], SECOND]
    first, second = notices(pdf([[Ruled(WIDTHS, rows, is_centred=is_centred)]]))

    assert (first.process_id, first.facts.title) == ("2026_SCITY_1_1", "Poles along the old ring road")
    assert (second.process_id, second.facts.title) == ("2026_X_2_1", "Pumps")
    assert second.origins[0].place.startswith("page 1, line ")


def test_a_table_goes_on_over_the_page_with_and_without_its_header() -> None:
    third = ["2026_X_3_1", *ROW[1:]]
    pages = [[Ruled(WIDTHS, rows)] for rows in ([HEADER, ROW], [SECOND], [HEADER, third])]

    assert [notice.process_id for notice in notices(pdf(pages))] == ["2026_X_1_1", "2026_X_2_1", "2026_X_3_1"]


def test_a_table_without_rules_is_read_by_where_its_cells_stand() -> None:
    rows = [HEADER, ROW, ["", "along the ring road", ""], SECOND]
    first, second = notices(pdf([["List of tenders", Columned(STARTS, rows), "That is all for this week."]]))

    assert first.facts.title == "Poles along the ring road"
    assert (second.process_id, second.facts.title) == ("2026_X_2_1", "Pumps")


def test_columns_that_run_into_one_another_are_no_guess() -> None:
    long = ["2026_X_1_1 2026_X_1_1 2026_X_1_1 2026_X_1_1", "Poles", ROW[2]]
    rows = [HEADER, [long[0], "", long[2]], SECOND]
    unreadable, notice = read(pdf([[Columned(STARTS, rows)]]))

    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "the columns run into one another, so the cells can't be told apart"
    assert isinstance(notice, ParsedNotice)


def test_an_attached_bulletin_has_the_number_and_the_date_of_its_mail() -> None:
    attached = pdf([PROSE.splitlines()[2:]])
    first = notices(mail(attached, text="Dear all, see the attached."), "cii_mailbox")[0]

    assert first.notice_id == "CII-SC/2026-46/1"
    assert first.published_at is not None
    assert first.origins[0].place.startswith("attachment list.pdf, item 1, page 1, line ")


def test_items_of_text_and_of_attachments_never_share_a_number() -> None:
    found = notices(mail(GOOD, GOOD, text=PROSE), "cii_mailbox")

    assert [notice.notice_id.partition("/2026-46/")[2] for notice in found] == [
        "1", "2", "A1-1", "A1-2", "A2-1", "A2-2",
    ]  # fmt: skip


def test_what_can_not_be_read_of_two_attachments_of_one_name_is_kept_apart() -> None:
    parts = read(mail(b"%PDF-1.7", b"%PDF-1.7", text=PROSE), "cii_mailbox")

    assert [part.place for part in parts if isinstance(part, Unreadable)] == [
        "attachment 1, list.pdf",
        "attachment 2, list.pdf",
    ]


def test_a_scanned_page_among_others_is_put_aside_for_a_person() -> None:
    text = b"BT /F 9 Tf 1 0 0 1 50 500 Tm (1. Mysuru: Bus depot. DPR ready. Bulletin CII-SC/2026-46) Tj ET"
    parts = read(assembled([text, IMAGE]))

    assert [(part.place, part.reason) for part in parts if isinstance(part, Unreadable)] == [
        ("page 2", "the page is an image without text: type it in by hand")
    ]


def test_what_a_pdf_would_do_is_not_done() -> None:
    script = "/OpenAction << /S /JavaScript /JS (while \\(true\\) {}) >>"
    attached = "/Names << /EmbeddedFiles << /Names [(a.csv) 3 0 R] >> >>"
    body = assembled([b"BT /F 9 Tf 1 0 0 1 50 500 Tm (Nothing new) Tj ET"], catalogue=f"{script} {attached}")

    with pytest.raises(SourceChanged, match="holds no numbered item and no table"):
        read(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (assembled([IMAGE]), "page images without text: type it in by hand"),
        (assembled([b"0 0 m 100 0 l S"]), "holds no text"),
        (pdf([[PROSE]], trailer=LOCK), "locked with a password"),
        (GOOD[: len(GOOD) // 2], "damaged or incomplete"),
        (b"%PDF-1.7\n" + b"\xff" * 100_000, "damaged or incomplete"),
        (written([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), "can be opened|no text"),
        (written([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 2000000000 >>"]), "damaged|pages"),
        (written([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"]), "damaged"),
        (
            written(
                [CATALOGUE]
                + [f"<< /Type /Pages /Kids [{n} 0 R] /Count 1 >>".encode() for n in range(3, 9_000)]
            ),
            "can be opened|no text",
        ),
        (written([CATALOGUE, *[b"null"] * 100_000]), "damaged"),
        (pdf([["x"]] * 301), "has 301 pages; 300 are read at most"),
        (assembled([b"BT /F 9 Tf (" + b"a" * 30_000 + b") Tj ET"]), "more than 20000 letters"),
        (assembled([b"q " * 20_000_000]), "can't be opened within 512 MB"),
    ],
    ids=[
        "scanned", "without text", "locked", "cut off", "rubbish", "pages in a circle", "endless", "no pages",
        "deep tree", "many objects", "too long", "too full", "bomb",
    ],
)  # fmt: skip
def test_a_hostile_or_useless_pdf_ends_soon_and_says_why(body: bytes, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(SourceChanged, match=reason):
        read(body)
    assert time.monotonic() - begun < 15


def test_a_pdf_by_another_name_is_still_read() -> None:
    document = FetchedDocument("list.csv", "text/csv", GOOD)

    assert len(list(ADAPTERS["upload"].parse(document, SOURCE))) == 2
