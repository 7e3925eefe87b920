"""Addresses that are not to be written to. Told the time, safe to call again."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from matching.models import MailReport, Suppression
from portal.accounts.models import User

# So many that didn't arrive within so long: nobody reads there any more.
SOFT_LIMIT = 5
SOFT_WITHIN = timedelta(days=7)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody who may say so told of an address."""

    address: str
    kind: MailReport.Kind
    channel: MailReport.Channel
    fingerprint: str
    status: str = ""
    said: str = ""
    delivery_id: int | None = None  # the mail that it is about, where that is known


def address_hash(address: str) -> str:
    """What stands in the database for an address. It takes our key to try addresses out."""
    return salted_hmac("matching.suppression", _plain(address), algorithm="sha256").hexdigest()


def address_hint(address: str) -> str:
    name, _, domain = _plain(address).rpartition("@")
    return f"{name[:1]}…@{domain}"[:200]


def is_suppressed(address: str) -> bool:
    return standing_suppression(address) is not None


def standing_suppression(address: str) -> Suppression | None:
    """Why an address isn't written to; None if it is."""
    return Suppression.objects.standing().filter(address_hash=address_hash(address)).first()


def suppressed_among(addresses: Collection[str]) -> frozenset[str]:
    """Those of many that aren't to be written to. One query."""
    by_hash = {address_hash(address): address for address in addresses}
    standing = Suppression.objects.standing().filter(address_hash__in=list(by_hash))
    return frozenset(by_hash[found] for found in standing.values_list("address_hash", flat=True))


@transaction.atomic
def note_report(reported: Reported, *, now: datetime) -> bool:
    """Keep a report, and suppress the address where it says enough. False if it was told before."""
    _, is_new = MailReport.objects.get_or_create(
        fingerprint=reported.fingerprint,
        defaults={
            "kind": reported.kind,
            "channel": reported.channel,
            "address_hash": address_hash(reported.address),
            "address_hint": address_hint(reported.address),
            "status": reported.status[:20],
            "said": reported.said[:300],
            "reported_at": now,
            "delivery_id": reported.delivery_id,
        },
    )
    if is_new and (reported.kind != MailReport.Kind.SOFT or _has_failed_often(reported.address, now=now)):
        _suppress(reported.address, reported.kind, now=now)
    return is_new


def suppress(address: str, *, by: User, because: str, now: datetime) -> Suppression:
    """Never write to an address, as its reader asked the office. One that stands stays as it is."""
    return _suppress(address, MailReport.Kind.ASKED, now=now, by=by, because=because)


def lift(suppression_id: int, *, by: User, because: str, now: datetime) -> bool:
    """Write to the address again. False if that was decided before.

    What was reported until now no longer counts.
    """
    standing = Suppression.objects.standing().filter(pk=suppression_id)
    return bool(standing.update(lifted_at=now, lifted_by=by, lifted_because=because))


def _has_failed_often(address: str, *, now: datetime) -> bool:
    own = {"address_hash": address_hash(address)}
    reports = MailReport.objects.filter(kind=MailReport.Kind.SOFT, reported_at__gt=now - SOFT_WITHIN, **own)
    lifted = Suppression.objects.filter(lifted_at__isnull=False, **own).order_by("-lifted_at").first()
    if lifted is not None and lifted.lifted_at is not None:
        reports = reports.filter(reported_at__gt=lifted.lifted_at)
    return reports.count() >= SOFT_LIMIT


def _suppress(
    address: str, reason: MailReport.Kind, *, now: datetime, by: User | None = None, because: str = ""
) -> Suppression:
    suppression, is_new = Suppression.objects.get_or_create(
        address_hash=address_hash(address),
        lifted_at=None,
        defaults={
            "address_hint": address_hint(address),
            "reason": reason,
            "suppressed_at": now,
            "by": by,
            "because": because,
        },
    )
    if is_new:
        logger.info("address suppressed", extra={"suppression": suppression.pk, "reason": str(reason)})
    return suppression


def _plain(address: str) -> str:
    return address.strip().casefold()
