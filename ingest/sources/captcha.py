"""Where a captcha stands, people alone are meant to pass: we stop, and say so."""

from __future__ import annotations

import re

from ingest.errors import CaptchaShown
from ingest.sources.base import FetchedDocument

_CAPTCHA = re.compile(rb"captcha", re.IGNORECASE)


def shows_captcha(document: FetchedDocument) -> bool:
    return _CAPTCHA.search(document.body) is not None


def stop_at_captcha(document: FetchedDocument) -> None:
    """Raise CaptchaShown if a page that isn't what was asked for shows a captcha.

    Portals also show one beside their lists, for searching in them: ask only about pages that hold nothing.
    """
    if shows_captcha(document):
        raise CaptchaShown(f"{document.url} shows a captcha instead of its page; nothing is read behind it")
