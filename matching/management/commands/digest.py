from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from matching.delivery import services
from matching.delivery.owing import owe_daily_digests
from matching.models import DeliveredOpportunity, Delivery, Subscription
from portal.lib.batches import batched


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call did. A dry run tells what would be owed, and sends nothing."""

    period: str
    subscriptions: int  # that are wanted
    owed: int  # decided by this call
    sent: int  # by this call
    dropped: int  # by this call: nothing left to tell, or nobody to tell it to
    failed: int  # refused by the mail server; they wait for another try
    already_sent: int  # before this call
    sections: dict[str, int]  # opportunities told by this call, or that would be


class Command(BaseCommand):
    help = "Owes a period's digests and sends them. Running it again sends nothing again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="decide and tell, change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        period = _read_period(options["period"])
        outcome = _rehearse(period) if options["dry_run"] else self._deliver(period)
        manner = "would be owed" if options["dry_run"] else "owed"
        self.stderr.write(
            f"Digests of {period}: {outcome.subscriptions} subscriptions, {outcome.owed} {manner}, "
            f"{outcome.sent} sent, {outcome.dropped} dropped, {outcome.failed} failed, "
            f"{outcome.already_sent} sent before."
        )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(outcome)))
        if outcome.failed:
            sys.exit(1)

    def _deliver(self, period: date) -> Outcome:
        before, after, waiting = _owe(period)
        failed = self._send(waiting)
        tried = Delivery.objects.filter(pk__in=waiting)
        return Outcome(
            period=str(period),
            subscriptions=Subscription.objects.wanted().count(),
            owed=after - before,
            sent=tried.exclude(sent_at=None).count(),
            dropped=tried.exclude(dropped_because="").count(),
            failed=failed,
            already_sent=_already_sent(period) - tried.exclude(sent_at=None).count(),
            sections=_sections(tried.exclude(sent_at=None).values_list("pk", flat=True)),
        )

    def _send(self, delivery_ids: list[int]) -> int:
        """Return how many were refused: one refused mail doesn't stop the rest."""
        failed: dict[int, Exception] = {}
        for some in batched(delivery_ids, services.AT_A_TIME):
            failed |= services.send_deliveries(some, now=timezone.now()).failed
        for delivery_id, error in failed.items():
            self.stderr.write(f"Delivery {delivery_id} could not be sent and waits: {error!r}")
        return len(failed)


def _read_period(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"“{text}” is not a date. Write the period as year-month-day, such as 2026-11-23.", returncode=2
        ) from None


def _rehearse(period: date) -> Outcome:
    with transaction.atomic():
        before, after, waiting = _owe(period)
        outcome = Outcome(
            period=str(period),
            subscriptions=Subscription.objects.wanted().count(),
            owed=after - before,
            sent=0,
            dropped=0,
            failed=0,
            already_sent=_already_sent(period),
            sections=_sections(waiting),
        )
        transaction.set_rollback(True)
    return outcome


def _owe(period: date) -> tuple[int, int, list[int]]:
    """How many deliveries the period had before and after deciding, and those that wait to be sent."""
    of_period = Delivery.objects.filter(run__period=period)
    before = of_period.count()
    owe_daily_digests(period, now=timezone.now())
    return before, of_period.count(), list(of_period.unsent().order_by("pk").values_list("pk", flat=True))


def _already_sent(period: date) -> int:
    return Delivery.objects.filter(run__period=period).exclude(sent_at=None).count()


def _sections(deliveries: Any) -> dict[str, int]:
    told = DeliveredOpportunity.objects.filter(delivery__in=deliveries).order_by()
    counted = dict(told.values_list("section").annotate(n=Count("pk")))
    return {section.value: counted.get(section.value, 0) for section in DeliveredOpportunity.Section}
