"""How machines are answered: with an ETag, open to other sites, and asked again before it is used again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext

from opportunities.exports.told import Json

JSON, GZIP, PROBLEM = "application/json", "application/gzip", "application/problem+json"
_PIECE = 64 * 1024  # bytes


def json_answer(request: HttpRequest, told: Json | list[Json]) -> HttpResponseBase:
    """The document; 304 and nothing where whoever asks has it as it is."""
    return text_answer(request, json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n", JSON)


def nothing_told(request: HttpRequest, detail: str) -> HttpResponseBase:
    """404 as RFC 9457 has it, in the words of the API's problems: what is asked for will come."""
    told = {
        "type": "urn:setu:problem:nothing-told",
        "title": gettext("Nothing has been told yet"),
        "status": 404,
        "instance": request.path,
        "detail": detail,
    }
    return _shared(HttpResponse(json.dumps(told, ensure_ascii=False), status=404, content_type=PROBLEM))


def text_answer(request: HttpRequest, body: bytes, media_type: str) -> HttpResponseBase:
    etag = quote_etag(sha256(body).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    return _open(known or HttpResponse(body, content_type=media_type), etag)


def file_answer(request: HttpRequest, path: Path, *, state: str) -> HttpResponseBase:
    """A file, whose bytes are read while they are sent. It was last modified when it was written."""
    etag, written = quote_etag(state), int(path.stat().st_mtime)
    known = get_conditional_response(request, etag=etag, last_modified=written)
    answer: HttpResponseBase = known or StreamingHttpResponse(
        _pieces(path),
        content_type=GZIP,
        headers={
            "Content-Length": str(path.stat().st_size),
            "Content-Disposition": f'attachment; filename="{_name(path, state)}"',
        },
    )
    answer["Last-Modified"] = http_date(written)
    return _open(answer, etag)


def _pieces(path: Path) -> Iterator[bytes]:
    """Opened once somebody reads."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _name(path: Path, state: str) -> str:
    return path.name.replace(f"-{state}", "")


def _open(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer["ETag"] = etag
    return _shared(answer)


def _shared(answer: HttpResponseBase) -> HttpResponseBase:
    # Kept by whoever likes, and never used without asking: what is withdrawn is gone from caches too.
    answer["Cache-Control"] = "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
