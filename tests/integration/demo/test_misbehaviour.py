"""R12: the simulator misbehaves on demand, and its sources come to an end in time, with a reason in words."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ingest.models import RawDocument, Source
from ingest.services import check_sources, parse_document, poll_source
from ingest.sources import http
from ingest.sources.cii_pages import fetch as channel_fetch
from ingest.templatetags.source_words import failure_detail, failure_kind
from portal.accounts.models import User
from portal.demo.simulator.members import Member
from portal.demo.simulator.misbehaviour import ADDRESS, Manner
from portal.demo.simulator.server import Simulator
from tests.factories.ingest import SourceFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FETCH_SECONDS_BETWEEN_REQUESTS = 0.0
    settings.CII_PAGES_USER, settings.CII_PAGES_PASSWORD = "setu", "a made-up password"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with Simulator(tmp_path, member=Member("setu", "a made-up password")) as simulator:
        yield simulator


@pytest.fixture
def portal(simulator: Simulator) -> Source:
    return SourceFactory.create(kind="gepnic", address=simulator.index_url, poll_every_minutes=15)


@pytest.fixture
def channel(simulator: Simulator) -> Source:
    return SourceFactory.create(kind="cii_pages", address=simulator.channel_url, poll_every_minutes=15)


def ask(simulator: Simulator, manner: str) -> str:
    with urllib.request.urlopen(f"{simulator.address}{ADDRESS}?as={manner}", timeout=10) as answer:  # noqa: S310 - ours
        return str(answer.read().decode())


def polled(source: Source, *, now: datetime) -> Source:
    poll_source(source.pk, now=now)
    for pk in RawDocument.objects.unparsed_at(now).values_list("pk", flat=True):
        parse_document(pk, now=now)
    check_sources(now=now)
    source.refresh_from_db()
    return source


BROKE_OFF = ("Could not be reached:", "can't be reached or broke off")


@pytest.mark.parametrize(
    ("manner", "kind", "detail"),
    [
        (Manner.SLOW, *BROKE_OFF),
        (Manner.BROKEN, "Could not be reached:", "answers 500"),
        (Manner.BUSY, "Could not be reached:", "answers 503 and asks us to wait 3600 seconds"),
        (Manner.CUT, *BROKE_OFF),
        (Manner.WRONG_LENGTH, *BROKE_OFF),
        (Manner.ENDLESS, "No longer looks as we know it:", "larger than 20 MB"),
        (Manner.BOMB, "No longer looks as we know it:", "unpacks to far more than its size allows for"),
        (Manner.STALE, "Could not be reached:", "ends our session again and again"),
        (Manner.CAPTCHA, "Asks for a captcha:", "nothing is read behind it"),
        (Manner.FORBIDDEN, "Must not be fetched:", "robots.txt of 127.0.0.1 asks us not to fetch"),
    ],
)
@pytest.mark.parametrize("name", ["portal", "channel"])
def test_a_source_ends_in_time_with_a_reason_that_the_page_words(
    name: str, manner: Manner, kind: str, detail: str, simulator: Simulator, request: pytest.FixtureRequest,
    noon: datetime, olga: User, as_: SignIn, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    source: Source = request.getfixturevalue(name)
    ask(simulator, manner)
    if manner is Manner.SLOW:  # else it is left after a minute
        monkeypatch.setattr(http, "LONGEST_DOCUMENT", 2.0)

    polled(source, now=noon)

    assert failure_kind(source.last_failure) == kind
    assert detail in failure_detail(source.last_failure)
    assert kind in as_(olga).get("/office/sources/").content.decode()


def test_well_again_the_source_reads_as_before(portal: Source, simulator: Simulator, noon: datetime) -> None:
    ask(simulator, "broken")
    polled(portal, now=noon)
    assert ask(simulator, "well") == "now: well\n"

    assert polled(portal, now=noon + timedelta(hours=1)).last_failure == ""
    assert portal.usual_rows


def test_a_captcha_that_comes_up_half_way_ends_the_visit_there(
    portal: Source, simulator: Simulator, noon: datetime
) -> None:
    polled(portal, now=noon)
    known = RawDocument.objects.count()
    ask(simulator, "captcha")

    polled(portal, now=noon + timedelta(hours=1))

    assert portal.polls.latest("polled_at").documents == 0
    assert RawDocument.objects.count() == known, "the captcha's page is none of the source's"


def test_a_changed_layout_is_told_in_words(
    portal: Source, simulator: Simulator, noon: datetime, olga: User, as_: SignIn
) -> None:
    polled(portal, now=noon)
    ask(simulator, "changed-layout")

    polled(portal, now=noon + timedelta(hours=1))

    page = as_(olga).get("/office/sources/").content.decode()
    assert "The list of tenders is built in another way. New: Last Date, Work." in page
    assert portal.alarm == "few_rows"


def test_a_list_without_the_heading_it_is_found_by_is_told_in_words(
    channel: Source, simulator: Simulator, noon: datetime
) -> None:
    polled(channel, now=noon)
    ask(simulator, "changed-layout")

    polled(channel, now=noon + timedelta(hours=1))

    assert failure_kind(channel.last_failure) == "No longer looks as we know it:"
    assert "no table with a column for the notice number" in channel.last_failure


def test_a_list_that_repeats_its_first_page_is_found_out(
    channel: Source, simulator: Simulator, noon: datetime
) -> None:
    ask(simulator, "repeated-page")

    polled(channel, now=noon)

    assert failure_kind(channel.last_failure) == "No longer looks as we know it:"
    assert "its paging is broken" in channel.last_failure
    assert RawDocument.objects.count() == 6, "what it did list is kept"


def test_a_list_without_an_end_is_left_in_time(
    channel: Source, simulator: Simulator, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel_fetch, "LONGEST_VISIT", 1.0)
    ask(simulator, "endless-paging")

    polled(channel, now=noon)

    assert channel.polls.get().left_off_at == ""
    assert channel.last_failure == ""


def test_the_address_says_which_manners_there_are(simulator: Simulator) -> None:
    said = ask(simulator, "nobody-knows")

    assert said.startswith("now: well\n")
    assert all(f"{ADDRESS}?as={manner}\n" in said for manner in Manner)
