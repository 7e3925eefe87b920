"""Telling people what was decided: the rows are the queue."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from portal.accounts.mail import send_account_mail
from portal.accounts.models import Departure, Registration


def untold_registrations(*, now: datetime, count: int) -> list[int]:
    due = Registration.objects.untold().filter(retry_at__lte=now)
    return list(due.order_by("decided_at").values_list("pk", flat=True)[:count])


@transaction.atomic
def tell_registration(registration_id: int, *, now: datetime) -> bool:
    """Write to a person what was decided. False if somebody has, or is doing so.

    At least once: a crash after the mail server took it sends it again, with the same Message-ID.
    """
    untold = Registration.objects.select_for_update(of=("self",), skip_locked=True).untold()
    registration = untold.filter(pk=registration_id).select_related("user").first()
    if registration is None:
        return False
    send_account_mail(
        "registration_approved" if registration.is_approved else "registration_refused",
        to=registration.user.email,
        language=registration.user.language,
        message_id=message_id("registration", registration.pk),
        registration=registration,
    )
    registration.told_at = now
    registration.save(update_fields=["told_at"])
    return True


def untold_departures(*, now: datetime, count: int) -> list[int]:
    due = Departure.objects.filter(told_at=None, retry_at__lte=now)
    return list(due.order_by("left_at").values_list("pk", flat=True)[:count])


@transaction.atomic
def tell_departure(departure_id: int, *, now: datetime) -> bool:
    """Write to the office that a company has left. False if somebody has, or is doing so. At least once."""
    untold = Departure.objects.select_for_update(skip_locked=True).filter(told_at=None)
    departure = untold.filter(pk=departure_id).first()
    if departure is None:
        return False
    send_account_mail(
        "company_left",
        to=settings.CONTACT_EMAIL,
        language="sv",
        message_id=message_id("departure", departure.pk),
        departure=departure,
    )
    departure.told_at = now
    departure.save(update_fields=["told_at"])
    return True


def message_id(subject: str, pk: int) -> str:
    return f"<{subject}-{pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
