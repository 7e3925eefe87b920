"""Pages handed in: by the adapter of the portal that made them, or as a table."""

from __future__ import annotations

import time

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.files.page import LARGEST_PAGE, MOST_TAGS
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import SAMPLES, without_tables

SOURCE = SourceSettings("office", "", "the office")
MOST_TRIES = 3
# Below this, in seconds, the clock is too coarse to compare.
LEAST_WORK = 0.02
TABLE = (
    "<p>Tenders</p><table><tr><th>Tender ID</th><th>Title</th><th>Closing Date</th></tr>"
    "<tr><td>2026_X_1_1</td><td>Smart <b>poles</b></td><td>31-Dec-2026 03:00 PM</td></tr>"
    "<tr><td>2026_X_2_1</td><td>Pumps</td></tr></table>"
)


def read(page: str, kind: str = "upload") -> list[ParsedNotice | Unreadable]:
    document = FetchedDocument("saved.html", "text/html", page.encode())
    return list(without_tables(ADAPTERS[kind].parse(document, SOURCE)))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("gepnic", "organisation_listing.html"),
        ("gepnic", "tender_page.html"),
        ("cppp", "latest_active_tenders.html"),
    ],
)
def test_a_page_saved_from_a_portal_is_read_by_its_own_adapter(kind: str, name: str) -> None:
    page = (SAMPLES / kind / name).read_text()

    assert read(page) == read(page, kind)
    assert any(isinstance(part, ParsedNotice) for part in read(page))


def test_a_page_that_says_where_it_was_saved_from_belongs_to_that_portal() -> None:
    page = (SAMPLES / "gepnic" / "organisation_listing.html").read_text()
    saved = "<!-- saved from url=(0041)https://tenders.madhyabhumi.example/nicgep/app -->\n" + page

    publishers = {part.publisher for part in read(saved) if isinstance(part, ParsedNotice)}
    assert publishers == {"tenders.madhyabhumi.example"}


def test_any_table_under_headings_that_we_know_is_read() -> None:
    notice, unreadable = read(TABLE)

    assert isinstance(notice, ParsedNotice)
    assert (notice.process_id, notice.facts.title) == ("2026_X_1_1", "Smart poles")
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "the row has 2 cells, its header 3"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 200_000, "nested deeper"),
        ("<p>" + "x" * LARGEST_PAGE, "more than 5 MB"),
        ("<p>" * 1_000_000, "more than 150000 tags"),
        ("<li>" * MOST_TAGS, "no portal we know"),
        ("<html><p>Hello", "no portal we know"),
        ("<table><tr><th>Name</th><th>Phone</th></tr></table>", "their headings: Name, Phone"),
    ],
    ids=["nested", "large", "many tags", "as many as are read", "no table", "another table"],
)
def test_any_other_page_is_refused_and_says_why(page: str, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(page)


@pytest.mark.parametrize(
    "tag", ["<div>", "<p>", "<li>", "<li><div></div>", "<table><tr><td>Tender ID</table>"]
)
def test_a_page_of_eight_times_the_size_takes_eight_times_the_work(tag: str) -> None:
    """A reader that looks back at all it has read for each tag would take 64 times, at every try.

    Others who use the processor's cache make one try in many dearer than it is.
    """
    tags = 4_000 // tag.count("<")

    assert any(work_on(tag * tags * 8) < 24 * max(work_on(tag * tags), LEAST_WORK) for _ in range(MOST_TRIES))


def work_on(page: str) -> float:
    """The seconds that the processor spends on it, however much else it has to do."""
    begun = time.thread_time()
    with pytest.raises(SourceChanged):
        read(page)
    return time.thread_time() - begun
