"""The mail by which someone shows an opportunity to a colleague."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from matching.delivery import links
from matching.delivery.message_ids import message_id
from matching.delivery.pausing import current_pause
from matching.delivery.suppressing import is_suppressed
from matching.models import MailHold, Share
from matching.selectors import Reader, colleagues_of
from opportunities.selectors import Opportunities, visible_opportunities

NOT_A_COLLEAGUE = "no longer colleagues"
NOT_VISIBLE = "no longer disclosed"
SUPPRESSED = "the address is suppressed"
LONGEST_TITLE = 70

logger = logging.getLogger(__name__)


@transaction.atomic
def send_share(share_id: int, *, now: datetime) -> bool:
    """Send one owed mail. Return False if it was sent or dropped before, is being sent, or is dropped now.

    Asked again: whether the two still are colleagues, and whether the company may still know of it. What the
    office holds waits. At least once, not exactly once, under the same Message-ID
    (docs/decisions/0003-at-least-once-mail.md). The mail server's errors are raised and leave the row as it
    was.
    """
    share = (
        Share.objects.unsent()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("by", "to", "company")
        .filter(pk=share_id)
        .first()
    )
    if share is None or current_pause() is not None:
        return False
    if is_suppressed(share.to.email):
        return _drop(share, SUPPRESSED)
    if not colleagues_of(Reader(share.by, share.company)).filter(pk=share.to_id).exists():
        return _drop(share, NOT_A_COLLEAGUE)
    if _whole(share) in MailHold.objects.held_opportunities():
        return False
    known = visible_opportunities(to=share.company, at=now).filter(pk=_whole(share))
    if not known.exists():
        return _drop(share, NOT_VISIBLE)
    share.sent_at = now
    share.save(update_fields=["sent_at"])
    share_message(share, known).send()
    logger.info("share sent", extra={"share": share.pk})
    return True


def share_message(share: Share, known: Opportunities) -> EmailMessage:
    """In the reader's language; answers go to the colleague who sent it."""
    opportunity = known.get()
    # A title may hold a line break, and a header must not.
    title = Truncator(" ".join(opportunity.title.split())).chars(LONGEST_TITLE)
    with translation.override(share.to.language):
        subject = _("%(name)s shows you: %(title)s") % {
            "name": " ".join(share.by.name.split()),
            "title": title,
        }
        url = links.opportunity_url(opportunity.pk)
        body = render_to_string("email/share.txt", {"share": share, "opportunity": opportunity, "url": url})
    return EmailMessage(
        subject=subject,
        body=body.strip() + "\n",
        to=[share.to.email],
        reply_to=[share.by.email],
        headers={
            "Message-ID": message_id(f"share-{share.pk}"),
            "Auto-Submitted": "auto-generated",
            "Content-Language": share.to.language,
        },
    )


def _whole(share: Share) -> int:
    """What was shared may have been merged into another since."""
    return share.opportunity.merged_into_id or share.opportunity_id


def _drop(share: Share, because: str) -> bool:
    share.dropped_because = because
    share.save(update_fields=["dropped_because"])
    logger.info("share dropped", extra={"share": share.pk, "because": because})
    return False
