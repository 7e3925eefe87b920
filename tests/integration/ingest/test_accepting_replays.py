"""What a better reader would change is compared, decided on by a person, and then read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ingest.models import Extraction, RawDocument, Replay, Source
from ingest.reading.columns.plan import TableFound
from ingest.services.replay import (
    ReplayOutdated,
    accept_replay,
    apply_accepted,
    compare_requested,
    refuse_replay,
    replay_archive,
    request_replay,
)
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.upload import UploadAdapter
from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.parsed_notice import ParsedNotice, Unreadable
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.integration.ingest.test_documents import BRIDGE, hand_in
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
Row = ParsedNotice | Unreadable | TableFound
Reader = Callable[[Callable[[ParsedNotice], Row]], None]


class AnotherReader(UploadAdapter):
    """Reads files as today's reader does, and something else out of them."""

    def __init__(self, read: Callable[[ParsedNotice], Row]) -> None:
        self._read = read

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[Row]:
        for row in super().parse(document, source):
            yield self._read(row) if isinstance(row, ParsedNotice) else row


@pytest.fixture
def source(noon: datetime) -> Source:
    source = SourceFactory.create(kind="upload", publisher="etenders.example.org")
    for number in range(4):
        row = BRIDGE | {"Tender ID": f"2026_SCDL_9100{number}_1", "EMD Amount in ₹": "50,000"}
        hand_in(source, row, now=noon + timedelta(hours=number))
    return source


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Puts another reader in the place of today's."""

    def becomes(read: Callable[[ParsedNotice], Row]) -> None:
        monkeypatch.setitem(ADAPTERS, "upload", AnotherReader(read))
        for module in ("ingest.services.parse_document", "ingest.services.replay.decide"):
            monkeypatch.setattr(import_module(module), "PARSER_VERSION", "2099.1")

    return becomes


def other_title(notice: ParsedNotice) -> ParsedNotice:
    return replace(notice, facts=replace(notice.facts, title="Foot bridge, read better", bid_security=None))


def compared(now: datetime) -> Replay:
    request_replay(by=None, now=now)
    replay = compare_requested(now=now)
    assert replay is not None
    return replay


def everything() -> list[object]:
    models = (Opportunity, Notice, OpportunityRevision, Extraction)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


@pytest.mark.usefixtures("source")
def test_a_comparison_counts_by_field_and_changes_nothing(reader: Reader, noon: datetime) -> None:
    before = everything()
    reader(other_title)

    replay = compared(noon)

    fields = {field: number for field, number, _ in replay.fields}
    assert (replay.documents, replay.different) == (4, 4)
    assert fields["title"] == fields["bid_security_amount"] == fields["notices"] == 4
    title = next(examples for field, _, examples in replay.fields if field == "title")
    assert title[0][1:] == ["2026_SCDL_91000_1", f'"{BRIDGE["Title"]}"', '"Foot bridge, read better"']
    assert everything() == before


@pytest.mark.usefixtures("source")
def test_accepting_makes_what_is_recorded_what_was_compared(
    reader: Reader, olga: User, noon: datetime
) -> None:
    reader(other_title)
    replay = compared(noon)
    later = noon + timedelta(days=1)

    accept_replay(replay.pk, by=olga, now=later)
    assert apply_accepted(now=later) == 4

    assert replay_archive(now=later).digest == replay.digest
    assert replay_archive(now=later).different == 0
    assert set(Opportunity.objects.values_list("title", flat=True)) == {"Foot bridge, read better"}
    assert not Opportunity.objects.exclude(bid_security_amount=None).exists(), "not read, not so"
    assert set(RawDocument.objects.values_list("parser_version", flat=True)) == {"2099.1"}
    replay.refresh_from_db()
    assert (replay.decided_by, replay.decided_at, replay.applied_at) == (olga, later, later)


@pytest.mark.usefixtures("source")
def test_what_counted_before_stays_on_record_and_nobody_is_told_of_a_change(
    reader: Reader, olga: User, noon: datetime
) -> None:
    reader(other_title)
    accept_replay(compared(noon).pk, by=olga, now=noon + timedelta(days=1))
    apply_accepted(now=noon + timedelta(days=1))

    assert Notice.objects.count() == 8
    assert Notice.objects.exclude(superseded_at=None).count() == 4
    assert not OpportunityRevision.objects.telling_a_change().exists()


@pytest.mark.usefixtures("source")
def test_applying_goes_on_where_it_stopped_and_twice_is_once(
    reader: Reader, olga: User, noon: datetime
) -> None:
    reader(other_title)
    replay = compared(noon)
    later = noon + timedelta(days=1)
    accept_replay(replay.pk, by=olga, now=later)
    ticks = count()

    assert apply_accepted(now=later, seconds=2, clock=lambda: next(ticks)) == 2
    assert Replay.objects.to_apply().exists()
    assert apply_accepted(now=later) == 2
    after = everything()
    accept_replay(replay.pk, by=olga, now=later + timedelta(days=1))
    assert apply_accepted(now=later) == 0
    assert everything() == after


