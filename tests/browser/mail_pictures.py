"""Mails as their readers see them, drawn from the bytes that are sent. Run by photograph_mails."""

from __future__ import annotations

import html
import os
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser

from portal.running.messages import compile_messages
from tests.browser.photograph import FOLDER
from tests.factories.sent_mails import send_every_kind

WIDTHS = (600, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A mail program shows text much like this.
TEXT_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>'
    '<body style="margin:16px;font:15px/1.5 sans-serif;white-space:pre-wrap;overflow-wrap:anywhere">%s</body>'
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_photograph_mails(language: str, browser: Browser) -> None:
    compile_messages(settings.BASE_DIR)
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in send_every_kind(language, now=timezone.now()):
        written = mail.outbox[-1].message().as_bytes()
        (folder / f"{kind}-{language}.eml").write_bytes(written)
        for width, scheme in product(WIDTHS, SCHEMES):
            page = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
            # Nothing may be fetched: what isn't in the mail, a careful program doesn't show.
            page.route("**/*", lambda route: route.abort())
            page.set_content(_drawn(written))
            page.screenshot(path=folder / f"{kind}-{language}-{width}-{scheme}.png", full_page=True)
            page.close()


def _drawn(written: bytes) -> str:
    message = message_from_bytes(written, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("html", "plain"))
    assert body is not None
    text: str = body.get_content()
    if body.get_content_subtype() == "html":
        return text
    return TEXT_PAGE % html.escape(f"{message['Subject']}\n\n{text}")
