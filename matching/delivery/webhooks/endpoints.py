"""What a company's owners decide about where it is told. Told the time, safe to call again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from matching.delivery.webhooks.signing import secret_text
from matching.models import WebhookEndpoint, WebhookSecret
from portal.accounts.models import Company, User

MOST_ENDPOINTS = 5  # of a company
# So long an older secret still signs, for the receiver to change over.
OVERLAP = timedelta(days=1)

Because = WebhookEndpoint.DisabledBecause


class AddressTaken(Exception):
    """The company is told at this address already."""


class SwitchedOff(Exception):
    """Nothing is posted to the endpoint until it is switched on."""


class TooManyEndpoints(Exception):
    """The company is told at as many addresses as it may be."""


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A new secret. It is to be shown now: pages don't tell it again."""

    endpoint: WebhookEndpoint
    secret: str = field(repr=False)


@transaction.atomic
def add_endpoint(
    company: Company, address: str, kinds: Collection[str], *, by: User, now: datetime
) -> MadeSecret:
    """Tell a company's system from now on. Raise AddressTaken or TooManyEndpoints."""
    # Locked, or two at once would each count one too few.
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    standing = WebhookEndpoint.objects.standing().filter(company=company)
    if standing.count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    try:
        with transaction.atomic():
            endpoint = WebhookEndpoint.objects.create(
                company=company,
                address=address,
                kinds=sorted(kinds),
                by=by,
                created_at=now,
                listens_since=now,
            )
    except IntegrityError:
        raise AddressTaken from None
    return MadeSecret(endpoint, _new_secret(endpoint, now=now))


def choose_kinds(endpoint: WebhookEndpoint, kinds: Collection[str]) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(kinds=sorted(kinds))


@transaction.atomic
def new_secret(endpoint: WebhookEndpoint, *, now: datetime) -> MadeSecret:
    """Sign with another secret as well; the one before ends after ``OVERLAP``."""
    WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    endpoint.secrets.filter(ends_at=None).update(ends_at=now + OVERLAP)
    return MadeSecret(endpoint, _new_secret(endpoint, now=now))


def revoke_older_secrets(endpoint: WebhookEndpoint, *, now: datetime) -> int:
    """End at once every secret but the latest. Return how many there were."""
    return endpoint.secrets.filter(ends_at__gt=now).update(ends_at=now)


def switch_off(endpoint: WebhookEndpoint, because: Because, *, now: datetime) -> bool:
    """Post nothing more there until it is switched on. False if it was off."""
    listening = WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None)
    told_at = now if because == Because.ASKED else None  # who asked for it needs no mail
    return bool(listening.update(disabled_at=now, disabled_because=because, told_at=told_at))


@transaction.atomic
def switch_on(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Go on, with what is owed still and what has happened meanwhile."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        disabled_at=None, disabled_because="", told_at=None, failing_since=None, failures=0
    )
    endpoint.deliveries.unsent().update(retry_at=now)


def end_endpoint(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Remove it; what was told stays on record."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk, ended_at=None).update(ended_at=now)
    endpoint.secrets.alive_at(now).update(ends_at=now)


def hold_listening(endpoint: WebhookEndpoint) -> None:
    """Let nobody else change an endpoint in this transaction. Raise SwitchedOff if it doesn't listen."""
    held = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    if held.disabled_at is not None or held.ended_at is not None:
        raise SwitchedOff


def _new_secret(endpoint: WebhookEndpoint, *, now: datetime) -> str:
    return secret_text(WebhookSecret.objects.create(endpoint=endpoint, created_at=now))