@pytest.mark.usefixtures("source")
def test_refusing_leaves_all_as_it_is(reader: Reader, olga: User, noon: datetime) -> None:
    before = everything()
    reader(other_title)
    replay = compared(noon)

    refuse_replay(replay.pk, by=olga, now=noon)
    accept_replay(replay.pk, by=olga, now=noon)

    assert apply_accepted(now=noon + timedelta(days=1)) == 0
    assert everything() == before
    replay.refresh_from_db()
    assert (replay.is_accepted, replay.decided_by) == (False, olga)


@pytest.mark.usefixtures("source")
def test_what_can_no_longer_be_read_is_nobodys_to_see(reader: Reader, olga: User, noon: datetime) -> None:
    reader(lambda notice: Unreadable("row 1", "", "no longer a notice"))
    later = noon + timedelta(days=1)
    accept_replay(compared(noon).pk, by=olga, now=later)

    apply_accepted(now=later)

    assert not Opportunity.objects.disclosed_at(later + timedelta(days=9)).exists()
    assert replay_archive(now=later).different == 0
    assert not Extraction.objects.exists()


@pytest.mark.usefixtures("source")
def test_the_old_reader_may_come_back(reader: Reader, olga: User, noon: datetime) -> None:
    titles = list(Opportunity.objects.order_by("pk").values_list("title", "bid_security_amount"))
    for days, read in ((1, other_title), (2, lambda notice: notice)):
        reader(read)
        accept_replay(compared(noon).pk, by=olga, now=noon + timedelta(days=days))
        apply_accepted(now=noon + timedelta(days=days))

    assert list(Opportunity.objects.order_by("pk").values_list("title", "bid_security_amount")) == titles
    assert Notice.objects.count() == 8
    assert replay_archive(now=noon).different == 0


@pytest.mark.usefixtures("source")
def test_one_document_that_fails_keeps_no_other_waiting(reader: Reader, olga: User, noon: datetime) -> None:
    def failing(notice: ParsedNotice) -> ParsedNotice:
        if notice.process_id == "2026_SCDL_91001_1":
            raise ZeroDivisionError
        return other_title(notice)

    reader(other_title)
    accept_replay(compared(noon).pk, by=olga, now=noon + timedelta(days=1))
    reader(failing)

    assert apply_accepted(now=noon + timedelta(days=1)) == 3
    assert Replay.objects.to_apply().exists()
    assert Opportunity.objects.filter(title="Foot bridge, read better").count() == 3


@pytest.mark.usefixtures("source")
def test_a_comparison_by_other_readers_can_t_be_accepted(reader: Reader, olga: User, noon: datetime) -> None:
    replay = compared(noon)
    reader(other_title)

    with pytest.raises(ReplayOutdated):
        accept_replay(replay.pk, by=olga, now=noon)


@pytest.mark.usefixtures("source")
def test_the_command_keeps_a_comparison_and_takes_a_decision(reader: Reader, olga: User) -> None:
    reader(other_title)
    out = StringIO()

    call_command("replay", "--keep", stdout=out)
    number = Replay.objects.get().pk
    with pytest.raises(CommandError, match="a person of the office"):
        call_command("replay", "--accept", str(number))
    call_command("replay", "--accept", str(number), "--by", olga.email, stdout=out)

    assert out.getvalue().splitlines() == [
        f"replay {number}: 4 different of 4",
        "4 documents read again",
    ]


@pytest.mark.usefixtures("source")
def test_the_office_compares_sees_and_accepts(
    reader: Reader, olga: User, as_: SignIn, noon: datetime
) -> None:
    reader(other_title)
    assert "No comparison yet" in as_(olga).get("/office/replays/").content.decode()

    for _ in range(2):
        as_(olga).post("/office/replays/compare/")
    replay = Replay.objects.get()
    compare_requested(now=noon)
    page = " ".join(as_(olga).get("/office/replays/").content.decode().split())
    assert "4 of 4 opportunities would be told otherwise." in page
    assert "Foot bridge, read better" in page

    page = as_(olga).post(f"/office/replays/{replay.pk}/accept/", follow=True).content.decode()
    assert "Accepted, being read" in page
    assert "Decided by Olga Öberg" in page


def test_the_page_asks_as_many_questions_for_ten_comparisons_as_for_one(
    olga: User, as_: SignIn, noon: datetime
) -> None:
    client, numbers = as_(olga), []
    for _ in range(2):
        for _ in range(4):
            compared(noon)
        with CaptureQueriesContext(connection) as asked:
            client.get("/office/replays/")
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 12
