"""Columns that the office maps: what waits, what is read again, and by which version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError, connection

from ingest.models import ColumnMapping, DocumentTable, Extraction, QuarantinedPart, RawDocument, Source
from ingest.reading.columns.plan import ColumnPlan, ColumnUse, Unit
from ingest.selectors import documents_read_by, tables_to_map
from ingest.services import HeadedTables, MappedMeanwhile, map_columns, parse_document, receive_upload
from ingest.services.replay import replay_archive
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.models import Opportunity
from opportunities.serialization import origins_from_json
from portal.accounts.models import User
from tests.at_once import at_once, held_by_another
from tests.factories.accounts import UserFactory
from tests.factories.ingest import SourceFactory

pytestmark = pytest.mark.django_db

WORKS = (
    b"Sr. No.;Work code;Name of the Work;Est. Cost;City\n"
    b"1;NMC/7;Smart poles at 212 places;12.5;Nagpur\n"
    b"2;NMC/8;Metering of water;1140;Pune\n"
)
TITLE = ColumnUse("name of the work", 1, "title")
CODE = ColumnUse("work code", 1, "process_id")
IN_LAKH = ColumnPlan((TITLE, CODE, ColumnUse("est cost", 1, "value", unit=Unit.LAKH)))
IN_CRORE = ColumnPlan((TITLE, CODE, ColumnUse("est cost", 1, "value", unit=Unit.CRORE)))


@pytest.fixture
def source(db: None) -> Source:
    return SourceFactory.create(kind="upload", publisher="the channel")


def hand_in(source: Source, body: bytes = WORKS, *, name: str = "works.csv", now: datetime) -> RawDocument:
    document, _ = receive_upload(source, name=name, media_type="text/csv", body=body, now=now)
    return read(document, now=now)


def read(document: RawDocument, *, now: datetime) -> RawDocument:
    parse_document(document.pk, now=now)
    document.refresh_from_db()
    return document


def headed(document: RawDocument) -> HeadedTables:
    return HeadedTables(document.source_id, document.tables.get().signature)


def values() -> list[Decimal | None]:
    return list(Opportunity.objects.order_by("process_id").values_list("value_amount", flat=True))


def test_what_nobody_can_tell_waits_and_nothing_is_lost(source: Source, noon: datetime) -> None:
    document = hand_in(source, now=noon)

    assert (document.parsed_at, document.rejected_because) == (noon, "")
    assert document.tables.get().state == "waiting"
    assert [(table.document_id, table.is_read) for table in tables_to_map()] == [(document.pk, False)]
    assert Opportunity.objects.count() == 0
    assert bytes(document.body) == WORKS


def test_once_mapped_the_document_is_read_and_says_by_what(
    source: Source, olga: User, noon: datetime
) -> None:
    document = hand_in(source, now=noon)

    mapped = map_columns(headed(document), IN_LAKH, seen_version=0, by=olga, now=noon)
    read(document, now=noon)

    assert (mapped.version, mapped.documents, mapped.is_new) == (1, 1, True)
    assert values() == [Decimal(1_250_000), Decimal(114_000_000)]
    origins = {o.field: o for o in origins_from_json(Extraction.objects.order_by("pk")[0].origins)}
    assert origins["value"].place == "row 2, column D “Est. Cost”, mapping 1"
    table = document.tables.get()
    assert (table.state, table.mapping and table.mapping.version) == ("mapped", 1)
    assert tables_to_map() == []


def test_from_then_on_such_tables_are_read_at_once(source: Source, olga: User, noon: datetime) -> None:
    map_columns(headed(hand_in(source, now=noon)), IN_LAKH, seen_version=0, by=olga, now=noon)

    moved = b"City;Est. Cost;Name of the Work;Work code;Sr. No.\nPune;7;Sewage works;NMC/9;3\n"
    hand_in(source, moved, name="december.csv", now=noon)

    assert Opportunity.objects.get().value_amount == Decimal(700_000)


def test_another_source_has_a_mapping_of_its_own(source: Source, olga: User, noon: datetime) -> None:
    map_columns(headed(hand_in(source, now=noon)), IN_LAKH, seen_version=0, by=olga, now=noon)

    other = hand_in(SourceFactory.create(kind="upload", publisher="another"), now=noon)

    assert other.tables.get().state == "waiting"


def test_a_new_version_reads_again_and_replaces_what_it_read(
    source: Source, olga: User, noon: datetime
) -> None:
    document = hand_in(source, now=noon)
    map_columns(headed(document), IN_LAKH, seen_version=0, by=olga, now=noon)
    read(document, now=noon)

    map_columns(headed(document), IN_CRORE, seen_version=1, by=olga, now=noon)
    read(document, now=noon + timedelta(minutes=1))

    assert values() == [Decimal(125_000_000), Decimal(11_400_000_000)]
    assert list(ColumnMapping.objects.values_list("version", flat=True)) == [2, 1]
    (shown,) = documents_read_by(document.tables.get())
    assert (shown.version, shown.notices, shown.is_waiting) == (2, 2, False)


def test_mapping_and_reading_twice_is_once(source: Source, olga: User, noon: datetime) -> None:
    document = hand_in(source, now=noon)
    for _ in range(2):
        mapped = map_columns(headed(document), IN_LAKH, seen_version=0, by=olga, now=noon)
        read(document, now=noon)

    assert (mapped.is_new, mapped.documents) == (False, 0)
    counted = [m._default_manager.count() for m in (ColumnMapping, DocumentTable, Extraction, Opportunity)]
    assert counted == [1, 1, 2, 2]


def test_replaying_reads_by_the_mapping_a_document_was_read_by(
    source: Source, olga: User, noon: datetime
) -> None:
    document = hand_in(source, now=noon)
    map_columns(headed(document), IN_LAKH, seen_version=0, by=olga, now=noon)
    read(document, now=noon)
    map_columns(headed(document), IN_CRORE, seen_version=1, by=olga, now=noon)
    read(document, now=noon)

    assert replay_archive(now=noon).fields == ()


def test_saying_that_it_lists_no_notices_ends_the_waiting(source: Source, olga: User, noon: datetime) -> None:
    document = hand_in(source, now=noon)

    map_columns(headed(document), ColumnPlan(()), seen_version=0, by=olga, now=noon)
    read(document, now=noon)

    assert document.tables.get().state == "no_notices"
    assert tables_to_map() == []
    assert QuarantinedPart.objects.count() == 0


def test_whoever_saves_upon_another_is_told(source: Source, olga: User, noon: datetime) -> None:
    tables = headed(hand_in(source, now=noon))
    map_columns(tables, IN_LAKH, seen_version=0, by=olga, now=noon)

    with pytest.raises(MappedMeanwhile) as told:
        map_columns(tables, IN_CRORE, seen_version=0, by=olga, now=noon)

    assert told.value.version == 1
    assert ColumnMapping.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_one_is_told(source: Source, noon: datetime) -> None:
    tables = headed(hand_in(source, now=noon))
    people = [UserFactory.create(email=f"office-{n}@example.org", role=User.Role.OFFICE) for n in range(8)]
    plans = [IN_LAKH, IN_CRORE] * 4

    def save(n: int) -> str:
        try:
            mapped = map_columns(tables, plans[n], seen_version=0, by=people[n], now=noon)
        except MappedMeanwhile:
            return "told"
        return "saved" if mapped.is_new else "said already"

    outcomes = at_once(save, range(8))

    assert outcomes.count("saved") == 1
    assert outcomes.count("told") == 4
    assert ColumnMapping.objects.count() == 1


def test_whoever_maps_waits_for_whoever_marks_a_document_as_read(
    transactional_db: None, source: Source, olga: User, noon: datetime
) -> None:
    tables = headed(hand_in(source, now=noon))

    with held_by_another(Source.objects.all()), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
        try:
            with pytest.raises(OperationalError, match="lock timeout"):
                map_columns(tables, IN_LAKH, seen_version=0, by=olga, now=noon)
        finally:
            cursor.execute("SET lock_timeout = 0")


class _MappedMeanwhile:
    """Reads as ever, and while it does somebody saves another version."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._ordinary = ADAPTERS["upload"]
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> object:
        return getattr(self._ordinary, name)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[object]:
        yield from self._ordinary.parse(document, source)
        self._meanwhile()


def test_a_document_mapped_while_it_is_read_stays_due(
    source: Source, olga: User, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = hand_in(source, now=noon)
    map_columns(headed(document), IN_LAKH, seen_version=0, by=olga, now=noon)

    with monkeypatch.context() as patch:
        meanwhile = _MappedMeanwhile(
            lambda: map_columns(headed(document), IN_CRORE, seen_version=1, by=olga, now=noon)
        )
        patch.setitem(ADAPTERS, "upload", meanwhile)
        assert read(document, now=noon).parsed_at is None
    read(document, now=noon)

    assert document.parsed_at == noon
    assert values() == [Decimal(125_000_000), Decimal(11_400_000_000)]
