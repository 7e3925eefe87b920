"""The central portal's list: what identifies a tender stands in a link that is read and never followed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from ingest.errors import FetchRefused, SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cppp import fetch
from opportunities.parsed_notice import CONFIDENT, ParsedNotice, Unreadable
from tests.unit.ingest.samples import SAMPLES, without_tables
from tests.unit.ingest.sources.no_network import NoNetwork

ADAPTER = ADAPTERS["cppp"]
SITE = "https://central.example"
LIST = f"{SITE}{fetch.LIST_PATH}"
SOURCE = SourceSettings("central", SITE, "central")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HEADINGS = (
    "Sl.No",
    "e-Published Date",
    "Bid Submission Closing Date",
    "Tender Opening Date",
    "Title/Ref.No./Tender Id",
    "Organisation Name",
    "Corrigendum",
)


def link(reference: str, tender_id: str, *, at: int = 1_790_000_000, head: tuple[str, ...] = ()) -> str:
    parts = (*(head or ("140", "ab" * 16, "cd" * 16, str(at))), reference, tender_id)
    return "/cppp/tendersfullview/" + "A13h1".join(b64encode(part.encode()).decode() for part in parts)


def listing(*title_cells: str, next_page: str = "", headings: tuple[str, ...] = HEADINGS) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in headings)
    rows = "".join(
        f"<tbody><tr><td>1.</td><td>16-Nov-2026 06:00 PM</td><td>14-Dec-2026 03:00 PM</td>"
        f"<td>15-Dec-2026 03:30 PM</td><td>{cell}</td><td>Jal Board</td><td>--</td></tr></tbody>"
        for cell in title_cells
    )
    pager = f'<a class="paginate_button" href="{next_page}">Next »</a>' if next_page else ""
    return f'<table id="table" class="list_table"><thead><tr>{head}</tr></thead>{rows}</table>{pager}'


def title(words: str, reference: str, tender_id: str, *, href: str | None = None) -> str:
    return f'<a href="{href or link(reference, tender_id)}">{words}</a>/{reference}/{tender_id}'


def page(text: str, url: str = LIST) -> FetchedDocument:
    return FetchedDocument(url, "text/html", text.encode())


def read(text: str) -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTER.parse(page(text), SOURCE)))


def only_notice(text: str) -> ParsedNotice:
    (part,) = read(text)
    assert isinstance(part, ParsedNotice)
    return part


@pytest.mark.parametrize(
    ("reference", "tender_id"),
    [
        ("1000400001", "2026_BPCL_26361"),
        ("07(Recall)NIT/EE/2026-27", "166992"),
        ("CC/T/W/DOM/A01/26/11895", "28487"),
        ("जल/12/2026", "2026_JAL_1_1"),
        ("A  /B", "7"),
    ],
)
def test_reference_and_id_come_safely_out_of_the_link(reference: str, tender_id: str) -> None:
    notice = only_notice(listing(title("Pumps/valves", reference, tender_id)))

    assert (notice.facts.title, notice.process_id) == ("Pumps/valves", tender_id)
    assert notice.facts.reference == " ".join(reference.split())
    assert notice.publisher == "central.example"


def test_a_link_without_padding_is_read_too() -> None:
    href = link("PJB/9", "2026_PJB_7").replace("=", "")
    assert only_notice(listing(title("Pumps", "PJB/9", "2026_PJB_7", href=href))).facts.reference == "PJB/9"


@pytest.mark.parametrize(
    "href",
    [
        "/cppp/tendersfullview/notbase64",
        link("x", "y", head=("140", "short", "cd" * 16, "1790000000")),
        link("x", "y", head=("140", "1790000000")),
        "https://elsewhere.example/tender/7",
    ],
)
def test_without_the_link_the_text_counts_where_only_one_reading_is_possible(href: str) -> None:
    assert only_notice(listing(title("Pumps", "PJB-9", "2026_PJB_7", href=href))).process_id == "2026_PJB_7"

    (part,) = read(listing(title("Pumps", "PJB/9", "2026_PJB_7", href=href)))
    assert isinstance(part, Unreadable)
    assert "can't be taken apart with certainty" in part.reason


def test_a_link_that_contradicts_its_text_is_put_aside() -> None:
    (part,) = read(listing(title("Pumps", "PJB/9", "2026_PJB_7", href=link("PJB/9", "2026_PJB_8"))))

    assert isinstance(part, Unreadable)
    assert "2026_PJB_8" in part.reason


@pytest.mark.parametrize(("length", "is_sure"), [(149, True), (150, False)])
def test_a_title_as_long_as_the_portal_shows_may_be_cut(length: int, is_sure: bool) -> None:  # noqa: FBT001
    notice = only_notice(listing(title("x" * length, "PJB/9", "2026_PJB_7")))

    (origin,) = (origin for origin in notice.origins if origin.field == "title")
    assert (origin.confidence >= CONFIDENT) is is_sure
    assert ("cut at 150" in origin.place) is not is_sure


def test_the_time_inside_links_makes_no_new_document_and_no_new_notice() -> None:
    earlier, later = (
        listing(title("Pumps", "PJB/9", "2026_PJB_7", href=link("PJB/9", "2026_PJB_7", at=at)))
        for at in (1_790_000_000, 1_790_003_600)
    )

    assert ADAPTER.fingerprint(page(earlier)) == ADAPTER.fingerprint(page("Total Tenders : 9" + later))
    assert read(earlier) == read(later)
    assert ADAPTER.fingerprint(page(earlier)) != ADAPTER.fingerprint(page(later.replace("14-Dec", "15-Dec")))


def test_a_list_without_closing_dates_has_changed() -> None:
    headings = tuple(name.replace("Bid Submission Closing Date", "Remarks") for name in HEADINGS)
    with pytest.raises(SourceChanged, match="no column for the closing date"):
        read(listing(headings=headings))


def test_the_portals_other_reader_says_who_reads_this() -> None:
    text = (SAMPLES / "cppp" / "latest_active_tenders.html").read_text()
    with pytest.raises(SourceChanged, match="source of the kind cppp"):
        list(ADAPTERS["gepnic"].parse(page(text), SOURCE))


class Pages(NoNetwork):
    """A portal made of these pages, by what follows the list's address."""

    def __init__(self, **pages: str) -> None:
        self._pages = pages
        self.asked: list[str] = []

    def get(self, url: str) -> FetchedDocument:
        name = re.sub(r"\W", "", url.removeprefix(LIST))
        self.asked.append(name)
        return page(self._pages[name or "first"], url)


