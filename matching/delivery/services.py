"""Sending what is owed. Told the time, and may be called again at any moment."""

from __future__ import annotations

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from matching.delivery.handing_over import hand_over
from matching.delivery.message_ids import provider_id_of
from matching.delivery.pausing import current_pause
from matching.delivery.ready import ReadyMail, ready_mails
from matching.delivery.refusals import note_refusal
from matching.models import Delivery
from portal.lib.locks import try_advisory_lock, try_advisory_locks
from portal.lib.retry import postpone_on_failure

logger = logging.getLogger(__name__)

# So many are read and written together. More save hardly any queries, and keep longer what they lock.
AT_A_TIME = 50


@dataclass(slots=True)
class Sending:
    """What became of several deliveries; those in neither were dropped, put off, or another has them."""

    sent: int = 0
    failed: dict[int, Exception] = field(default_factory=dict)  # by delivery; they wait for another try


def send_delivery(delivery_id: int, *, now: datetime) -> bool:
    """Send one owed digest. Return False if it was sent or dropped before, is being sent, or is dropped now.

    Everything is asked again, for between owing and sending the office may have withdrawn something and
    the reader may have unsubscribed. What isn't sent doesn't count as told. While mail is paused, or its day
    is held, nothing is done, and what was owed by day waits for its reader's morning. At least once, not
    exactly once (docs/decisions/0003-at-least-once-mail.md): that it is handed over is noted before it is,
    so what a crash leaves in doubt is known, counted, and sent again under the same Message-ID. The mail
    server's errors are raised, and leave the delivery to be tried again.
    """
    # It ends with whoever holds it, so a killed sender's mail is anybody's at once.
    with try_advisory_lock(_lock(delivery_id)) as held:
        return held and _send(delivery_id, None, now=now)


def send_deliveries(delivery_ids: Collection[int], *, now: datetime, lasts: float | None = None) -> Sending:
    """Send many as ``send_delivery`` does each, read and written ``AT_A_TIME``.

    What has changed since a mail was written is seen in the moment that it is handed over, and it is then
    written again. One that fails is put off, and the others go on. After ``lasts`` seconds no more is begun,
    so that a mail server that says nothing keeps nobody's mail for long. At most four queries a mail.
    """
    until = None if lasts is None else time.monotonic() + lasts
    sending = Sending()
    for some in _one_a_person(delivery_ids):
        for start in range(0, len(some), AT_A_TIME):
            _send_some(some[start : start + AT_A_TIME], sending, now=now, until=until)
    return sending


def _one_a_person(delivery_ids: Collection[int]) -> Iterator[list[int]]:
    """Somebody's second mail is written once the first is sent, so that it knows what that told."""
    rounds: dict[int, list[int]] = defaultdict(list)
    seen: Counter[int] = Counter()
    known = Delivery.objects.unsent().filter(pk__in=delivery_ids).order_by("pk")
    for pk, recipient in known.values_list("pk", "recipient"):
        rounds[seen[recipient]].append(pk)
        seen[recipient] += 1
    yield from rounds.values()


def _send_some(
    delivery_ids: Collection[int], sending: Sending, *, now: datetime, until: float | None
) -> None:
    if current_pause() is not None:
        return
    by_lock = {_lock(pk): pk for pk in delivery_ids}
    with try_advisory_locks(by_lock.keys()) as held:
        mine = sorted(by_lock[name] for name in held)
        for pk, mail in _written(mine, now=now):
            if until is not None and time.monotonic() > until:
                return
            try:
                with postpone_on_failure(Delivery, pk, now=now):
                    sending.sent += _send(pk, mail, now=now)
            except Exception as error:
                logger.exception("delivery failed", extra={"delivery": pk})
                sending.failed[pk] = error


def _written(delivery_ids: Collection[int], *, now: datetime) -> list[tuple[int, ReadyMail | None]]:
    """What is to be sent. Where one can't be written, all are tried one by one, and it alone fails."""
    try:
        return [(mail.delivery.pk, mail) for mail in ready_mails(delivery_ids, now=now)]
    except Exception:
        logger.exception("deliveries can't be written together", extra={"deliveries": list(delivery_ids)})
        return [(pk, None) for pk in delivery_ids]


def _send(delivery_id: int, mail: ReadyMail | None, *, now: datetime) -> bool:
    """``mail`` is as it was written with others, if it was. It is written anew where that isn't so now."""
    message = _handed_over(mail, now=now) if mail and mail.is_checked_at_last else None
    if message is None and current_pause() is None:
        alone = next(iter(ready_mails([delivery_id], now=now)), None)
        message = _handed_over(alone, now=now) if alone else None
    if message is None:
        return False
    try:
        message.send()
    except Exception as error:
        note_refusal(delivery_id, error, now=now)
        raise
    Delivery.objects.filter(pk=delivery_id).update(
        sent_at=now,
        provider_id=provider_id_of(message),
        subject=str(message.subject),
        body_text=str(message.body),
        body_html=str(message.alternatives[0][0]),
    )
    logger.info("delivery sent", extra={"delivery": delivery_id})
    return True


def _handed_over(mail: ReadyMail, *, now: datetime) -> EmailMultiAlternatives | None:
    """None where it may not be, or not as it is. Drawn first, for what can't be drawn is in no doubt."""
    message = mail.message()
    return message if hand_over(mail, now=now) else None


def _lock(delivery_id: int) -> str:
    return f"delivery {delivery_id}"
