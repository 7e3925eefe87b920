"""Whether two names of a certificate mean one."""

from __future__ import annotations

import re

_YEAR = re.compile(r"[:\-– ]\s*(?:19|20)\d\d\b")
_NOISE = re.compile(
    r"\b(?:certificat(?:e|ion|ions)|certified|accreditation|latest|valid|standard|level|or above|or higher)\b"
)
_ISSUER = re.compile(r"\b(?:iso|iec|en|ss|is/iso)\b[/\s-]*")


def is_same_certificate(asked: str, held: str) -> bool:
    """ISO/IEC 27001:2022 meets ISO 27001; CMMI 5 meets CMMI 3, not the other way."""
    wanted, has = _key(asked), _key(held)
    if not wanted or not has:
        return False
    if wanted.startswith("cmmi") and has.startswith("cmmi"):
        return _level(has) >= _level(wanted)
    return wanted == has


def _key(name: str) -> str:
    plain = _YEAR.sub("", name.casefold())
    plain = _NOISE.sub(" ", plain)
    is_iso = bool(re.search(r"\biso\b|\biec\b", plain))
    plain = _ISSUER.sub("", plain)
    return ("iso " if is_iso else "") + " ".join(re.findall(r"[\w.]+", plain))


def _level(key: str) -> int:
    digits = re.findall(r"\d", key)
    return int(digits[-1]) if digits else 0
