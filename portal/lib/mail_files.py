"""Mail that stays on this machine: one .eml file a message, as any mail program opens them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each message to ``settings.MAIL_DIR``.

    The file is named after the Message-ID, so that a message sent again lies there once.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mime = message.message()
            name = hashlib.sha256(str(mime["Message-ID"]).encode()).hexdigest()[:16]
            part = folder / f".{name}.part"
            part.write_bytes(mime.as_bytes())
            part.rename(folder / f"{name}.eml")
        return len(email_messages)
