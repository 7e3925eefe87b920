"""The next digest as it would be written now: by the same functions, with nothing sent and nothing marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.delivery.digest import NOBODY, compose_digest
from matching.delivery.due import matches_due
from matching.delivery.message import digest_message
from matching.delivery.subscribing import MailWish
from matching.delivery.tendered import tendered_due
from matching.models import CapabilityProfile, Subscription
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

    ``known`` is the person's subscription, so that what was told is not told again. Its links lead nowhere.
    """
    wanted = Subscription(
        pk=known.pk if known else None,
        user=user,
        profile=profile,
        weekday=wish.weekday,
        minimum_score=wish.minimum_score,
        language=wish.language,
    )
    due, tendered = matches_due(wanted, now=now), tendered_due(wanted, now=now)
    digest = compose_digest(wanted, due, tendered, delivery_id=NOBODY, now=now)
    if digest.is_empty:
        return None
    message = digest_message(wanted, digest, message_id="<preview@localhost>")
    return PreviewedMail(str(message.subject), str(message.body), str(message.alternatives[0][0]))
