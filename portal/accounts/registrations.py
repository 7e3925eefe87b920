"""What the office and owners see of registrations."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Company, Registration, RegistrationQuerySet, User

SHOWN_DECIDED = 20


@dataclass(frozen=True, slots=True)
class WaitingRegistration:
    registration: Registration
    joins: Company | None  # the company that has the number already
    namesakes: tuple[Company, ...]  # approved ones of that name and another number


def waiting_registrations() -> list[WaitingRegistration]:
    """What is to be decided, the oldest first, each with what is known of its company. Two queries."""
    return _with_known(Registration.objects.waiting())


def waiting_registration(registration_id: int) -> WaitingRegistration | None:
    """One of them; None where it doesn't wait."""
    return next(iter(_with_known(Registration.objects.waiting().filter(pk=registration_id))), None)


def _with_known(registrations: RegistrationQuerySet) -> list[WaitingRegistration]:
    waiting = list(registrations.select_related("user"))
    known = Company.objects.exclude(approved_at=None)
    numbers = [each.organisation_number for each in waiting]
    names = [each.company_name for each in waiting]
    related = list(known.filter(organisation_number__in=numbers) | known.filter(name__in=names))
    return [_waiting(each, related) for each in waiting]


def _waiting(registration: Registration, related: list[Company]) -> WaitingRegistration:
    number, name = registration.organisation_number, registration.company_name
    return WaitingRegistration(
        registration,
        next((company for company in related if company.organisation_number == number), None),
        tuple(
            company for company in related if company.organisation_number != number and company.name == name
        ),
    )


def decided_registrations() -> RegistrationQuerySet:
    decided = Registration.objects.exclude(decided_at=None).select_related("user", "decided_by")
    return decided.order_by("-decided_at", "-pk")[:SHOWN_DECIDED]


def latest_registration(user_id: int | None) -> Registration | None:
    return Registration.objects.filter(user=user_id).order_by("-registered_at", "-pk").first()


def is_undecided(user: User) -> bool:
    """Whether something that a person asked for waits for an answer."""
    return Registration.objects.filter(user=user, decided_at=None).exists()


def what_was_told(company: Company) -> str:
    """What whoever registered a company wrote of it then; "" where nobody did."""
    told = (
        Registration.objects.filter(company=company)
        .exclude(about="")
        .order_by("pk")
        .values_list("about", flat=True)
    )
    return told.first() or ""


def requests_to_join(company: Company) -> RegistrationQuerySet:
    """Who asks to act for a company that is here; its owners may decide."""
    number = company.organisation_number
    waiting = Registration.objects.waiting().select_related("user")
    return waiting.filter(organisation_number=number) if number else waiting.none()
