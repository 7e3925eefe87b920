"""The made-up world around the notices: who is there, what they can do, what is read.

Notices themselves come in by the same road as everywhere: the worker reads the sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from ingest.models import Source
from matching.delivery.subscribing import MailWish, save_wish
from matching.models import Subscription
from matching.services import add_profile
from opportunities.services import admit_company, describe_company
from portal.accounts.models import Company, Membership, User
from portal.accounts.registering import StatedCompany, register_company
from portal.accounts.telling import tell_registration
from portal.demo.companies import COMPANIES, DemoCompany
from portal.demo.people import NEWCOMER, NEWCOMERS_COMPANY, OFFICE, PASSWORD, PEOPLE, Person
from portal.demo.sources import DemoSource, demo_sources

Say = Callable[[str], None]
_DAY = timedelta(days=1)


@transaction.atomic
def load_world(*, simulator_url: str, folder: Path, now: datetime, say: Say) -> None:
    """Make what is missing, and make every source due. What people have changed since stays as it is."""
    # All have the same, and making it out of a password is meant to take long.
    password = make_password(PASSWORD)
    users = {person.email: _user(person, password) for person in (*PEOPLE, NEWCOMER)}
    office = next(users[person.email] for person in PEOPLE if person.place == OFFICE)
    for company in COMPANIES:
        own = [users[person.email] for person in PEOPLE if person.place == company.name]
        _company(company, own, office, now=now)
    say(f"{len(COMPANIES)} companies")
    say(f"{len(PEOPLE)} people can sign in")
    newcomer = users[NEWCOMER.email]
    if not newcomer.registrations.exists():
        register_company(newcomer, NEWCOMERS_COMPANY, now=now)
    sources = demo_sources(simulator_url, folder)
    for source in sources:
        _source(source, now=now)
    say(f"{len(sources)} sources" if simulator_url else "no simulator runs, so nothing new will come in")


def _user(person: Person, password: str) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create(
            email=person.email,
            password=password,
            name=person.name,
            role=person.role,
            language=person.language,
        )
    EmailAddress.objects.get_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    return user


def _company(wanted: DemoCompany, people: list[User], office: User, *, now: datetime) -> None:
    company = Company.objects.filter(name=wanted.name).first()
    if company is None:
        company = _joined(wanted, people[0], office, now=now - wanted.joined * _DAY)
    for user in people:
        Membership.objects.get_or_create(
            user=user, company=company, defaults={"role": Membership.Role.MEMBER}
        )
        for profile in company.profiles.all():
            if not Subscription.objects.filter(recipient__user=user, profile=profile).exists():
                save_wish(user, profile, MailWish(is_off=False), now=now)


def _joined(wanted: DemoCompany, owner: User, office: User, *, now: datetime) -> Company:
    """Registered by its owner, described, and let in by the office three days later: now."""
    about = wanted.profile.summary if wanted.profile else ""
    stated = StatedCompany(wanted.name, wanted.organisation_number, about)
    registration = register_company(owner, stated, now=now - 3 * _DAY)
    company = owner.companies.get()
    if wanted.profile is not None:
        add_profile(company, wanted.profile.draft, by=owner, now=now - 2 * _DAY)
    if wanted.county:
        describe_company(company.pk, by=owner, now=now - 2 * _DAY, region=wanted.county)
    admit_company(registration.pk, by=office, now=now)
    tell_registration(registration.pk, now=now)
    return company


def _source(source: DemoSource, *, now: datetime) -> None:
    # The simulator's port may change from one start to the next.
    values = asdict(source) | ({"next_poll_at": now} if source.poll_every_minutes else {})
    Source.objects.update_or_create(slug=values.pop("slug"), defaults=values)
