"""A digest as an e-mail: text and HTML from the same parts, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from matching.delivery import links, message_ids
from matching.delivery.digest import Digest
from matching.delivery.subject import digest_subject
from matching.models import Delivery, Recipient


@dataclass(frozen=True, slots=True)
class Trial:
    """That a mail goes to somebody who only wants to look at it."""

    to: str
    of: str  # whose it would be; "" where it is their own


def message_id_of(delivery: Delivery) -> str:
    """The same each time it is sent, so that mailboxes can tell a repeat."""
    kind = "alert" if delivery.is_alert else "digest"
    return message_ids.message_id(f"{kind}-{delivery.day}-{delivery.pk}")


def digest_message(
    recipient: Recipient,
    digest: Digest,
    *,
    message_id: str,
    late_from: datetime | None = None,
    trial: Trial | None = None,
) -> EmailMultiAlternatives:
    """``late_from`` is when it should have come, where it comes much later than that.

    A ``trial`` goes to whom it names, says so in subject and head, and can't be unsubscribed from.
    """
    with translation.override(digest.language):
        subject = digest_subject(digest)
        if trial:
            subject = gettext("Test: %(subject)s") % {"subject": subject}
        drawn = {"digest": digest, "subject": subject, "late_from": late_from, "trial": trial}
        text = _tidy(render_to_string("email/digest.txt", drawn))
        html = _tidy(render_to_string("email/digest.html", drawn))
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[trial.to if trial else recipient.address],
        reply_to=[settings.CONTACT_EMAIL],
        headers={
            "Message-ID": message_id,
            "List-Id": f"Setu digest <digest.{links.site_host()}>",
            **({} if trial else _ways_to_leave(digest)),
            # Out-of-office replies would all land in the office's box.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Precedence": "bulk",
            "Content-Language": digest.language,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def _ways_to_leave(digest: Digest) -> dict[str, str]:
    """RFC 8058: the mail program's own button ends it with one POST."""
    return {
        "List-Unsubscribe": f"<{digest.unsubscribe_url}>, <{digest.unsubscribe_mailto}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _tidy(drawn: str) -> str:
    """Without the blank lines and indents that template tags leave behind."""
    without_trailing = re.sub(r"[ \t]+\n", "\n", drawn)
    return re.sub(r"\n{3,}", "\n\n", without_trailing).strip() + "\n"
