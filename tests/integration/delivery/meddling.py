"""A mail backend during whose sending something happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

MEDDLING = f"{__name__}.MeddlingBackend"
# What happens while the next mails are sent, one each
meanwhile: list[Callable[[], object]] = []


class MeddlingBackend(EmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if meanwhile:
            meanwhile.pop(0)()
        return super().send_messages(messages)
