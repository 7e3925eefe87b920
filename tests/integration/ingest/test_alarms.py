"""A source that answers and tells nothing any more must not pass for one with nothing new."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.models import Poll, RawDocument, Source
from ingest.services import accept_reading, check_sources, parse_document, poll_source
from ingest.services.check_sources import PATIENCE
from ingest.watching.alarms import Alarm
from portal.demo.simulator.server import INDEX_PATH, Simulator
from portal.demo.sources import demo_sources
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_this_machine")]

LISTING = """<html><body><table class="list_table"><tr class="list_header"><td>S.No</td><td>{title}</td>
<td>e-Published Date</td><td>Closing Date</td><td>Opening Date</td><td>Organisation Chain</td></tr>{rows}
</table></body></html>"""
ROW = """<tr><td>{n}.</td><td><a href="/t/{n}">[Foot bridge {n}]</a> [REF/{n}][2026_SCDL_{id}_1]</td>
<td>05-Oct-2026 06:00 PM</td><td>13-Dec-2026 02:00 PM</td><td>14-Dec-2026 02:00 PM</td>
<td>Nagpur Smart City Limited</td></tr>"""


def listing(rows: int, *, title: str = "Title and Ref.No./Tender ID") -> bytes:
    written = "".join(ROW.format(n=n, id=91000 + n) for n in range(rows))
    return LISTING.format(title=title, rows=written).encode()


@pytest.fixture
def source(upstream: Upstream) -> Source:
    return SourceFactory.create(
        address=f"{upstream.address}/nicgep/app?page=FrontEndListTendersbyDate", poll_every_minutes=15
    )


@pytest.fixture
def polled(source: Source, upstream: Upstream, noon: datetime) -> Polled:
    return Polled(source, upstream, noon)


class Polled:
    """The source, polled as often as it is told something to say, read and checked."""

    def __init__(self, source: Source, upstream: Upstream, start: datetime) -> None:
        self.source, self.upstream, self.now = source, upstream, start

    def saying(self, page: bytes) -> Source:
        self.now += timedelta(minutes=15)
        self.upstream.says("/nicgep/app?page=FrontEndListTendersbyDate", page, Content_Type="text/html")
        poll_source(self.source.pk, now=self.now)
        for pk in RawDocument.objects.unparsed_at(self.now).values_list("pk", flat=True):
            parse_document(pk, now=self.now)
        check_sources(now=self.now)
        self.source.refresh_from_db()
        return self.source


def test_a_poll_is_counted_once_all_it_showed_is_read(polled: Polled) -> None:
    source = polled.saying(listing(12))

    poll = Poll.objects.get()
    assert (poll.documents, poll.new_documents, poll.notices, poll.unreadable) == (1, 1, 12, 0)
    assert (source.usual_rows, source.alarm) == (12, "")


def test_what_is_known_already_counts_as_much_as_what_is_new(polled: Polled) -> None:
    polled.saying(listing(12))
    source = polled.saying(listing(12))

    assert list(Poll.objects.order_by("pk").values_list("new_documents", "notices")) == [(1, 12), (0, 12)]
    assert source.alarm == ""


def test_no_rows_where_some_are_usual_raise_an_alarm(polled: Polled) -> None:
    polled.saying(listing(12))
    source = polled.saying(listing(0))

    assert (source.alarm, source.alarm_found, source.alarm_usual) == (Alarm.FEW_ROWS, 0, 12)
    assert source.alarmed_at == polled.now
    assert source.consecutive_failures == 0


def test_a_changed_layout_raises_an_alarm_and_goes_on_doing_so(polled: Polled) -> None:
    polled.saying(listing(12))
    since = polled.saying(listing(12, title="Work")).alarmed_at
    for _ in range(15):
        source = polled.saying(listing(12, title="Work"))

    assert source.alarm == Alarm.FEW_ROWS, "what alarms must not become what is usual"
    assert source.alarmed_at == since


def test_the_alarm_ends_when_the_source_reads_well_again(polled: Polled) -> None:
    for page in (listing(12), listing(0), listing(11)):
        source = polled.saying(page)

    assert (source.alarm, source.alarmed_at, source.usual_rows) == ("", None, 11)


def test_the_office_ends_an_alarm_and_what_is_now_counts_as_usual(polled: Polled) -> None:
    polled.saying(listing(50))
    assert polled.saying(listing(8)).alarm == Alarm.FEW_ROWS

    accept_reading(polled.source.pk)

    source = polled.saying(listing(8))
    assert (source.alarm, source.usual_rows) == ("", 8)
    assert polled.saying(listing(0)).alarm == Alarm.FEW_ROWS


def test_a_first_page_that_is_none_we_know_is_told_at_once(polled: Polled) -> None:
    assert polled.saying(listing(12, title="Work")).alarm == Alarm.REJECTED


def test_a_poll_waits_for_its_documents_but_not_for_ever(
    source: Source, upstream: Upstream, noon: datetime
) -> None:
    upstream.says("/nicgep/app?page=FrontEndListTendersbyDate", listing(3))
    poll_source(source.pk, now=noon)

    assert check_sources(now=noon) == 0
    assert check_sources(now=noon + PATIENCE) == 1
    assert Poll.objects.get().rejected == 1


def test_twice_is_once(polled: Polled) -> None:
    polled.saying(listing(12))

    assert check_sources(now=polled.now) == 0


def test_a_poll_that_failed_says_nothing_of_what_is_usual(
    polled: Polled, upstream: Upstream, source: Source
) -> None:
    polled.saying(listing(12))
    upstream.says("/nicgep/app?page=FrontEndListTendersbyDate", b"", status=503)
    poll_source(source.pk, now=polled.now + timedelta(minutes=15))

    failed = Poll.objects.latest("pk")
    assert failed.failure.startswith("SourceUnavailable")
    assert check_sources(now=polled.now) == 0
    source.refresh_from_db()
    assert (source.alarm, source.usual_rows) == ("", 12)


def test_a_fault_of_ours_is_noted_and_not_repeated_every_half_minute(noon: datetime) -> None:
    source = SourceFactory.create(kind="no such kind", poll_every_minutes=1)

    with pytest.raises(KeyError):
        poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert source.last_failure == "KeyError('no such kind')"
    assert source.next_poll_at == noon + timedelta(minutes=1)


@pytest.mark.slow  # three rounds of the whole simulator
def test_the_made_up_world_raises_no_alarm(tmp_path: Path, noon: datetime) -> None:
    with Simulator(tmp_path) as simulator:
        for made_up in demo_sources(simulator.index_url.removesuffix(INDEX_PATH), tmp_path):
            SourceFactory.create(**asdict(made_up))
        for hours in range(3):
            now = noon + timedelta(hours=hours)
            for pk in Source.objects.due_at(now).values_list("pk", flat=True):
                poll_source(pk, now=now)
            for pk in RawDocument.objects.unparsed_at(now).values_list("pk", flat=True):
                parse_document(pk, now=now)
            check_sources(now=now)

    polled = Source.objects.exclude(last_polled_at=None)
    assert polled.count() == 3
    assert [(source.alarm, source.last_failure) for source in polled] == [("", "")] * 3
    assert all(source.usual_rows for source in polled)
