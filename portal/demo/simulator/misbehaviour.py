"""How the simulator misbehaves when it is asked to, as real servers do unasked."""

from __future__ import annotations

import gzip
import re
import time
from dataclasses import replace
from enum import StrEnum
from functools import cache
from http.server import BaseHTTPRequestHandler

from portal.demo.simulator.answer import Answer
from portal.demo.simulator.drawing import draw

ADDRESS = "/misbehave"
_SECONDS_BETWEEN_BYTES = 0.2
_PIECE = b"<p>more and more</p>" * 5_000
# What the other side of a bomb unpacks to, in megabytes.
_BOMB_SIZE = 30

# Headings and labels that are called something else all at once.
_RENAMED = {
    "Closing Date": "Last Date",
    "Title and Ref.No./Tender ID": "Work",
    "Notice no.": "Our mark",
    "Published on": "Sent",
    "Notice type": "Sort",
    "Bid Submission End Date": "Tender To Be Handed In",
}
_NEXT_PAGE = re.compile(r'<p><a rel="next".*?</p>')


class Manner(StrEnum):
    """What is wrong. The address is /misbehave?as=…"""

    WELL = "well"
    SLOW = "slow"  # a byte now and then
    BROKEN = "broken"  # 500
    BUSY = "busy"  # 503, and come again in an hour
    CUT = "cut"  # hangs up half-way
    WRONG_LENGTH = "wrong-length"  # says that there is more than there is
    ENDLESS = "endless"  # a body without an end
    BOMB = "bomb"  # a small body that unpacks to a large one
    CHANGED_LAYOUT = "changed-layout"  # other headings
    REPEATED_PAGE = "repeated-page"  # each page of a list shows the first one
    ENDLESS_PAGING = "endless-paging"  # after the last page of a list there is always another one
    STALE = "stale"  # each session has ended already
    CAPTCHA = "captcha"  # every page asks for one
    FORBIDDEN = "forbidden"  # robots.txt asks everyone to stay away


def manner_asked_for(query: dict[str, str]) -> Manner | None:
    asked = query.get("as", "")
    return Manner(asked) if asked in set(Manner) else None


def robots_of(manner: Manner, otherwise: Answer) -> Answer:
    return (
        replace(otherwise, body="User-agent: *\nDisallow: /\n") if manner is Manner.FORBIDDEN else otherwise
    )


def page_asked_for(manner: Manner, page: str) -> str:
    """The page of a list that is shown to whoever asks for ``page``."""
    return "1" if manner in (Manner.REPEATED_PAGE, Manner.ENDLESS_PAGING) else page


def spoiled(manner: Manner, answer: Answer, page: str) -> Answer:
    """What is answered instead of a good page. ``page`` is the page of a list that was asked for, or ""."""
    match manner:
        case Manner.BROKEN:
            return Answer("<title>Internal error</title>", status=500)
        case Manner.BUSY:
            return Answer("<title>Busy</title>", status=503, retry_after=3_600)
        case Manner.CAPTCHA:
            return Answer(draw("captcha.html"))
        case Manner.CHANGED_LAYOUT:
            body = answer.body
            for before, after in _RENAMED.items():
                body = body.replace(before, after)
            return replace(answer, body=body)
        case Manner.REPEATED_PAGE | Manner.ENDLESS_PAGING if page.isdecimal():
            return replace(answer, body=_with_next_page(manner, answer.body, int(page)))
    return answer


def _with_next_page(manner: Manner, body: str, page: int) -> str:
    following = f'<p><a rel="next" href="/channel/notices?page={page + 1}">Next page</a></p>'
    without = _NEXT_PAGE.sub("", body)
    if manner is Manner.ENDLESS_PAGING and page > 1:
        # Other notices on each, none of which is there.
        without = re.sub(r'(/channel/notices/[\w-]+)"', rf'\1-{page}"', without)
    return without.replace("</body>", f"{following}</body>")


def send_badly(manner: Manner, handler: BaseHTTPRequestHandler, body: bytes) -> bool:
    """Send a body as no server should, headers but the length being written. False: send it as usual."""
    match manner:
        case Manner.SLOW:
            _start(handler, len(body))
            for at in range(len(body)):
                handler.wfile.write(body[at : at + 1])
                handler.wfile.flush()
                time.sleep(_SECONDS_BETWEEN_BYTES)
        case Manner.CUT:
            _start(handler, len(body))
            handler.wfile.write(body[: len(body) // 2])
        case Manner.WRONG_LENGTH:
            _start(handler, len(body) + 1_000)
            handler.wfile.write(body)
        case Manner.ENDLESS:
            _start(handler, None)
            while True:
                handler.wfile.write(_PIECE)
        case Manner.BOMB:
            packed = _bomb()
            handler.send_header("Content-Encoding", "gzip")
            _start(handler, len(packed))
            handler.wfile.write(packed)
        case _:
            return False
    return True


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * (_BOMB_SIZE * 1_000_000))


def _start(handler: BaseHTTPRequestHandler, length: int | None) -> None:
    handler.close_connection = True
    handler.send_header("Connection", "close")
    if length is not None:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()
