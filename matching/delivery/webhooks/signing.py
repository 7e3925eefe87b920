"""Signatures as the Standard Webhooks specification has them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac
from standardwebhooks.webhooks import Webhook

from matching.models import WebhookSecret


def secret_text(secret: WebhookSecret) -> str:
    """What the receiver is told, once. It is made anew from our key, so no dump of the database holds it."""
    digest = salted_hmac("matching.webhooks", secret.nonce, algorithm="sha256").digest()
    return "whsec_" + base64.b64encode(digest).decode()


def signed_headers(
    secrets: Iterable[WebhookSecret], *, message_id: str, body: str, now: datetime
) -> dict[str, str]:
    """Signed by every secret that is alive, so that the receiver may know either of two."""
    at = now.astimezone(UTC)
    signatures = [Webhook(secret_text(secret)).sign(message_id, at, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
