"""The office's switch that stops all mail. Told the time, safe to call again."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import IntegrityError, transaction

from matching.models import MailPause
from portal.accounts.models import User

logger = logging.getLogger(__name__)


def current_pause() -> MailPause | None:
    """Why nothing is sent; None while mail goes out."""
    return MailPause.objects.standing().select_related("by").first()


def pause_mail(*, by: User, because: str, now: datetime) -> MailPause:
    """Send nothing from now on. A pause that stands already stays as it is.

    What is on its way to the mail server at this moment still goes out.
    """
    standing = current_pause()
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            pause = MailPause.objects.create(paused_at=now, by=by, because=because)
    except IntegrityError:  # another was quicker
        return MailPause.objects.standing().get()
    logger.warning("mail paused", extra={"pause": pause.pk})
    return pause


def resume_mail(*, by: User, now: datetime) -> bool:
    """Send again, what was held back first. False if nothing was paused."""
    ended = bool(MailPause.objects.standing().update(ended_at=now, ended_by=by))
    if ended:
        logger.warning("mail resumed")
    return ended
