"""What the world's best match asks of bidders, and whom one could bid with."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from matching.models import CapabilityProfile
from opportunities.models import Notice, Opportunity
from opportunities.parsed_notice import RequirementKind
from portal.accounts.models import User
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    MatchFactory,
    PartnerRequestFactory,
)
from tests.factories.opportunities import (
    RequirementFactory,
)


def ask_requirements(notice: Notice) -> None:
    """What a SCADA tender usually asks: some of it met, some not, some unknown, some a matter of doing."""
    RequirementFactory.create(notice=notice)
    plain = {"amount": None, "currency": "", "years": None}
    for line, (kind, sentence, facts) in enumerate(_CLAUSES, start=12):
        where = {"place": f"line {line}", "sentence": sentence}
        RequirementFactory.create(notice=notice, kind=kind.value, **where, **plain | facts)


_CLAUSES: tuple[tuple[RequirementKind, str, dict[str, Any]], ...] = (
    (
        RequirementKind.CERTIFICATION,
        "The bidder shall hold a valid ISO 9001 certificate on the date of submission.",
        {"name": "ISO 9001"},
    ),
    (
        RequirementKind.CERTIFICATION,
        "The bidder or a member of the consortium shall hold ISO 27001.",
        {"name": "ISO 27001"},
    ),
    (
        RequirementKind.EXPERIENCE,
        "One similar work of 80 per cent of the estimated cost completed in the last seven years.",
        {"count": 1, "share": Decimal("0.8"), "years": 7},
    ),
    (
        RequirementKind.JOINT_VENTURE,
        "Joint venture or consortium of up to three members is permitted.",
        {"count": 3, "is_allowed": True},
    ),
    (
        RequirementKind.HARD_COPY,
        "Original bank guarantee and affidavits to reach the office before the bid due time.",
        {"confidence": 0.7},
    ),
)


def add_partners(profile: CapabilityProfile, sensors: Opportunity, reader: User, *, now: datetime) -> None:
    """Another member that would help, one that asks without a name, and one that has agreed."""
    others = []
    for name, certificates in (("Älvsbo Säkerhet AB", ["ISO 27001"]), ("Mälaröns Pumpteknik AB", [])):
        other = CapabilityProfileFactory.create(
            company=CompanyFactory.create(name=name),
            domains=["water-supply", "network-telecom"],
            certifications=certificates,
            turnover_sek_millions=Decimal(64),
            is_joint_venture_willing=True,
        )
        MatchFactory.create(profile=other, opportunity=sensors, score=51)
        others.append(other)
    person = UserFactory.create(name="Dag Dahl", email="dag@example.org")
    meters = Opportunity.objects.filter(title__startswith="Expression").get()
    PartnerRequestFactory.create(
        asking=others[1],
        asked=profile,
        opportunity=sensors,
        asked_by=person,
        asked_at=now - timedelta(hours=5),
    )
    PartnerRequestFactory.create(
        asking=profile,
        asked=others[0],
        opportunity=meters,
        asked_by=reader,
        asked_at=now - timedelta(days=2),
        answered_by=person,
        answered_at=now - timedelta(days=1),
        has_agreed=True,
    )
