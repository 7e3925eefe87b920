"""The next digest as it would be written now: by the same functions, with nothing sent and nothing marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.delivery.composing import Draft, compose_digest
from matching.delivery.due import due_to
from matching.delivery.message import digest_message
from matching.delivery.subscribing import MailWish
from matching.models import CapabilityProfile, Recipient, Subscription
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class PreviewedMail:
    subject: str
    text: str
    html: str


def preview_mail(
    user: User,
    profile: CapabilityProfile,
    wish: MailWish,
    *,
    known: Subscription | None,
    now: datetime,
) -> PreviewedMail | None:
    """What a person would be sent now about a profile, if that is how it were wanted; None where nothing is.

    ``known`` is the person's subscription to it, so that what was told is not told again. The mail's links
    lead nowhere.
    """
    draft = draft_of(user, profile, wish, known=known, now=now)
    digest = compose_digest(draft, now=now)
    if digest.is_empty:
        return None
    message = digest_message(draft.subscriptions[0].recipient, digest, message_id="<preview@localhost>")
    return PreviewedMail(str(message.subject), str(message.body), str(message.alternatives[0][0]))


def draft_of(
    user: User,
    profile: CapabilityProfile,
    wish: MailWish,
    *,
    known: Subscription | None,
    now: datetime,
) -> Draft:
    """Of what ``preview_mail`` shows."""
    recipient = Recipient(
        pk=known.recipient_id if known else None, user=user, language=wish.language, created_at=now
    )
    wanted = Subscription(
        pk=known.pk if known else None,
        recipient=recipient,
        profile=profile,
        weekday=wish.weekday,
        minimum_score=wish.minimum_score,
    )
    return Draft([wanted], due_to([wanted], now=now), is_trial=True)
