"""A small believable world: what the pages look like on an ordinary morning. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from matching.bidding.records import Presence, Signature
from matching.models import CapabilityProfile
from matching.scoring.records import Evidence, Part, Verdict
from matching.scoring.serialization import parts_to_json
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Doubt, FieldOrigin, Moment, NoticeKind, Stage
from opportunities.serialization import changes_to_json, doubts_to_json, origins_to_json
from portal.accounts.models import Company, User
from tests.factories.bidding_world import add_partners, ask_requirements
from tests.factories.ingest import (
    ExtractionFactory,
    RawDocumentFactory,
    SourceFactory,
)
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    MatchFactory,
)
from tests.factories.opportunities import (
    NoticeFactory,
    OpportunityFactory,
    OpportunityRevisionFactory,
)
from tests.factories.sent_digests import add_digests
from tests.factories.troubled_sources import add_trouble

BULLETIN = """<html><head><title>Bulletin 46</title></head><body>
<h1>Smart Cities desk: advance information</h1>
<p>Nagpur Smart and Sustainable City Development Corporation. The council in its sitting of 12 November
accorded approval for a pilot of 150 smart poles (lighting, Wi-Fi, air-quality sensors) along the Wardha Road
corridor. A detailed project report is to be prepared; outlay about Rs. 42 Cr. Tender likely in Q1 of
FY 2027-28. Contact: GM (e-Gov).</p>
</body></html>"""

NOTICE_PAGE = """<html><body><table>
<tr><td>Tender ID</td><td>2026_PSCDC_91245_1</td></tr>
<tr><td>Work Description</td><td>The contractor shall supply and commission online water-quality sensors
(turbidity, residual chlorine, pH) at 212 locations, integrate them with the existing SCADA over OPC UA, and
operate and maintain the system for five years.</td></tr>
<tr><td>Tender Value in ₹</td><td>84,50,00,000</td></tr>
<tr><td>EMD Amount in ₹</td><td>84,50,000</td></tr>
<tr><td>Bid Submission End Date</td><td>as per the corrigendum</td></tr>
</table></body></html>"""


@dataclass(frozen=True, slots=True)
class World:
    profile: CapabilityProfile
    sensors: Opportunity  # the best match, with a corrigendum and an original
    poles: Opportunity  # early stage, seen by the office alone


def build_world(company: Company, reader: User, *, now: datetime) -> World:
    """Nine opportunities, four sources, an inbox and a digest."""
    profile = CapabilityProfileFactory.create(
        company=company,
        name="Water quality and SCADA",
        scored_at=now,
        scorer_version="test",
        domains=["water-supply"],
        certifications=["ISO 9001", "ISO 14001"],
        turnover_sek_millions=Decimal("42.5"),
        employees=86,
        founded_year=1998,
        is_joint_venture_willing=True,
        indian_presence=Presence.PARTNER.value,
        digital_signature=Signature.NONE.value,
    )
    CapabilityProfileFactory.create(company=company, name="Mätare och fjärravläsning", scored_at=now)
    sensors = _sensors(profile, now=now)
    for number, (title, buyer, city, state, score, crore, days) in enumerate(_OTHERS):
        opportunity = OpportunityFactory.create(
            title=title,
            buyer_name=buyer,
            city=city,
            state=state,
            value_amount=None if crore is None else Decimal(crore) * 10_000_000,
            value_currency="" if crore is None else "INR",
            submission_deadline=now + timedelta(days=days, hours=3),
            stage=(Stage.EOI if title.startswith("Expression") else Stage.TENDER).value,
        )
        MatchFactory.create(
            profile=profile,
            opportunity=opportunity,
            score=score,
            first_matched_at=now - timedelta(days=2 * number),
            parts=parts_to_json(_parts(score, state=state)),
        )
    leakage = _leakage(profile, now=now)
    FollowFactory.create(company=company, opportunity=leakage, by=reader, created_at=now)
    poles = _poles(now=now)
    add_partners(profile, sensors, reader, now=now)
    add_trouble(now=now)
    add_digests(profile, reader, now=now)
    return World(profile, sensors, poles)


_OTHERS = (
    (
        "Expression of interest: AMI smart water meters with LoRaWAN backhaul, 60,000 connections",
        "Bhubaneswar Smart City Ltd", "Bhubaneswar", "OD", 78, None, 23,
    ),
    (
        "Integrated command and control centre phase II: environmental sensors package",
        "Greater Visakhapatnam Smart City Corporation Ltd", "Visakhapatnam", "AP", 64, "37.2", 31,
    ),
    (
        "Design, supply and commissioning of SCADA for 24x7 water supply in wards 12 to 31",
        "Kochi Metropolitan Water Company", "Kochi", "KL", 61, "118", 6,
    ),
    (
        "Online monitoring of effluent at three sewage treatment plants",
        "Surat Municipal Corporation", "Surat", "GJ", 58, "4.85", 12,
    ),
    (
        "Annual maintenance of bulk flow meters",
        "Pimpri-Chinchwad Municipal Corporation", "Pimpri-Chinchwad", "MH", 47, "0.62", 9,
    ),
    (
        "Lake restoration with water-quality telemetry",
        "Tumakuru Smart City Ltd", "Tumakuru", "KA", 44, "12.5", 40,
    ),
    (
        "Flood sensors and warning displays along the Vaigai",
        "Madurai Smart City Ltd", "Madurai", "TN", 41, "9.1", 17,
    ),
)  # fmt: skip


def _parts(score: int, *, state: str) -> tuple[Part, ...]:
    rest = max(0, score - 55)
    return (
        Part(
            "domain",
            min(55, score),
            60,
            Verdict.FITS,
            (
                Evidence("water-quality sensors", "vattenkvalitetssensorer", "water-quality"),
                Evidence("SCADA", "SCADA"),
            ),
        ),
        Part("words", min(25, rest), 25, Verdict.FITS, (Evidence("telemetry", "telemetri"),)),
        Part(
            "value_band",
            -4 if rest < 5 else 8,
            8,
            Verdict.GAP if rest < 5 else Verdict.FITS,
            (),
            (("value", "INR 845000000"), ("to", "INR 400000000")),
        ),
        Part("place", 0, 7, Verdict.GAP, (), (("state", state),)),
    )


def _sensors(profile: CapabilityProfile, *, now: datetime) -> Opportunity:
    before, after = now + timedelta(days=-1), now + timedelta(days=9, hours=2)
    opportunity = OpportunityFactory.create(
        process_id="2026_PSCDC_91245_1",
        title="Supply, installation and five-year O&M of SCADA and water-quality sensors for 24×7 supply",
        description=(
            "The contractor shall supply and commission online water-quality sensors (turbidity, residual"
            " chlorine, pH) at 212 locations, integrate them with the existing SCADA over OPC UA, and operate"
            " and maintain the system for five years."
        ),
        url="https://etenders.example.org/view/2026_PSCDC_91245_1",
        bid_security_amount=Decimal(8_450_000),
        bid_security_currency="INR",
        document_fee_amount=Decimal(23_600),
        document_fee_currency="INR",
        submission_deadline=after,
        prebid_at=now - timedelta(days=3),
        opening_at=after + timedelta(days=1),
        without_time=["opening_at"],
        organisation_chain=["Urban Development Department", "Pune Smart City", "Water cell"],
        reference="PSCDCL/2026/SCADA/17",
    )
    notice = NoticeFactory.create(opportunity=opportunity, notice_id="NIT 17")
    OpportunityRevisionFactory.create(notice=notice, number=1)
    corrigendum = NoticeFactory.create(
        opportunity=opportunity,
        notice_id="Corrigendum 2",
        kind=NoticeKind.CORRIGENDUM.value,
        published_at=now - timedelta(days=1),
    )
    ask_requirements(notice)
    changes = (
        Change("submission_deadline", Moment(before), Moment(after)),
        Change("is_joint_venture_allowed", before=None, after=True),
    )
    OpportunityRevisionFactory.create(notice=corrigendum, number=3, changes=changes_to_json(changes))
    _page_behind(opportunity, now=now)
    source = SourceFactory.create(
        name="Maharashtra e-tendering",
        slug="maharashtra",
        poll_every_minutes=60,
        last_success_at=now - timedelta(minutes=14),
        next_poll_at=now + timedelta(minutes=46),
    )
    document = RawDocumentFactory.create(source=source, url=opportunity.url, body=NOTICE_PAGE.encode())
    ExtractionFactory.create(
        document=document,
        notice=notice,
        origins=origins_to_json(
            (
                FieldOrigin("value", "Tender Value in ₹", "84,50,00,000"),
                FieldOrigin("bid_security", "EMD Amount in ₹", "84,50,000"),
                FieldOrigin("description", "Work Description", "online water-quality sensors", 0.7),
            )
        ),
        doubts=doubts_to_json(
            (
                Doubt(
                    "submission_deadline",
                    "Bid Submission End Date",
                    "as per the corrigendum",
                    "no date in it",
                ),
            )
        ),
    )
    MatchFactory.create(
        profile=profile, opportunity=opportunity, score=92, parts=parts_to_json(_parts(92, state="MH"))
    )
    return opportunity


def _page_behind(opportunity: Opportunity, *, now: datetime) -> None:
    """The page behind a listing's row: it fills in what the row left out, and words some things otherwise."""
    address = "https://etenders.example.org/app?component=%24DirectLink&session=T&sp=" + "S" * 80
    page = NoticeFactory.create(
        opportunity=opportunity, notice_id="NIT 17 (page)", published_at=now - timedelta(days=2)
    )
    changes = (
        Change("title", "SCADA and sensors", opportunity.title),
        Change("location", "Pune, Maharashtra", "Water_Supply_Department_of_the_Municipal_Corporation"),
        Change("url", opportunity.url, address),
        Change("document_fee", None, opportunity.document_fee),
        Change("contract_form", None, "Turn-key"),
    )
    OpportunityRevisionFactory.create(notice=page, number=2, changes=changes_to_json(changes))


