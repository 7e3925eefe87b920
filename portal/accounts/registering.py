"""From the form of a stranger to somebody who acts for a company: registered, confirmed, decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.accounts.models import Company, Membership, Registration, User

# As long as the link in the mail works, and a night to spare.
KEPT_UNCONFIRMED = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    email: str
    password: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class StatedCompany:
    name: str
    organisation_number: str  # ten digits
    about: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """That a registration was decided. ``company`` is the one that became a member by it, or was kept out;
    None where a person alone was let in or refused."""

    company: int | None


@transaction.atomic
def register_person(person: NewPerson, company: StatedCompany, *, now: datetime) -> User | None:
    """Make an account that can do nothing until its address is confirmed. None if the address has one."""
    if User.objects.filter(email__iexact=person.email).exists():
        make_password(person.password)  # or the time it takes would tell that somebody has the address
        return None
    email = person.email.lower()
    user = User.objects.create_user(email, person.password, name=person.name, language=person.language)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    _registration(user, company, now=now)
    return user


@transaction.atomic
def register_company(user: User, company: StatedCompany, *, now: datetime) -> Registration:
    """For somebody who has an account. Asking again while the first is undecided changes nothing."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    waiting = Registration.objects.filter(user=user, decided_at=None).first()
    if waiting is not None:
        return waiting
    registration = _registration(user, company, now=now)
    confirm_registration(user, now=now)
    return registration


def _registration(user: User, company: StatedCompany, *, now: datetime) -> Registration:
    return Registration.objects.create(
        user=user,
        company_name=company.name,
        organisation_number=company.organisation_number,
        about=company.about,
        registered_at=now,
    )


@transaction.atomic
def confirm_registration(user: User, *, now: datetime) -> None:
    """The address is the person's: what they asked waits for the office, and they may describe their company.

    Confirming again does nothing.
    """
    registration = (
        Registration.objects.select_for_update().filter(user=user, confirmed_at=None, decided_at=None).first()
    )
    if registration is None:
        return
    company = Company.objects.create(name=registration.company_name)
    Membership.objects.create(user=user, company=company, role=Membership.Role.OWNER)
    registration.company = company
    registration.confirmed_at = now
    registration.save(update_fields=["company", "confirmed_at"])


@transaction.atomic
def approve_registration(registration_id: int, *, by: User, now: datetime) -> Decided | None:
    """Let the person act for the company: the one that has the number, or a new one.

    Whoever comes first to a company owns what is said of it. None if it was decided already. The ledger isn't
    told: where a company may become a member by it, ``admit_company`` is to be called.
    """
    registration = _undecided(registration_id)
    if registration is None:
        return None
    admitted = None
    own = registration.company
    known = _company_with(registration.organisation_number)
    if known is not None:
        registration.company = known
        _join(registration.user, known)
        if own is not None and not own.is_approved:
            own.delete()
    elif own is not None:
        own.organisation_number = registration.organisation_number
        own.approved_at = now
        own.save(update_fields=["organisation_number", "approved_at"])
        admitted = own.pk
    _decide(registration, is_approved=True, by=by, now=now)
    return Decided(admitted)


@transaction.atomic
def refuse_registration(registration_id: int, *, because: str, by: User, now: datetime) -> Decided | None:
    """Say no, and why; what the person wrote about the company meanwhile goes. None if decided already.

    As with approving, the ledger isn't told (``refuse_company``).
    """
    registration = _undecided(registration_id)
    if registration is None:
        return None
    own = registration.company
    is_member = _company_with(registration.organisation_number) is not None
    refused = None if own is None or is_member else own.pk
    registration.company = None
    registration.refused_because = because
    _decide(registration, is_approved=False, by=by, now=now)
    if own is not None and not own.is_approved:
        own.delete()
    return Decided(refused)


def forget_unconfirmed(*, now: datetime) -> int:
    """Remove people who never confirmed their address, and return how many. Nobody acts for them."""
    old = Registration.objects.filter(confirmed_at=None, registered_at__lt=now - KEPT_UNCONFIRMED)
    people = User.objects.filter(pk__in=old.values("user"), memberships=None, last_login=None)
    return people.delete()[1].get("accounts.User", 0)


def _undecided(registration_id: int) -> Registration | None:
    waiting = Registration.objects.select_for_update(of=("self",)).waiting()
    return waiting.filter(pk=registration_id).select_related("user", "company").first()


def _company_with(number: str) -> Company | None:
    return Company.objects.select_for_update(no_key=True).filter(organisation_number=number).first()


def _join(user: User, company: Company) -> None:
    has_owner = company.memberships.filter(role=Membership.Role.OWNER).exists()
    role = Membership.Role.MEMBER if has_owner else Membership.Role.OWNER
    Membership.objects.get_or_create(user=user, company=company, defaults={"role": role})


def _decide(registration: Registration, *, is_approved: bool, by: User, now: datetime) -> None:
    registration.is_approved = is_approved
    registration.decided_by = by
    registration.decided_at = now
    registration.retry_at = now
    registration.save()
