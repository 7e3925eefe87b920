"""Long tables beside that of all opportunities: a ledger, mails, and one profile that everything fits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from matching.models import Delivery, Match, Recipient
from opportunities.chain import Entry, LedgerKind
from opportunities.models import LedgerEntry, Opportunity
from opportunities.services import write_entries
from portal.accounts.models import Membership, User

MAILS_A_DAY = 25  # to one person


def fill_long_tables(person: User, *, lines: int, now: datetime) -> None:
    """That many lines in each: of the ledger, of mails to ``person``, and of what fits their first profile.

    Nothing is done where a bench before has filled them already.
    """
    if LedgerEntry.objects.count() >= lines:
        return
    membership = Membership.objects.select_related("company").get(user=person)
    known = list(Opportunity.objects.order_by("pk").values_list("pk", flat=True)[:lines])
    write_entries([_disclosed(pk, now) for pk in known])
    recipient, _ = Recipient.objects.get_or_create(user=person, defaults={"created_at": now})
    Delivery.objects.bulk_create((_sent(recipient, number, now) for number in range(lines)), batch_size=2_000)
    _fit_everything(membership.company.profiles.order_by("pk")[0].pk)


def _disclosed(opportunity: int, now: datetime) -> Entry:
    return Entry(
        kind=LedgerKind.DISCLOSED,
        at=now,
        by=None,
        opportunity=opportunity,
        rule={"domains": ["drinking-water", "wastewater"], "regions": ["01", "12"]},
        visible_from=now + timedelta(hours=1),
        because="Told on Tuesday's call, confirmed in writing the same day.",
    )


def _sent(recipient: Recipient, number: int, now: datetime) -> Delivery:
    days, nth = divmod(number, MAILS_A_DAY)
    at = now - timedelta(days=days)
    return Delivery(
        recipient=recipient,
        alert_on=at.date(),
        alert_number=nth + 1,
        owed_at=at,
        sent_at=at + timedelta(minutes=1),
        retry_at=at,
        address="person@example.org",
        subject=f"{nth + 1} tenders that fit, and two that close this week",
    )


def _fit_everything(profile: int) -> None:
    """As one of its matches is, so is everything."""
    columns = ["score", "parts", "scorer_version", "calibration", "first_matched_at", "matched_at"]
    said = ", ".join(columns)
    table = Match._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (profile_id, opportunity_id, {said}) "  # noqa: S608  our own names
            f"SELECT like_it.profile_id, about.id, {', '.join(f'like_it.{name}' for name in columns)} "
            f"FROM (SELECT * FROM {table} WHERE profile_id = %s ORDER BY id LIMIT 1) AS like_it, "
            f"{Opportunity._meta.db_table} AS about ON CONFLICT DO NOTHING",
            [profile],
        )
        cursor.execute("ANALYZE")
