"""How pages are built: the same however much they say, and told in words when it changes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument
from ingest.watching.layout import (
    ENOUGH_PAGES,
    Layout,
    LayoutChange,
    PageType,
    change_between,
    layout_of,
    tells_enough,
)
from tests.real_data import DATA, needs_real_data
from tests.unit.ingest.samples import SAMPLES


def listing(*labels: str, path: str = "table/tr") -> Layout:
    return layout_of(PageType.LIST, path, labels, has_all_labels=True)


def notice(*labels: str, path: str = "dl") -> Layout:
    return layout_of(PageType.NOTICE, path, labels, has_all_labels=False)


def layout_in(kind: str, body: bytes) -> Layout | None:
    return ADAPTERS[kind].layout(FetchedDocument("https://portal.example.org/", "text/html", body))


def sample(kind: str, name: str) -> bytes:
    return (SAMPLES / kind / name).read_bytes()


@pytest.mark.parametrize(
    ("known", "shown", "change"),
    [
        ([], [listing("Title")], None),
        ([listing("Title", "Closing date")], [listing("Title", "Closing date")], None),
        ([listing("Title", "EMD in Rs.")], [listing("Title:", "EMD in ₹")], None),
        ([listing("Title")], [listing("Title", "Bid fee")], LayoutChange(new=("Bid fee",))),
        ([listing("Title", "EMD")], [listing("Title")], LayoutChange(gone=("EMD",))),
        ([listing("Title", "EMD")], [listing("EMD", "Title")], LayoutChange()),
        ([listing("Title")], [listing("Title", path="div/tr")], LayoutChange()),
        ([listing("Title"), listing("Title", "EMD")], [listing("Title")], None),
        ([notice("City", "EMD"), notice("City")], [notice("City", "EMD")], None),
        ([notice("City")], [notice("City", "EMD"), notice("City")], None),
        ([notice("City")], [notice("Town"), notice("Town", "EMD")], LayoutChange(("Town",), ("City",))),
        ([notice("City")], [notice("City", path="table")], LayoutChange()),
    ],
)
def test_a_layout_is_judged_beside_those_we_know(
    known: list[Layout], shown: list[Layout], change: LayoutChange | None
) -> None:
    assert change_between(known, shown) == change


def test_a_few_pages_that_may_leave_things_out_tell_nothing() -> None:
    assert not tells_enough([notice("City")], pages=ENOUGH_PAGES - 1)
    assert tells_enough([notice("City")], pages=ENOUGH_PAGES)
    assert tells_enough([listing("City")], pages=1)


@pytest.mark.parametrize(
    ("kind", "name", "page"),
    [
        ("gepnic", "organisation_listing.html", PageType.LIST),
        ("gepnic", "organisation_index.html", PageType.INDEX),
        ("gepnic", "tender_page.html", PageType.TENDER),
        ("cppp", "latest_active_tenders.html", PageType.LIST),
        ("cii_pages", "tender_notice.html", PageType.NOTICE),
        ("ocds", "release_package.json", PageType.PACKAGE),
    ],
)
def test_each_type_of_page_is_known(kind: str, name: str, page: PageType) -> None:
    layout = layout_in(kind, sample(kind, name))

    assert layout is not None
    assert layout.page == page
    assert len(layout.labels) >= 3


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("gepnic", "captcha_before_a_list.html"),
        ("gepnic", "stale_session.html"),
        ("cppp", "no_list.html"),
        ("cii_pages", "log_in.html"),
        ("cii_mailbox", "tenders_in_a_table.eml"),
        ("upload", "ocds_columns.csv"),
    ],
)
def test_what_is_no_page_of_the_source_has_no_layout(kind: str, name: str) -> None:
    assert layout_in(kind, sample(kind, name)) is None


def test_a_list_looks_the_same_however_much_is_in_it() -> None:
    full, empty = (
        layout_in("gepnic", sample("gepnic", name))
        for name in ("organisation_listing.html", "empty_listing.html")
    )

    assert full == empty


@pytest.mark.parametrize("kind", ["gepnic", "cppp"])
def test_numbers_in_a_page_are_no_part_of_its_layout(kind: str) -> None:
    name = {"gepnic": "tender_page.html", "cppp": "latest_active_tenders.html"}[kind]
    body = sample(kind, name)

    assert layout_in(kind, re.sub(rb">[^<]*\d[^<]*<", b">7<", body)) == layout_in(kind, body)


def test_a_list_that_can_no_longer_be_read_still_tells_its_layout() -> None:
    body = sample("gepnic", "organisation_listing.html")
    renamed = body.replace(b"Closing Date", b"Last Date").replace(b"Title and Ref.No./Tender ID", b"Work")

    known, shown = layout_in("gepnic", body), layout_in("gepnic", renamed)

    assert known is not None
    assert shown is not None
    assert change_between([known], [shown]) == LayoutChange(
        new=("Last Date", "Work"), gone=("Closing Date", "Title and Ref.No./Tender ID")
    )


@needs_real_data
def test_pages_of_real_portals_look_as_the_samples_do() -> None:
    pairs = [
        ("gepnic", "dnh_org_listing.trimmed.html", "organisation_listing.html"),
        ("gepnic", "tn_org_index.trimmed.html", "organisation_index.html"),
        ("cppp", "cppp_latest_active.trimmed.html", "latest_active_tenders.html"),
    ]
    for kind, real, made_up in pairs:
        layouts = [layout_in(kind, (DATA / "gepnic-pages" / real).read_bytes())]
        layouts.append(layout_in(kind, sample(kind, made_up)))
        assert all(one == other for one, other in pairwise(layouts))
    detail = layout_in("gepnic", (DATA / "gepnic-pages" / "dnh_detail.trimmed.html").read_bytes())
    ours = layout_in("gepnic", sample("gepnic", "tender_page.html"))
    assert detail is not None
    assert ours is not None
    assert change_between([detail, ours], [ours]) is None
