"""The mail by which a company's owners learn that their system is told nothing any more."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from matching.delivery import links
from matching.delivery.message_ids import message_id
from matching.delivery.suppressing import suppressed_among
from matching.models import WebhookEndpoint
from portal.accounts.mail import send_account_mail
from portal.accounts.models import Membership

logger = logging.getLogger(__name__)


def untold_endpoints() -> list[int]:
    """Switched off by us, and nobody was written to."""
    untold = WebhookEndpoint.objects.standing().filter(disabled_at__isnull=False, told_at=None)
    return list(untold.values_list("pk", flat=True)[:100])


@transaction.atomic
def tell_owners(endpoint_id: int, *, now: datetime) -> int:
    """Write to each owner. Return to how many; 0 if that was done before.

    At least once, under the same Message-ID. The mail server's errors are raised and leave the row as it was.
    """
    endpoint = (
        WebhookEndpoint.objects.standing()
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("company")
        .filter(pk=endpoint_id, disabled_at__isnull=False, told_at=None)
        .first()
    )
    if endpoint is None or endpoint.disabled_at is None:
        return 0
    owners = [
        member.user
        for member in endpoint.company.memberships.select_related("user").filter(
            role=Membership.Role.OWNER, user__is_active=True
        )
    ]
    suppressed = suppressed_among([owner.email for owner in owners])
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(told_at=now)
    told = [owner for owner in owners if owner.email not in suppressed]
    for owner in told:
        send_account_mail(
            "webhook_switched_off",
            to=owner.email,
            language=owner.language,
            message_id=message_id(f"webhook-{endpoint.disabled_at:%Y%m%d%H%M}-{owner.pk}-{endpoint.pk}"),
            endpoint=endpoint,
            page=links.absolute(f"/webhooks/{endpoint.pk}/"),
        )
    logger.info("owners told of a webhook", extra={"endpoint": endpoint.pk, "told": len(told)})
    return len(told)
