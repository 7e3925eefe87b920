"""Everything the made-up channel says, on its site and by mail, is read by the real adapters."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.sources import ADAPTERS
from ingest.sources.base import SourceSettings
from opportunities.parsed_notice import Moment, NoticeKind, ParsedNotice, Stage, Unreadable
from opportunities.places import CITIES
from portal.demo.simulator.server import Simulator
from portal.demo.simulator.tenders import PORTAL_HOST, tenders_at
from tests.integration.demo.conftest import Clock, PlainClient
from tests.unit.ingest.samples import without_tables


def read_channel(
    kind: str, address: str, client: PlainClient, clock: Clock
) -> list[ParsedNotice | Unreadable]:
    source = SourceSettings(f"demo-{kind}", address, "cii")
    adapter = ADAPTERS[kind]
    documents = adapter.fetch(source, client, now=clock())
    return [part for document in documents for part in without_tables(adapter.parse(document, source))]


def read_all_later(simulator: Simulator, client: PlainClient, clock: Clock) -> list[ParsedNotice]:
    """The notices of both routes once everything has come out; nothing may be unreadable."""
    clock.pass_time(timedelta(minutes=2))
    simulator.drop_mail()
    parts = [
        *read_channel("cii_pages", simulator.channel_url, client, clock),
        *read_channel("cii_mailbox", str(simulator.mailbox), client, clock),
    ]
    notices = [part for part in parts if isinstance(part, ParsedNotice)]
    assert [part for part in parts if isinstance(part, Unreadable)] == []
    doubts = [doubt.reason for notice in notices for doubt in notice.doubts]
    assert doubts == ["a tender ID without its portal"]
    return notices


def test_every_notice_is_read_with_city_state_and_buyer(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    notices = read_all_later(simulator, client, clock)

    assert len(notices) == 17 + 10
    original = [n for n in notices if n.kind in (NoticeKind.TENDER, NoticeKind.PLANNING)]
    assert len(original) == 16 + 8
    assert all(n.facts.city and n.facts.state and n.facts.buyer_name and n.facts.title for n in original)
    assert len({n.facts.city for n in original}) == 24


def test_early_items_say_what_is_coming_and_when(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    notices = read_all_later(simulator, client, clock)

    early = [notice for notice in notices if notice.kind == NoticeKind.PLANNING]
    assert [(n.facts.city, n.facts.stage, n.facts.tender_expected_from) for n in early] == [
        ("Madurai", Stage.DPR, date(2027, 4, 1)),
        ("Gwalior", Stage.IDENTIFIED, date(2027, 10, 1)),
        ("Pimpri-Chinchwad", Stage.FUNDED, date(2028, 1, 1)),
    ]
    assert {n.publisher for n in early} == {"cii"}
    assert [str(n.facts.value) for n in early] == ["INR 1180000000", "INR 1650000000", "INR 825000000"]


def test_a_tender_by_mail_is_the_portals_own(simulator: Simulator, client: PlainClient, clock: Clock) -> None:
    notices = read_all_later(simulator, client, clock)

    on_portal = {tender.tender_id: tender for tender in tenders_at(simulator.edition, clock())}
    same = [n for n in notices if n.publisher == PORTAL_HOST and n.kind == NoticeKind.TENDER]
    assert [on_portal[n.process_id].key for n in same] == ["nagpur-scada"]
    assert same[0].facts.submission_deadline == Moment(on_portal[same[0].process_id].closes_at)


def test_corrigenda_move_a_deadline_and_a_value(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    notices = read_all_later(simulator, client, clock)

    on_site, by_mail = (n for n in notices if n.kind == NoticeKind.CORRIGENDUM)
    amended = next(n for n in notices if n.facts.city == "Solapur")
    tender = next(t for t in tenders_at(simulator.edition, clock()) if t.key == "pune-lighting")
    assert (on_site.publisher, on_site.process_id) == (amended.publisher, amended.process_id)
    assert on_site.notice_id != amended.notice_id
    assert str(on_site.facts.value) == "INR 565000000"
    assert (by_mail.publisher, by_mail.process_id) == (PORTAL_HOST, tender.tender_id)
    assert by_mail.facts.submission_deadline == Moment(tender.closes_at)
    assert by_mail.facts.title is None


def test_a_cancellation_names_the_portals_tender(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    notices = read_all_later(simulator, client, clock)

    (cancelled,) = (n for n in notices if n.kind == NoticeKind.CANCELLATION)
    tender = next(t for t in tenders_at(simulator.edition, clock()) if t.key == "jaipur-parking")
    assert (cancelled.publisher, cancelled.process_id) == (PORTAL_HOST, tender.tender_id)


def test_changes_come_out_later_and_only_once(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    first = read_channel("cii_mailbox", str(simulator.mailbox), client, clock)
    clock.pass_time(timedelta(minutes=2))

    assert simulator.drop_mail() == 1
    assert simulator.drop_mail() == 0
    assert len(read_channel("cii_mailbox", str(simulator.mailbox), client, clock)) == len(first) + 2


def test_a_page_view_makes_no_other_document(simulator: Simulator, client: PlainClient, clock: Clock) -> None:
    source = SourceSettings("demo", simulator.channel_url, "cii")
    adapter = ADAPTERS["cii_pages"]

    first, second = (next(iter(adapter.fetch(source, client, now=clock()))) for _ in range(2))

    assert first.body != second.body
    assert adapter.fingerprint(first) == adapter.fingerprint(second)


def test_the_made_up_notices_are_all_in_smart_cities(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    notices = read_all_later(simulator, client, clock)

    assert {n.facts.city for n in notices if n.facts.city} <= {city.name for city in CITIES}


def test_the_bulletins_before_today_are_read_and_their_changes_find_what_they_change(
    simulator: Simulator, client: PlainClient, clock: Clock
) -> None:
    parts = read_channel("cii_mailbox", str(simulator.past), client, clock)

    notices = [part for part in parts if isinstance(part, ParsedNotice)]
    assert len(notices) == len(parts)
    tenders = {n.process_id: n for n in notices if n.kind == NoticeKind.TENDER}
    changes = [n for n in notices if n.kind != NoticeKind.TENDER]
    assert (len(tenders), len(changes)) == (40, 17)
    assert {n.facts.city for n in tenders.values()} == {"Pune", "Surat", "Indore", "Nagpur", "Kochi"}
    stated = [(n.facts.value, n.facts.bid_security, n.facts.submission_deadline) for n in tenders.values()]
    assert all(all(facts) for facts in stated)
    assert all(n.process_id in tenders and not n.doubts for n in changes)
