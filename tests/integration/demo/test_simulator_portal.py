"""The made-up portal behaves as the real ones do, and our real adapter reads all of it."""

from __future__ import annotations

from datetime import timedelta

from ingest.sources import ADAPTERS
from ingest.sources.base import SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from portal.demo.simulator.server import Simulator
from portal.demo.simulator.tenders import PORTAL_HOST, tenders_at
from tests.integration.demo.conftest import Clock, PlainClient


def read_portal(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> tuple[dict[str, ParsedNotice], list[Unreadable]]:
    """Everything the adapter makes of the portal: each process as read last, and what is unreadable."""
    source = SourceSettings("demo-portal", simulator.index_url, PORTAL_HOST)
    adapter = ADAPTERS["gepnic"]
    read = [
        part
        for document in adapter.fetch(source, client, now=clock())
        for part in adapter.parse(document, source)
    ]
    notices = [part for part in read if isinstance(part, ParsedNotice)]
    return {n.process_id: n for n in notices}, [part for part in read if isinstance(part, Unreadable)]


def test_every_tender_of_the_portal_is_read(simulator: Simulator, client: PlainClient, clock: Clock) -> None:
    notices, unreadable = read_portal(simulator, client, clock)

    shown = {tender.tender_id: tender for tender in tenders_at(simulator.edition, clock())}
    assert unreadable == []
    assert notices.keys() == shown.keys()
    assert len(shown) == 20
    for tender_id, notice in notices.items():
        assert notice.doubts == ()
        assert notice.publisher == PORTAL_HOST
        assert notice.facts.title == shown[tender_id].title
        assert notice.facts.description == shown[tender_id].description
        assert notice.facts.buyer_name == shown[tender_id].buyer
        assert notice.facts.submission_deadline is not None
        assert notice.facts.submission_deadline.at == shown[tender_id].closes_at


def test_a_corrigendum_changes_a_tender_in_place(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    before, _ = read_portal(simulator, client, clock)

    clock.pass_time(timedelta(minutes=2))
    after, _ = read_portal(simulator, client, clock)

    changed = [
        after[process_id] for process_id in before if after[process_id].facts != before[process_id].facts
    ]
    assert [notice.process_id.split("_")[1] for notice in changed] == ["PSCDC"]
    assert changed[0].facts.submission_deadline is not None
    assert changed[0].facts.submission_deadline.at == simulator.edition.at(26, 17)


def test_a_link_followed_without_a_session_is_answered_with_200_and_stale(
    simulator: Simulator, client: PlainClient
) -> None:
    link = f"{simulator.address}/nicgep/app?page=FrontEndViewTender&service=direct&session=T&sp=S"

    assert b"<title>Stale Session</title>" in client.get(link).body


def test_two_fetches_of_a_page_have_other_bytes_and_the_same_fingerprint(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    source = SourceSettings("demo-portal", simulator.index_url, PORTAL_HOST)
    adapter = ADAPTERS["gepnic"]
    first, second = ([*adapter.fetch(source, client, now=clock())][-1] for _ in range(2))

    assert first.body != second.body
    assert adapter.fingerprint(first) == adapter.fingerprint(second)
