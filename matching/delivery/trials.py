"""A digest sent to whoever wants to look at it, marked as a test: nothing is owed, told or ended by it."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from enum import Enum, auto

from allauth.account.models import EmailAddress

from matching.delivery.composing import Draft, compose_digest
from matching.delivery.due import due_to
from matching.delivery.message import Trial, digest_message
from matching.delivery.message_ids import message_id
from matching.delivery.preview import draft_of
from matching.delivery.subscribing import MailWish
from matching.delivery.suppressing import is_suppressed
from matching.delivery.topics import subscription_name
from matching.models import CapabilityProfile, Delivery, Subscription
from portal.accounts.models import User

logger = logging.getLogger(__name__)


class TrialOutcome(Enum):
    SENT = auto()
    NOTHING = auto()  # there is nothing to tell just now
    NO_ADDRESS = auto()  # theirs isn't confirmed, or isn't written to


def send_own_trial(
    user: User, profile: CapabilityProfile, wish: MailWish, *, known: Subscription | None, now: datetime
) -> TrialOutcome:
    """Send a person what ``preview_mail`` shows them, to themselves. Raises what the mail server does."""
    return _send(draft_of(user, profile, wish, known=known, now=now), of="", to=user, now=now)


def send_office_trial(subscription: Subscription, *, to: User, now: datetime) -> TrialOutcome:
    """Send one of the office what its reader would get now about a profile: what waits for them, or is next.

    ``subscription`` is to a profile, and may be one that nobody has saved. As in a look at what a company is
    shown, what it says itself is left out: its verdicts, and what it follows or searches. The caller has
    noted the look. Raises what the mail server does.
    """
    recipient = subscription.recipient
    unsent = Delivery.objects.unsent().filter(recipient=recipient.pk, alert_on=None) if recipient.pk else None
    waiting = unsent.order_by("pk").first() if unsent is not None else None
    if waiting is None:
        due = due_to([subscription], now=now)
    else:
        held = waiting.delivered_opportunities.values_list("opportunity", flat=True)
        due = due_to([subscription], now=now, among=set(held), besides=waiting.pk)
    draft = Draft([subscription], due, is_trial=True, is_for_guest=True)
    company = subscription.reader.name if subscription.reader else ""
    return _send(draft, of=f"{company}: {subscription_name(subscription)}", to=to, now=now)


def _send(draft: Draft, *, of: str, to: User, now: datetime) -> TrialOutcome:
    own = EmailAddress.objects.filter(user=to, email__iexact=to.email, verified=True, primary=True)
    if not own.exists() or is_suppressed(to.email):
        return TrialOutcome.NO_ADDRESS
    digest = compose_digest(draft, now=now)
    if digest.is_empty:
        return TrialOutcome.NOTHING
    message = digest_message(
        draft.subscriptions[0].recipient,
        digest,
        message_id=message_id(f"test-{secrets.token_hex(8)}"),
        trial=Trial(to.email, of),
    )
    message.send()
    logger.info("test digest sent", extra={"to": to.pk})
    return TrialOutcome.SENT
