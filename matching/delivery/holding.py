"""What the office keeps out of everybody's mail alike. Told the time, safe to call again."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from matching.delivery.hindrances import DROPPED
from matching.models import DeliveredOpportunity, DeliveredProject, Delivery, MailHold
from opportunities.chain import LedgerKind
from opportunities.services import About, write_ledger
from portal.accounts.models import User
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)


def hold_opportunity(opportunity_id: int, *, by: User, because: str, now: datetime) -> MailHold:
    """Keep an opportunity out of every digest, alert and share from now on. A standing hold stays as it is.

    Its lines leave the mails that are owed and don't count as told, so that the next mail after it is let
    go tells them. A mail that is on its way to the mail server at this moment still goes out.
    """
    return _hold(MailHold(opportunity_id=opportunity_id, held_at=now, by=by, because=because))


def hold_day(day: date, *, by: User, because: str, now: datetime) -> MailHold:
    """Have a day's digests wait, decided already or not. A hold that stands stays as it is. Alerts go on."""
    return _hold(MailHold(day=day, held_at=now, by=by, because=because))


@transaction.atomic
def let_go(hold_id: int, *, by: User, now: datetime) -> bool:
    """Have it told again; a day's digests go out, and say that they are late. False if it was ended."""
    hold = MailHold.objects.standing().select_for_update().filter(pk=hold_id).first()
    if hold is None:
        return False
    _end(hold, by=by, now=now)
    return True


@transaction.atomic
def drop_day(hold_id: int, *, by: User, now: datetime) -> int:
    """Never send what waits of a held day, and end the hold. Return how many mails; 0 if it was ended.

    What they held doesn't count as told: each reader's next mail has it. What is decided for that day later,
    as for readers whose hour is still to come, is dropped when it would be sent. One that the mail server is
    being given at this moment goes out.
    """
    hold = MailHold.objects.standing().select_for_update().filter(pk=hold_id).first()
    if hold is None or hold.day is None:
        return 0
    waiting = Delivery.objects.unsent().filter(run__period=hold.day)
    keys = list(waiting.filter(handed_at=None).select_for_update(of=("self",)).values_list("pk", flat=True))
    keys += [pk for pk in waiting.filter(~Q(pk__in=keys)).values_list("pk", flat=True) if _is_idle(pk)]
    DeliveredOpportunity.objects.filter(delivery__in=keys).delete()
    DeliveredProject.objects.filter(delivery__in=keys).delete()
    dropped = Delivery.objects.filter(pk__in=keys, sent_at=None).update(dropped_because=DROPPED)
    hold.is_dropped = True
    _end(hold, by=by, now=now)
    return dropped


def _is_idle(delivery_id: int) -> bool:
    """Whether nobody is sending it now. Its own row says no more than that it was begun once."""
    with try_advisory_lock(f"delivery {delivery_id}") as held:
        return held and Delivery.objects.unsent().filter(pk=delivery_id).exists()


def _hold(hold: MailHold) -> MailHold:
    standing = MailHold.objects.standing().filter(opportunity=hold.opportunity_id, day=hold.day)
    try:
        with transaction.atomic():
            if known := standing.first():
                return known
            hold.save()
            _write(LedgerKind.MAIL_HELD, hold, by=hold.by, because=hold.because, now=hold.held_at)
    except IntegrityError:  # another was quicker
        return standing.get()
    logger.warning("mail held", extra={"hold": hold.pk})
    return hold


def _end(hold: MailHold, *, by: User, now: datetime) -> None:
    hold.ended_at, hold.ended_by = now, by
    hold.save(update_fields=["ended_at", "ended_by", "is_dropped"])
    _write(LedgerKind.MAIL_LET_GO, hold, by=by, because="", now=now)
    logger.warning("mail let go", extra={"hold": hold.pk})


def _write(kind: LedgerKind, hold: MailHold, *, by: User | None, because: str, now: datetime) -> None:
    """Disclosed is disclosed; but who reads mail alone hears of it later."""
    said = " · ".join(filter(None, (hold.day.isoformat() if hold.day else "", because)))
    write_ledger(kind, by=by, now=now, about=About(opportunity=hold.opportunity_id), because=said)
