"""What a title's link says of its tender. The link is read and never followed: a captcha stands behind it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

DETAIL_PATH = "/cppp/tendersfullview/"
_BETWEEN = "A13h1"
# An internal number, two hashes, the time of the request; then what we want: reference number and tender ID.
_HEAD = (r"\d+", r"[0-9a-f]{32}", r"[0-9a-f]{32}", r"\d{9,11}")


@dataclass(frozen=True, slots=True)
class LinkedTender:
    reference: str
    tender_id: str


def read_link(href: str) -> LinkedTender | None:
    """The reference number and tender ID that a link holds; None if it isn't made as we know such links."""
    path = urlsplit(href).path
    if DETAIL_PATH not in path:
        return None
    parts = [_decoded(part) for part in unquote(path.partition(DETAIL_PATH)[2]).split(_BETWEEN)]
    if len(parts) != len(_HEAD) + 2:
        return None
    *head, reference, tender_id = parts
    if not all(part and re.fullmatch(form, part) for part, form in zip(head, _HEAD, strict=True)):
        return None
    return LinkedTender(reference, tender_id) if reference is not None and tender_id else None


def _decoded(part: str) -> str | None:
    try:
        return b64decode(part + "=" * (-len(part) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