def _leakage(profile: CapabilityProfile, *, now: datetime) -> Opportunity:
    early = OpportunityFactory.create(
        title="Non-revenue-water reduction programme: detailed project report being prepared",
        stage=Stage.DPR.value,
        buyer_name="Surat Smart City Development Ltd",
        city="Surat",
        state="GJ",
        value_amount=Decimal(2_100_000_000),
        submission_deadline=None,
        tender_expected_from=date(2027, 1, 1),
        tender_expected_until=date(2027, 3, 31),
        published_at=now - timedelta(days=4),
    )
    MatchFactory.create(
        profile=profile, opportunity=early, score=86, parts=parts_to_json(_parts(86, state="GJ"))
    )
    return early


def _poles(*, now: datetime) -> Opportunity:
    poles = OpportunityFactory.create(
        title="Smart pole pilot, Wardha Road",
        description="A pilot of 150 smart poles (lighting, Wi-Fi, air-quality sensors).",
        stage=Stage.DPR.value,
        disclosed_from=None,
        buyer_name="Nagpur Smart and Sustainable City Development Corporation",
        city="Nagpur",
        value_amount=Decimal(420_000_000),
        submission_deadline=None,
        tender_expected_from=date(2027, 4, 1),
        tender_expected_until=date(2027, 6, 30),
        recorded_at=now - timedelta(hours=2),
    )
    notice = NoticeFactory.create(opportunity=poles, notice_id="Bulletin 46", kind=NoticeKind.PLANNING.value)
    OpportunityRevisionFactory.create(notice=notice, number=1)
    channel = SourceFactory.create(
        name="CII bulletin",
        slug="cii",
        kind="cii_mailbox",
        address="",
        poll_every_minutes=10,
        last_success_at=now - timedelta(hours=5),
    )
    ExtractionFactory.create(
        document=RawDocumentFactory.create(source=channel, url="bulletin-46", body=BULLETIN.encode()),
        notice=notice,
        origins=origins_to_json(
            (
                FieldOrigin("title", "paragraph 1", "150 smart poles"),
                FieldOrigin("value", "paragraph 1", "Rs. 42 Cr."),
                FieldOrigin("tender_expected_from", "paragraph 1", "Q1 of FY 2027-28", 0.6),
            )
        ),
    )
    return poles
