"""Names of our own mails, which nobody else can make up.

A report that a mail came back names it by its Message-ID. Whoever could guess those could have anybody's
mail stopped, so each carries a mark that needs our key.
"""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.utils.crypto import constant_time_compare, salted_hmac

from matching.delivery import links

_MARK = 16  # hexadecimal digits


def message_id(name: str) -> str:
    """The Message-ID of the mail with that name of ours: the same each time."""
    return f"<{name}.{_mark(name)}@{links.site_host()}>"


def name_in(text: str) -> str | None:
    """The name in a Message-ID; None if it isn't one of ours."""
    name, dot, mark = text.strip("<>").partition("@")[0].rpartition(".")
    return name if dot and constant_time_compare(mark, _mark(name)) else None


def provider_id_of(message: EmailMessage) -> str:
    """What a provider called a mail that it took; "" where it went over SMTP, or none was told."""
    told = getattr(getattr(message, "anymail_status", None), "message_id", None)
    return str(told)[:200] if isinstance(told, str | int) else ""


def _mark(name: str) -> str:
    return salted_hmac("matching.message_id", name, algorithm="sha256").hexdigest()[:_MARK]
