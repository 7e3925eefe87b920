"""What waits for the office on a busy morning: tables to map, doubles, a comparison of readers. Made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from ingest.models import DocumentTable, RawDocument, Source
from ingest.reading.columns.plan import ColumnPlan, ColumnUse, Unit
from ingest.services import HeadedTables, map_columns, parse_document, receive_upload
from ingest.watching.alarms import Alarm
from opportunities.models import Merge, MergeProposal, Opportunity
from opportunities.parsed_notice import Doubt, Moment, NoticeKind, OpportunityFacts, ParsedNotice
from opportunities.serialization import doubts_to_json
from opportunities.services import compare_opportunity, merge_opportunities, record_notices
from portal.accounts.models import User
from portal.lib.money import CRORE, Money
from tests.factories.ingest import ExtractionFactory, ReplayFactory, SourceFactory
from tests.factories.opportunities import NoticeFactory

ODD_COLUMNS = (
    "Sr. No.;Work code;Name of the Work;Est. Cost;City;Förväntas\n"
    "1;NMC/7;Smart poles with air-quality sensors at 212 places along the ring road;12.5;Nagpur;Q2 2027\n"
    "2;NMC/8;Metering of water in wards 4 to 9;1140;Pune;Q3 2027\n"
    "3;NMC/9;;31;Pune;\n"
).encode()
PLAIN_COLUMNS = (
    b"Tender No;Title of work;Value (Rs. crore);Last date\n"
    b"SCDL/2026/31;Online chlorine analysers at nine pumping stations;6.4;14-01-2027\n"
    b"SCDL/2026/32;Leak detection along the eastern trunk main;18;20-01-2027\n"
)
MAPPED_COLUMNS = b"Ref;Scheme;Outlay\nJJM-19;Telemetry for twelve rural water schemes;840\n"
TENDER_ID = "2026_JMC_77120_1"
SENSORS = "Supply and commissioning of online water-quality sensors at 48 reservoirs"
DEADLINE = Moment(datetime(2027, 1, 10, 9, 30, tzinfo=UTC))


def build_office_morning(office: User, *, now: datetime) -> None:
    """To be built beside ``build_world``, none of whose matches and counts it touches."""
    uploads = SourceFactory.create(
        name="Spreadsheets", kind="upload", address="", publisher="office.example.org"
    )
    _tables(uploads, office, now=now)
    _doubles(office, now=now)
    _replays(office, now=now)
    _doubt(now=now)
    SourceFactory.create(
        name="Canary",
        kind="canary",
        address="",
        poll_every_minutes=60,
        next_poll_at=now - timedelta(hours=1),
        alarm=Alarm.CANARY_NOT_FETCHED,
        alarmed_at=now - timedelta(minutes=25),
    )


def waiting_table() -> DocumentTable:
    return DocumentTable.objects.filter(state="waiting").latest("pk")


def mapped_table() -> DocumentTable:
    return DocumentTable.objects.filter(state="mapped").latest("pk")


def waiting_proposal() -> MergeProposal:
    return MergeProposal.objects.undecided().latest("pk")


def merge_in_force() -> Merge:
    return Merge.objects.in_force().latest("pk")


def _tables(uploads: Source, office: User, *, now: datetime) -> None:
    """One that nobody can tell, one that was guessed, and one that was mapped, and mapped again."""
    _hand_in(uploads, "nagpur-works.csv", ODD_COLUMNS, by=office, now=now)
    _hand_in(uploads, "scdl-january.csv", PLAIN_COLUMNS, by=office, now=now)
    document = _hand_in(uploads, "rural-schemes.csv", MAPPED_COLUMNS, by=office, now=now)
    tables = HeadedTables(uploads.pk, document.tables.get().signature)
    for version, unit in enumerate((Unit.CRORE, Unit.LAKH)):
        plan = ColumnPlan(
            (
                ColumnUse("ref", 1, "process_id"),
                ColumnUse("scheme", 1, "title"),
                ColumnUse("outlay", 1, "value", unit=unit),
            )
        )
        map_columns(tables, plan, seen_version=version, by=office, now=now)
        parse_document(document.pk, now=now)


def _hand_in(source: Source, name: str, body: bytes, *, by: User, now: datetime) -> RawDocument:
    document, _ = receive_upload(source, name=name, media_type="text/csv", body=body, now=now, by=by)
    parse_document(document.pk, now=now)
    return document


def _doubles(office: User, *, now: datetime) -> None:
    """Two that a person is to look at, one of them the office's alone; and two that were merged."""
    record_notices(
        [
            _notice(
                "jmc.example.org",
                TENDER_ID,
                title=SENSORS,
                buyer_name="Jaipur Smart City Development Corporation Limited",
            ),
            replace(
                _notice(
                    "cii",
                    "CII-SC/2026-41/2",
                    title="Online water-quality sensors at 48 reservoirs",
                    buyer_name="Jaipur Smart City Development Corpn. Ltd.",
                    contact="Deputy Engineer (Water)",
                ),
                kind=NoticeKind.PLANNING,
            ),
        ],
        seen_at=now,
        now=now,
    )
    for pk in Opportunity.objects.filter(buyer_name__startswith="Jaipur").values_list("pk", flat=True):
        compare_opportunity(pk, now=now)
    canal = {"title": "Bulk flow meters for the eastern canal", "buyer_name": "Rajasthan Water Board"}
    record_notices(
        [
            _notice("rwb.example.org", "2026_RWB_3310_1", reference="RWB/W/3310", **canal),
            _notice("office.example.org", "RWB/W/3310", contact="Executive Engineer", **canal),
        ],
        seen_at=now,
        now=now,
    )
    one, other = Opportunity.objects.filter(title=canal["title"])
    merge_opportunities(one.pk, other.pk, by=office, now=now)


