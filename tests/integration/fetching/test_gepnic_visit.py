"""A visit to a portal: the one way without a captcha, one session, and no more than its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.errors import FetchRefused, SourceChanged, SourceUnavailable
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.gepnic.fetch import LONGEST_VISIT, fetch_tenders
from ingest.sources.http import PoliteClient
from opportunities.parsed_notice import ParsedNotice
from tests.integration.fetching.conftest import Answer, Upstream

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
APP = "/nicgep/app"
INDEX = f"{APP}?page=FrontEndTendersByOrganisation&service=page"
STALE = b"<html><head><title>Stale Session</title></head><body>Your session has timed out.</body></html>"


def listing_path(organisation: str) -> str:
    return f"{APP}?page=FrontEndTendersByOrganisation&service=direct&session=T&sp={organisation}"


def tender_path(number: int) -> str:
    return f"{APP}?page=FrontEndViewTender&service=direct&session=T&sp=T{number}"


def index_page(*organisations: str) -> bytes:
    links = {name: listing_path(name).replace("&", "&amp;") for name in organisations}
    rows = "".join(
        f'<tr><td>1</td><td>{name}</td><td><a href="{link}">2</a></td></tr>' for name, link in links.items()
    )
    head = '<tr class="list_header"><td>S.No</td><td>Organisation Name</td><td>Tender Count</td></tr>'
    menu = '<a href="/nicgep/app?page=FrontEndLatestActiveTenders&amp;service=page">Active Tenders</a>'
    return f'{menu}Enter Captcha<table id="table" class="list_table">{head}{rows}</table>'.encode()


def listing_page(*tenders: int, more: str = "") -> bytes:
    """A tender's number is also the day of November on which it was published."""
    rows = "".join(
        f"<tr><td>1</td><td>{number:02}-Nov-2026 09:00 AM</td><td>30-Nov-2026 03:00 PM</td>"
        f'<td><a href="{tender_path(number).replace("&", "&amp;")}">[Tender {number}]</a>'
        f"[R/{number}][2026_PSCL_{number}_1]</td></tr>"
        for number in tenders
    )
    head = (
        '<tr class="list_header"><td>S.No</td><td>e-Published Date</td><td>Closing Date</td>'
        "<td>Title and Ref.No./Tender ID</td></tr>"
    )
    return f'<table id="table" class="list_table">{head}{rows}{more}</table>'.encode()


def tender_page(number: int) -> bytes:
    fields = {
        "Tender ID": f"2026_PSCL_{number}_1",
        "Title": f"Tender {number}",
        "Organisation Chain": "Prithvipur Smart City Limited",
        "Published Date": f"{number:02}-Nov-2026 09:00 AM",
        "Bid Submission End Date": "30-Nov-2026 03:00 PM",
        "Tender Value in ₹": "1,00,000",
    }
    rows = "".join(
        f'<tr><td class="td_caption">{caption}</td><td class="td_field">{words}</td></tr>'
        for caption, words in fields.items()
    )
    return f'<table class="tablebg">{rows}</table>'.encode()


