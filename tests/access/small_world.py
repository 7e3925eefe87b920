"""One world in which everything that an address can name belongs to Vallar, and one person of each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from portal.accounts.models import Company, Membership, User
from tests.access.address_values import VALUES
from tests.factories.accounts import CompanyFactory, MembershipFactory, RegistrationFactory, UserFactory
from tests.factories.matching import CapabilityProfileFactory, PartnerRequestFactory, VerdictFactory
from tests.factories.office_morning import build_office_morning
from tests.factories.world import build_world


@dataclass(frozen=True, slots=True)
class SmallWorld:
    people: dict[str, User | None]  # by role
    values: dict[str, str]  # by parameter, or by route and parameter


def build_small_world() -> SmallWorld:
    now = timezone.now()
    vallar = CompanyFactory.create(name="Vallar AB", organisation_number="4020000024")
    office = _person("Olga Öberg", role=User.Role.OFFICE)
    owner = _person("Alice Ahlgren", company=vallar, membership=Membership.Role.OWNER)
    cedern = CompanyFactory.create(name="Cedern AB")
    waiting = CompanyFactory.create(name="Väntan AB", approved_at=None)
    world = build_world(vallar, owner, now=now)
    build_office_morning(office, now=now)
    VerdictFactory.create(profile=world.profile, opportunity=world.sensors, person=owner)
    PartnerRequestFactory.create(asking=world.profile, opportunity=world.sensors, asked_by=owner)
    CapabilityProfileFactory.create(company=cedern)
    CapabilityProfileFactory.create(company=waiting)
    people = {
        "visitor": None,
        "owner": owner,
        "member": _person("Bo Berg", company=vallar),
        "rival": _person("Charlie Cedergren", company=cedern, membership=Membership.Role.OWNER),
        "alone": _person("Adam Alm"),
        "waiting": _person("Vera Vik", company=waiting, membership=Membership.Role.OWNER),
        "office": office,
        "observer": _person("Oskar Ohlsson", role=User.Role.OBSERVER),
    }
    RegistrationFactory.create(user=people["waiting"], company=waiting)
    return SmallWorld(people, {name: str(value(world)) for name, value in VALUES.items()})


def _person(
    name: str,
    *,
    role: User.Role = User.Role.MEMBER,
    company: Company | None = None,
    membership: Membership.Role = Membership.Role.MEMBER,
) -> User:
    user = UserFactory.create(name=name, role=role, language="en", password=None)
    if company is not None:
        MembershipFactory.create(user=user, company=company, role=membership)
    return user