def _notice(publisher: str, process_id: str, **facts: Any) -> ParsedNotice:
    return ParsedNotice(
        publisher=publisher,
        process_id=process_id,
        notice_id=f"{process_id}/1",
        kind=NoticeKind.TENDER,
        published_at=datetime(2026, 11, 16, 9, tzinfo=UTC),
        facts=OpportunityFacts(
            state="RJ",
            city="Jaipur",
            value=Money(Decimal(19) * CRORE, "INR"),
            submission_deadline=DEADLINE,
            **facts,
        ),
    )


def _replays(office: User, *, now: datetime) -> None:
    """One that is to be decided, with differences, and one that was accepted."""
    ReplayFactory.create(
        requested_by=office,
        requested_at=now - timedelta(days=9),
        compared_at=now - timedelta(days=9),
        decided_at=now - timedelta(days=9),
        decided_by=office,
        is_accepted=True,
        applied_at=now - timedelta(days=9),
    )
    portal, tender = "etenders.example.org", "2026_PSCDC_91245_1"
    long = "Providing, laying and commissioning of pipelines with bulk meters, " * 3
    ReplayFactory.create(
        requested_by=office,
        requested_at=now - timedelta(minutes=20),
        compared_at=now - timedelta(minutes=12),
        different=14,
        fields=[
            ["value_amount", 9, [[portal, tender, '"84.50"', '"845000000"']]],
            ["title", 4, [[portal, tender, '"SCADA and sensors"', f'"{long}"']]],
            ["", 1, [["office.example.org", "NMC/9", "absent", "present"]]],
        ],
    )


def _doubt(*, now: datetime) -> None:
    """A field that the reader would not vouch for, in something everybody sees."""
    opportunity = Opportunity.objects.filter(title__startswith="Lake restoration").get()
    notice = NoticeFactory.create(opportunity=opportunity)
    doubt = Doubt("value", "row 12", "about 12 to 14 Cr.", "which amount?")
    ExtractionFactory.create(
        document__fetched_at=now - timedelta(hours=6), notice=notice, doubts=doubts_to_json((doubt,))
    )
