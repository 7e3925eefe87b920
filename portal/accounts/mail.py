"""Mails about a person's own account, each in that person's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send_account_mail(template: str, *, to: str, language: str, message_id: str = "", **context: Any) -> None:
    """Send ``email/<template>.txt``, whose first line is the subject.

    With the same ``message_id`` a second sending looks like the first. Raises what the mail server's refusal
    raises.
    """
    with translation.override(language):
        words = {**context, "site": settings.SITE_URL, "contact": settings.CONTACT_EMAIL}
        subject, _, body = render_to_string(f"email/{template}.txt", words).strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if message_id:
        headers["Message-ID"] = message_id
    EmailMessage(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to], headers=headers).send()
