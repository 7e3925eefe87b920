"""Mails handed in as files, text pasted from them, and what is attached to either road's mails."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import samples_of, without_tables
from tests.unit.ingest.workbooks import Cell, workbook

SOURCE = SourceSettings("office", "", "cii")
MAILS = [sample.path for sample in samples_of("cii_mailbox") if sample.path.stem != "not_a_message"]
PROSE = """Bulletin CII-SC/2026-46

1. Prithvipur, Madhyabhumi: Smart poles along the ring road. The DPR is under preparation.
2. Kamalnagar: Pumping station. RFP published, bids due 31.12.2026 at 15:00.
"""
ROWS: list[list[Cell]] = [["Tender ID", "Title"], ["2026_X_1_1", "Poles"], ["2026_X_2_1", None]]
CSV = b"Tender ID,Title\n2026_X_1_1,Poles\n2026_X_2_1,\n"
PAGE = b"<table><tr><th>Tender ID</th><th>Title</th></tr><tr><td>2026_X_1_1</td><td>Poles</td></tr></table>"


def read(body: bytes, kind: str = "upload") -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTERS[kind].parse(FetchedDocument("handed-in", "", body), SOURCE)))


def mail(*attached: tuple[str, bytes], text: str = PROSE) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Date"] = "desk@cii.example", "Fri, 20 Nov 2026 10:00:00 +0530"
    message["Subject"] = "Bulletin CII-SC/2026-46"
    message.set_content(text)
    for name, body in attached:
        message.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    return message


@pytest.mark.parametrize("mail_file", MAILS, ids=lambda path: path.name)
def test_a_mail_handed_in_says_what_it_says_in_the_mailbox(mail_file: Path) -> None:
    body = mail_file.read_bytes()
    assert read(body) == read(body, "cii_mailbox")


def test_pasted_text_is_read_by_the_rules_for_bulletins() -> None:
    pasted, mailed = read(PROSE.encode()), read(mail().as_bytes())

    assert [part.notice_id for part in pasted if isinstance(part, ParsedNotice)] == [
        "CII-SC/2026-46/1",
        "CII-SC/2026-46/2",
    ]
    facts = [[part.facts for part in parts if isinstance(part, ParsedNotice)] for parts in (pasted, mailed)]
    assert facts[0] == facts[1]


def test_text_without_items_still_says_that_it_is_no_table() -> None:
    with pytest.raises(SourceChanged, match="no row names columns"):
        read(b"Good morning,\nnothing new today.\n")


@pytest.mark.parametrize(
    ("name", "body", "place"),
    [
        ("list.xlsx", workbook({"List": ROWS}), "attachment list.xlsx, List, row 2, Tender ID"),
        ("list.csv", CSV, "attachment list.csv, row 2, Tender ID"),
        ("list.html", PAGE, "attachment list.html, row 1, Tender ID"),
    ],
    ids=["workbook", "CSV", "page"],
)
@pytest.mark.parametrize("kind", ["upload", "cii_mailbox"])
def test_an_attached_list_is_read_with_its_own_places(kind: str, name: str, body: bytes, place: str) -> None:
    parts = read(mail((name, body)).as_bytes(), kind)

    (notice,) = (part for part in parts if isinstance(part, ParsedNotice) and part.process_id == "2026_X_1_1")
    assert notice.origins[0].place == place
    assert len([part for part in parts if isinstance(part, ParsedNotice)]) == 3


def test_an_attachment_that_can_not_be_read_costs_the_rest_nothing() -> None:
    parts = read(mail(("a.pdf", b"%PDF-1.7"), ("b.xlsx", b"PK\x03\x04..."), ("c.csv", CSV)).as_bytes())

    reasons = {part.place: part.reason for part in parts if isinstance(part, Unreadable)}
    assert reasons == {
        "attachment a.pdf": "the PDF is damaged or incomplete",
        "attachment b.xlsx": "the workbook is damaged or incomplete",
        "attachment c.csv, row 3": "no title",
    }
    assert sum(isinstance(part, ParsedNotice) for part in parts) == 3


def test_a_logo_in_the_text_is_no_attachment() -> None:
    message = mail()
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")

    assert all(isinstance(part, ParsedNotice) for part in read(message.as_bytes()))


def test_a_bulletin_s_html_is_read_as_it_is_in_a_mail() -> None:
    items = "<ol><li>Kamalnagar: Pumping station. RFP published, bids due 31.12.2026 at 15:00.</li></ol>"
    columns = "<tr><th>S.No</th><th>Project</th><th>Stage</th><th>City</th></tr>"
    table = f"<table>{columns}<tr><td>1</td><td>Bus depot</td><td>DPR</td><td>Mysuru</td></tr></table>"
    page = f"<div><p>Bulletin CII-SC/2026-46</p>{items}{table}</div>"
    message = mail()
    message.set_content(page, subtype="html")

    pasted, mailed = read(page.encode()), read(message.as_bytes())

    facts = [[part.facts for part in parts if isinstance(part, ParsedNotice)] for parts in (pasted, mailed)]
    assert [fact.title for fact in facts[0]] == ["Kamalnagar: Pumping station", "Bus depot"]
    assert facts[0] == facts[1]