def three_pages(last_leads_to: str = "") -> Pages:
    return Pages(
        first=listing(title("One", "A/1", "1"), next_page="?two"),
        two=listing(title("Two", "A/2", "2"), next_page="?three"),
        three=listing(title("Three", "A/3", "3"), next_page=last_leads_to),
    )


def fetched(pages: Pages, *, clock: Callable[[], float] = lambda: 0.0) -> list[str]:
    return [document.url.removeprefix(LIST) for document in fetch.fetch_lists(SOURCE, pages, clock=clock)]


def test_the_list_is_followed_to_its_end_and_no_tenders_page_is_fetched() -> None:
    pages = three_pages()
    documents = list(ADAPTER.fetch(SOURCE, pages, now=NOW))

    assert [document.url for document in documents] == [LIST, f"{LIST}?two", f"{LIST}?three"]
    assert pages.asked == ["", "two", "three"]


def test_paging_that_gives_the_same_page_again_ends() -> None:
    assert fetched(three_pages(last_leads_to="?two")) == ["", "?two", "?three"]


def test_a_visit_ends_in_time() -> None:
    ticks: Iterator[float] = iter([0.0, 1.0, fetch.LONGEST_VISIT + 1])
    assert fetched(three_pages(), clock=lambda: next(ticks)) == [""]


@pytest.mark.parametrize(
    "link_to",
    [link("A/1", "1"), "https://elsewhere.example/cppp/latestactivetendersnew/cpppdata"],
)
def test_nothing_but_the_list_is_fetched(link_to: str) -> None:
    with pytest.raises(FetchRefused):
        fetched(Pages(first=listing(title("One", "A/1", "1"), next_page=link_to)))


def test_a_page_that_is_no_list_is_kept_so_that_a_person_is_told() -> None:
    assert fetched(Pages(first="<p>Enter Captcha</p>")) == [""]
