"""The made-up world around the notices: who is there, what they can do, what is read.

Notices themselves come in by the same road as everywhere: the worker reads the sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction

from ingest.models import Source
from matching.delivery.subscribing import MailWish, save_wish
from matching.models import CapabilityProfile, CompletedProject, Subscription, YearlyTurnover
from opportunities.services import describe_company
from portal.accounts.models import Company, Membership, User
from portal.accounts.registering import NewPerson, StatedCompany, confirm_registration, register_person
from portal.demo.companies import COMPANIES, DemoCompany
from portal.demo.people import NEWCOMER, NEWCOMERS_COMPANY, PEOPLE, Person
from portal.demo.sources import DemoSource, demo_sources

Say = Callable[[str], None]


@transaction.atomic
def load_world(*, simulator_url: str, folder: Path, now: datetime, say: Say) -> None:
    """Make what is missing, and make every source due. What people have changed since stays as it is."""
    companies = {company.name: _company(company, now=now) for company in COMPANIES}
    say(f"{len(companies)} companies with a profile each")
    for person in PEOPLE:
        _person(person, companies, now=now)
    say(f"{len(PEOPLE)} people can sign in")
    _registration(NEWCOMER, NEWCOMERS_COMPANY, now=now)
    sources = demo_sources(simulator_url, folder)
    for source in sources:
        _source(source, now=now)
    say(f"{len(sources)} sources" if simulator_url else "no simulator runs, so nothing new will come in")


def _company(wanted: DemoCompany, *, now: datetime) -> Company:
    company, _ = Company.objects.get_or_create(name=wanted.name, defaults={"approved_at": now})
    if company.profiles.exists():  # whatever it is called now, or even retired
        return company
    profile, _ = CapabilityProfile.objects.get_or_create(
        company=company,
        name=wanted.profile,
        defaults={
            "language": wanted.language,
            "summary": wanted.summary,
            "capabilities": list(wanted.capabilities),
            "domains": list(wanted.domains),
            "references": list(wanted.references),
            "certifications": list(wanted.certifications),
            "turnover_sek_millions": wanted.turnover,
            "employees": wanted.employees,
            "value_from_inr": wanted.value_from_inr,
            "value_to_inr": wanted.value_to_inr,
            "states": list(wanted.states),
            "is_joint_venture_willing": wanted.is_joint_venture_willing,
            "may_lead_joint_venture": wanted.may_lead_joint_venture,
            "founded_year": wanted.founded,
            "net_worth_sek_millions": wanted.net_worth,
            "indian_presence": wanted.presence,
            "digital_signature": wanted.signature,
            "local_content_percent": wanted.local_content_percent,
        },
    )
    describe_company(company.pk, by=None, now=now, domains=wanted.domains, region=wanted.county)
    for year, millions in wanted.turnovers:
        YearlyTurnover.objects.get_or_create(profile=profile, year=year, defaults={"sek_millions": millions})
    for project in wanted.projects:
        CompletedProject.objects.get_or_create(
            profile=profile,
            name=project.name,
            defaults={
                "completed_year": project.year,
                "value_sek_millions": project.value,
                "domains": list(project.domains),
            },
        )
    return company


def _person(person: Person, companies: dict[str, Company], *, now: datetime) -> None:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create_user(
            person.email, person.password, name=person.name, role=person.role, language=person.language
        )
    EmailAddress.objects.get_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    if person.role != User.Role.MEMBER:
        return
    company = companies[person.place]
    is_first = not company.memberships.exists()
    role = Membership.Role.OWNER if is_first else Membership.Role.MEMBER
    Membership.objects.get_or_create(user=user, company=company, defaults={"role": role})
    for profile in company.profiles.all():
        if not Subscription.objects.filter(recipient__user=user, profile=profile).exists():
            save_wish(user, profile, MailWish(is_off=False), now=now)


def _registration(person: Person, company: StatedCompany, *, now: datetime) -> None:
    """Somebody who waits for the office to decide."""
    newcomer = NewPerson(person.name, person.email, person.password, person.language)
    user = register_person(newcomer, company, now=now)
    if user is not None:
        EmailAddress.objects.filter(user=user).update(verified=True)
        confirm_registration(user, now=now)


def _source(source: DemoSource, *, now: datetime) -> None:
    # The simulator's port may change from one start to the next.
    values = asdict(source) | ({"next_poll_at": now} if source.poll_every_minutes else {})
    Source.objects.update_or_create(slug=values.pop("slug"), defaults=values)
