from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import FetchRefused, SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from tests.unit.ingest.sources.no_network import NoNetwork

ADAPTER = ADAPTERS["cii_pages"]
SITE = "https://channel.example"
SOURCE = SourceSettings("cii", f"{SITE}/notices", "cii")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Pages(NoNetwork):
    """A site made of these pages; what is absent has been taken down."""

    def __init__(self, **pages: str) -> None:
        self._pages = pages
        self.asked: list[str] = []

    def get(self, url: str) -> FetchedDocument:
        name = url.removeprefix(SITE + "/")
        self.asked.append(name)
        if name not in self._pages:
            raise SourceChanged("404")
        return FetchedDocument(url, "text/html", self._pages[name].encode())


def listing(*links: str, following: str = "") -> str:
    rows = "".join(f"<tr><td><a href='{link}'>{link}</a></td><td>x</td><td>y</td></tr>" for link in links)
    further = f"<a rel='next' href='{following}'>Next</a>" if following else ""
    return f"<table><tr><th>Notice no.</th><th>City</th><th>Title</th></tr>{rows}</table>{further}"


def fetched(pages: Pages) -> list[str]:
    return [document.url for document in ADAPTER.fetch(SOURCE, pages, now=NOW)]


def test_every_page_of_the_list_is_followed_and_every_notice_fetched_once() -> None:
    pages = Pages(
        notices=listing("/1", "/2", following="/more"),
        more=listing("/2", "/3"),
        **{"1": "", "2": "", "3": ""},
    )

    assert fetched(pages) == [f"{SITE}/1", f"{SITE}/2", f"{SITE}/3"]


def test_a_list_that_leads_back_to_itself_ends() -> None:
    assert fetched(Pages(notices=listing("/1", following="/notices"), **{"1": ""})) == [f"{SITE}/1"]


def test_a_notice_taken_down_is_passed_over() -> None:
    assert fetched(Pages(notices=listing("/1", "/2"), **{"2": ""})) == [f"{SITE}/2"]


def test_a_list_in_a_new_layout_is_told_and_never_nothing_new() -> None:
    with pytest.raises(SourceChanged, match="notice number"):
        fetched(Pages(notices="<ul><li><a href='/1'>1</a></li></ul>"))


def test_a_list_without_notices_is_nothing_new() -> None:
    assert fetched(Pages(notices=listing())) == []


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/1", "//elsewhere.example/1", "file:///etc/passwd"]
)
def test_a_link_off_the_site_is_refused(link: str) -> None:
    with pytest.raises(FetchRefused):
        fetched(Pages(notices=listing(link)))
