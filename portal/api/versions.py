"""Which version of something a program has seen: ETags begin with it, so that what else moves is no clash."""

from __future__ import annotations

import hashlib
import re

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from portal.api.problems import changed_meanwhile, version_missing

ANY = "*"  # whatever stands
_MARK = re.compile(r'(?:W/)?"(?:v([0-9.]+)-)?[0-9a-f]{32}"')

SEEN_PARAMETER = OpenApiParameter(
    "If-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag with which you read what you change; * for whatever stands",
)


def mark_of(version: str, content: bytes) -> str:
    """The ETag of what is told; ``version`` is of figures and dots, "" where nothing counts it."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    return f'"v{version}-{digest}"' if version else f'"{digest}"'


def version_seen(request: Request) -> str:
    """The version that the program has seen, or ANY. Raises a Problem: 428 for none, 412 for none of ours."""
    told = request.headers.get("If-Match", "").strip()
    if not told:
        raise version_missing()
    if told == ANY:
        return ANY
    found = _MARK.fullmatch(told)
    if found is None or found[1] is None:
        raise changed_meanwhile()
    return found[1]