class Portal:
    """An upstream whose links work only inside the session that its index began."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream
        self.source = SourceSettings("portal", upstream.address, "tenders.example")
        self.sessions = 0
        self.ends_always = False
        self.shows(INDEX, index_page("Kamalnagar", "Prithvipur", "Suryagarh"), needs_session=False)
        self.shows(listing_path("Kamalnagar"), listing_page(3))
        self.shows(listing_path("Prithvipur"), listing_page(18, 11))
        self.shows(listing_path("Suryagarh"), listing_page(7))
        for number in (3, 7, 11, 18):
            self.shows(tender_path(number), tender_page(number))

    def shows(self, path: str, page: bytes, *, needs_session: bool = True) -> None:
        self.upstream.answers[path] = self._within_session(page) if needs_session else self._beginning(page)

    def ends_session(self) -> None:
        self.sessions += 1

    def visit(self, client: PoliteClient, *, now: datetime = NOW) -> list[FetchedDocument]:
        return list(ADAPTERS["gepnic"].fetch(self.source, client, now=now))

    def _beginning(self, page: bytes) -> Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            self.sessions += 1
            _send(handler, page, cookie=f"JSESSIONID={self.sessions}; Path=/nicgep")

        return answer

    def _within_session(self, page: bytes) -> Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            is_current = handler.headers.get("Cookie") == f"JSESSIONID={self.sessions}"
            _send(handler, page if is_current and not self.ends_always else STALE)

        return answer


def _send(handler: BaseHTTPRequestHandler, page: bytes, *, cookie: str = "") -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html;charset=UTF-8")
    handler.send_header("Content-Length", str(len(page)))
    if cookie:
        handler.send_header("Set-Cookie", cookie)
    handler.end_headers()
    handler.wfile.write(page)


@pytest.fixture
def portal(upstream: Upstream) -> Portal:
    return Portal(upstream)


def pages_asked_for(upstream: Upstream) -> set[str]:
    return {parse_qs(urlsplit(path).query).get("page", [path])[0] for path in upstream.paths}


def what_was_fetched(documents: list[FetchedDocument]) -> list[str]:
    return [parse_qs(urlsplit(document.url).query)["sp"][0] for document in documents]


def test_lists_come_first_and_then_the_newest_tenders(portal: Portal, client: PoliteClient) -> None:
    fetched = what_was_fetched(portal.visit(client))

    assert set(fetched[:3]) == {"Kamalnagar", "Prithvipur", "Suryagarh"}
    assert fetched[3:] == ["T18", "T11", "T7", "T3"]


def test_no_page_behind_a_captcha_is_ever_asked_for(
    portal: Portal, upstream: Upstream, client: PoliteClient
) -> None:
    portal.visit(client)

    assert pages_asked_for(upstream) == {
        "/robots.txt",
        "FrontEndTendersByOrganisation",
        "FrontEndViewTender",
    }


def test_a_visit_goes_on_where_the_last_one_left_off(portal: Portal, client: PoliteClient) -> None:
    portal.source = replace(portal.source, resume_at="Prithvipur")

    assert what_was_fetched(portal.visit(client))[:2] == ["Prithvipur", "Suryagarh"]
    assert client.left_off_at is None


def test_what_was_fetched_is_read(portal: Portal, client: PoliteClient) -> None:
    documents = portal.visit(client)
    read = [part for document in documents for part in ADAPTERS["gepnic"].parse(document, portal.source)]

    assert len(read) == 8
    assert {part.notice_id for part in read if isinstance(part, ParsedNotice)} == {
        f"2026_PSCL_{number}_1" for number in (3, 7, 11, 18)
    }


def test_a_session_that_ends_is_begun_anew_once(portal: Portal, client: PoliteClient) -> None:
    fetched = []
    for document in ADAPTERS["gepnic"].fetch(portal.source, client, now=NOW):
        fetched.append(document)
        if len(fetched) == 2:
            portal.ends_session()

    assert len(fetched) == 7
    assert not any(b"Stale" in document.body for document in fetched)


def test_a_portal_that_ends_every_session_is_left_for_later(portal: Portal, client: PoliteClient) -> None:
    portal.ends_always = True
    with pytest.raises(SourceUnavailable, match="again and again"):
        portal.visit(client)


def test_the_central_portals_keep_the_same_software_elsewhere(
    upstream: Upstream, client: PoliteClient
) -> None:
    path = "/eprocure/app?page=FrontEndTendersByOrganisation&service=page"
    upstream.says(path, index_page("Kamalnagar"))
    upstream.says(listing_path("Kamalnagar"), listing_page(3))
    source = SourceSettings("portal", f"{upstream.address}/", "tenders.example")

    fetched = list(ADAPTERS["gepnic"].fetch(source, client, now=NOW))

    assert what_was_fetched(fetched) == ["Kamalnagar"]


def test_a_list_may_be_the_sources_own_address(
    portal: Portal, client: PoliteClient, upstream: Upstream
) -> None:
    upstream.says("/saved/list.html", listing_page(18))
    upstream.says(tender_path(18), tender_page(18))
    source = SourceSettings("portal", f"{upstream.address}/saved/list.html", "tenders.example")

    fetched = list(ADAPTERS["gepnic"].fetch(source, client, now=NOW))

    assert [urlsplit(document.url).path for document in fetched] == ["/saved/list.html", APP]


def test_lists_by_date_are_followed_to_their_end(upstream: Upstream, client: PoliteClient) -> None:
    address = f"{APP}?page=FrontEndListTendersbyDate&service=page"
    for page in (1, 2, 3):
        forward = f"{APP}?page=FrontEndListTendersbyDate&amp;sp={page + 1}"
        link = f'<tr><td class="list_footer" colspan="4"><a id="linkFwd" href="{forward}">&gt;</a></td></tr>'
        path = address if page == 1 else f"{APP}?page=FrontEndListTendersbyDate&sp={page}"
        upstream.says(path, listing_page(page, more=link if page < 3 else ""))
    source = SourceSettings("portal", upstream.address + address, "tenders.example")

    fetched = list(ADAPTERS["gepnic"].fetch(source, client, now=NOW))

    assert len(fetched) == 3


@pytest.mark.parametrize("page", ["FrontEndLatestActiveTenders", "FrontEndAdvancedSearch", "ResultOfTenders"])
def test_an_address_behind_a_captcha_is_refused(upstream: Upstream, client: PoliteClient, page: str) -> None:
    source = SourceSettings("portal", f"{upstream.address}{APP}?page={page}&service=page", "tenders.example")
    with pytest.raises(FetchRefused, match="captcha"):
        list(ADAPTERS["gepnic"].fetch(source, client, now=NOW))
    assert upstream.asked == []


def test_a_withdrawn_tender_does_not_stop_the_visit(
    portal: Portal, upstream: Upstream, client: PoliteClient
) -> None:
    upstream.says(tender_path(11), status=404)
    assert what_was_fetched(portal.visit(client))[3:] == ["T18", "T7", "T3"]


def test_links_that_lead_off_the_portal_are_not_followed(portal: Portal, client: PoliteClient) -> None:
    page = listing_page(7).replace(b'href="', b'href="http://169.254.169.254')
    portal.shows(listing_path("Suryagarh"), page)
    assert what_was_fetched(portal.visit(client))[3:] == ["T18", "T11", "T3"]


def test_an_index_without_organisations_has_changed(portal: Portal, client: PoliteClient) -> None:
    portal.shows(INDEX, index_page(), needs_session=False)
    with pytest.raises(SourceChanged, match="names none"):
        portal.visit(client)


def test_when_every_list_has_gone_somebody_is_told(
    portal: Portal, upstream: Upstream, client: PoliteClient
) -> None:
    for name in ("Kamalnagar", "Prithvipur", "Suryagarh"):
        upstream.says(listing_path(name), status=404)
    with pytest.raises(SourceChanged):
        portal.visit(client)


def test_a_visit_ends_before_its_time_is_up(portal: Portal, client: PoliteClient) -> None:
    """Each look at the clock takes half of the time there is."""
    ticks: Iterator[int] = count()
    documents = fetch_tenders(portal.source, client, now=NOW, clock=lambda: next(ticks) * LONGEST_VISIT / 2)
    assert len(list(documents)) == 3
    assert client.left_off_at is None, "the lists are all read; tenders' own pages are read as time allows"
