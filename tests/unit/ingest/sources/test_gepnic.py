"""What portals may change without our losing a fact, and what they may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.errors import SourceChanged, SourceUnavailable
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import SAMPLES, without_tables

ADAPTER = ADAPTERS["gepnic"]
SOURCE = SourceSettings("madhyabhumi", "https://tenders.madhyabhumi.example", "madhyabhumi")
ADDRESS = "https://tenders.madhyabhumi.example/nicgep/app?page=FrontEndTendersByOrganisation&service=page"


def sample(name: str) -> str:
    return (SAMPLES / "gepnic" / name).read_text()


def page(text: str, url: str = ADDRESS) -> FetchedDocument:
    return FetchedDocument(url, "text/html", text.encode())


def read(text: str, url: str = ADDRESS) -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTER.parse(page(text, url), SOURCE)))


def table(columns: list[str], *rows: list[str], head: str = 'class="list_header"') -> str:
    def line(cells: list[str], attributes: str = "") -> str:
        return f"<tr {attributes}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    body = "".join(line(row) for row in rows)
    return f'<table id="table" class="list_table">{line(columns, head)}{body}</table>'


LINK = '<a href="/nicgep/app?page=FrontEndViewTender&amp;sp=S1" title="View">[Smart poles]</a>'
CELLS = {
    "S.No": "1",
    "e-Published Date": "16-Nov-2026 06:00 PM",
    "Closing Date": "14-Dec-2026 03:00 PM",
    "Opening Date": "15-Dec-2026 03:30 PM",
    "Title and Ref.No./Tender ID": f"{LINK}\n\t\t[PSCL/7][2026_PSCL_7_1]",
    "Organisation Chain": "Department of Urban Growth||Prithvipur Smart City Limited",
}
REWORDED = {
    "S.No": "Sl. No.",
    "e-Published Date": "Published Date",
    "Closing Date": "Bid Submission Closing Date",
    "Opening Date": "Tender Opening Date",
    "Title and Ref.No./Tender ID": "Title, Reference No. and Tender Id",
    "Organisation Chain": "ORGANIZATION CHAIN",
}


def test_the_order_of_columns_does_not_matter() -> None:
    names = list(CELLS)
    expected = read(table(names, [CELLS[name] for name in names]))
    for turn in range(1, len(names)):
        turned = names[turn:] + names[:turn]
        assert read(table(turned, [CELLS[name] for name in turned])) == expected
        assert read(table(turned[::-1], [CELLS[name] for name in turned[::-1]])) == expected


def test_small_changes_of_wording_do_not_matter() -> None:
    names = list(CELLS)
    reworded = table([REWORDED[name] for name in names], list(CELLS.values()))
    assert read(reworded) == read(table(names, list(CELLS.values())))


def test_title_reference_and_number_may_stand_in_columns_of_their_own() -> None:
    names = ["Tender ID", "Tender Title", "Ref. No.", "Publish Date", "Bid Closing Date"]
    (notice,) = read(
        table(names, ["2026_PSCL_7_1", "Smart [LED] poles", "PSCL/7", "16-Nov-2026", "14-Dec-2026"])
    )

    assert isinstance(notice, ParsedNotice)
    assert (notice.process_id, notice.facts.title, notice.facts.reference) == (
        "2026_PSCL_7_1",
        "Smart [LED] poles",
        "PSCL/7",
    )


def test_a_list_without_closing_dates_has_changed() -> None:
    names = [name for name in CELLS if name != "Closing Date"]
    with pytest.raises(SourceChanged, match="no column for the closing date"):
        read(table(names, [CELLS[name] for name in names]))


@pytest.mark.parametrize(
    ("cell", "title", "reference"),
    [
        ("<a href='x'>[[Package 2] poles]</a> [PSCL/7][2026_PSCL_7_1]", "[Package 2] poles", "PSCL/7"),
        ("<a href='x'>[Poles [Package 2]]</a> [PSCL/7   ][2026_PSCL_7_1]", "Poles [Package 2]", "PSCL/7"),
        ("<a href='x'>[Poles ]</a> [Poles][2026_PSCL_7_1]", "Poles", "Poles"),
        ("<a href='x'>[Poles]</a> [PSCL [A][B] 7] [2026_PSCL_7_1]", "Poles", "PSCL [A][B] 7"),
        ("<a href='x'>[Poles]</a> [][2026_PSCL_7_1]", "Poles", None),
        ("[Poles [A]] [PSCL/7][2026_PSCL_7_1]", "Poles [A]", "PSCL/7"),
    ],
)
def test_brackets_inside_titles_and_references_stay(cell: str, title: str, reference: str | None) -> None:
    (notice,) = read(table(list(CELLS), list((CELLS | {"Title and Ref.No./Tender ID": cell}).values())))

    assert isinstance(notice, ParsedNotice)
    assert (notice.facts.title, notice.facts.reference) == (title, reference)


def test_what_templates_leave_in_comments_is_no_tender() -> None:
    words = " ".join(str(part) for part in read(sample("organisation_listing.html")))
    assert "Left over by a template" not in words


def test_the_list_and_the_tenders_page_are_readings_of_one_publication() -> None:
    from_list = read(sample("organisation_listing.html"))[0]
    (from_page,) = read(sample("tender_page.html"))

    assert isinstance(from_list, ParsedNotice)
    assert isinstance(from_page, ParsedNotice)
    assert from_list.publisher == from_page.publisher == "tenders.madhyabhumi.example"
    assert from_list.notice_id == from_page.notice_id == from_page.process_id
    assert from_list.published_at == from_page.published_at
    assert from_list.facts.submission_deadline == from_page.facts.submission_deadline


def test_links_lead_to_the_portal_without_anybodys_session() -> None:
    link = "app;jsessionid=E1F2?page=FrontEndViewTender&amp;sp=S1"
    cell = f"<a href='{link}'>[Poles]</a> [PSCL/7][2026_PSCL_7_1]"
    (notice,) = read(table(list(CELLS), list((CELLS | {"Title and Ref.No./Tender ID": cell}).values())))

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.url == "https://tenders.madhyabhumi.example/nicgep/app?page=FrontEndViewTender&sp=S1"


def test_a_page_handed_in_as_a_file_belongs_to_its_source() -> None:
    (notice,) = read(table(list(CELLS), list(CELLS.values())), url="file:///saved.html")

    assert isinstance(notice, ParsedNotice)
    assert notice.publisher == "madhyabhumi"
    assert notice.facts.url == "https://tenders.madhyabhumi.example/nicgep/app?page=FrontEndViewTender&sp=S1"


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("tenders.madhyabhumi.example", "tenders.madhyabhumi.example"),
        ("127.0.0.1:8900", "madhyabhumi"),
        ("[::1]:8900", "madhyabhumi"),
        ("localhost", "madhyabhumi"),
    ],
)
def test_a_portal_is_known_by_its_name_and_on_this_machine_by_what_the_source_says(
    host: str, publisher: str
) -> None:
    (notice,) = read(table(list(CELLS), list(CELLS.values())), url=f"http://{host}/nicgep/app")

    assert isinstance(notice, ParsedNotice)
    assert notice.publisher == publisher


def test_each_row_may_stand_in_a_body_of_its_own() -> None:
    text = table(list(CELLS), list(CELLS.values()), list(CELLS.values()))
    assert read(text.replace("<tr >", "<tbody><tr>")) == read(text)


def test_a_list_under_another_id_is_still_found() -> None:
    text = table(list(CELLS), list(CELLS.values()))
    assert read(text.replace('id="table"', 'id="table_3"')) == read(text)


def test_a_tender_page_that_lost_its_closing_date_says_so() -> None:
    (notice,) = read(sample("tender_page.html").replace("Bid Submission End Date", "Last call"))

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.submission_deadline is None
    assert [doubt.field for doubt in notice.doubts] == ["submission_deadline"]


def test_a_tender_page_without_its_number_has_changed() -> None:
    with pytest.raises(SourceChanged, match="Tender ID"):
        read(sample("tender_page.html").replace("Tender ID", "Case"))


def test_a_tender_page_with_an_empty_number_is_unreadable() -> None:
    (part,) = read(sample("tender_page.html").replace("2026_PSCL_10411_1", "NA "))

    assert isinstance(part, Unreadable)
    assert part.reason == "no tender ID"


def test_a_stale_session_is_worth_another_try_though_it_says_all_is_well() -> None:
    with pytest.raises(SourceUnavailable):
        read(sample("stale_session.html"))


@pytest.mark.parametrize(
    "text", ["", "<html></html>", "\x00\x00", "<table id='table'></table>", "not a page"]
)
def test_anything_else_has_changed(text: str) -> None:
    with pytest.raises(SourceChanged, match="holds no list of tenders"):
        read(text)


@pytest.mark.parametrize("tag", ["<div>", "<table id=table>", "<table><tr><td>", "<td class=td_caption><b>"])
def test_a_page_nested_without_end_is_answered(tag: str) -> None:
    """Each row looked up among all rows around it would take minutes here."""
    text = tag * 20_000
    with pytest.raises(SourceChanged):
        read(text)
    assert ADAPTER.fingerprint(page(text))


def test_scripts_in_a_cell_are_no_words() -> None:
    cells = [cell.replace("Prithvipur", "<script>count('x')</script>Prithvipur") for cell in CELLS.values()]
    assert read(table(list(CELLS), cells)) == read(table(list(CELLS), list(CELLS.values())))


VOLATILE = [
    ("4071193", "4071194"),
    ("20-Nov-2026", "21-Nov-2026"),
    ("S1madeup", "S1another"),
    ("a8c1-made-up", "b7d2-made-up"),
]


def test_the_visitor_counter_and_session_tokens_make_no_new_document() -> None:
    text = sample("organisation_listing.html")
    again = text
    for before, after in VOLATILE:
        assert before in text
        again = again.replace(before, after)
    assert ADAPTER.fingerprint(page(text)) == ADAPTER.fingerprint(page(again))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("organisation_listing.html", "14-Dec-2026 03:00 PM", "21-Dec-2026 03:00 PM"),
        ("tender_page.html", "57,50,00,000", "58,50,00,000"),
        ("tender_page.html", "Extension of dates", "Second extension of dates"),
        ("organisation_index.html", "178", "179"),
    ],
)
def test_what_a_page_says_makes_a_new_document(name: str, before: str, after: str) -> None:
    document = page(sample(name))
    changed = replace(document, body=document.body.replace(before.encode(), after.encode()))
    assert ADAPTER.fingerprint(document) != ADAPTER.fingerprint(changed)
