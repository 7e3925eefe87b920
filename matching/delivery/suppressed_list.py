"""Suppressed addresses as the office sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.delivery.suppressing import address_hash
from matching.models import MailReport, Suppression
from portal.accounts.models import User

LATEST_REPORTS = 3


@dataclass(frozen=True, slots=True)
class SuppressedAddress:
    suppression: Suppression
    person: User | None  # None where the address is no account's any more
    reports: tuple[MailReport, ...]  # the latest first


def suppressed_addresses(suppressions: Iterable[Suppression]) -> tuple[SuppressedAddress, ...]:
    """Each with whose it is and what was reported. Two queries; it hashes every account's address to know."""
    rows = tuple(suppressions)
    hashes = {row.address_hash for row in rows}
    people = {
        hashed: person
        for person in (User.objects.only("name", "email") if rows else ())
        if (hashed := address_hash(person.email)) in hashes
    }
    reports: dict[str, list[MailReport]] = {}
    for report in MailReport.objects.filter(address_hash__in=hashes).order_by("-reported_at", "-pk"):
        reports.setdefault(report.address_hash, []).append(report)
    return tuple(
        SuppressedAddress(
            row,
            people.get(row.address_hash),
            tuple(reports.get(row.address_hash, [])[:LATEST_REPORTS]),
        )
        for row in rows
    )
