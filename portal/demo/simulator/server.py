"""The simulator as a server: loopback only, one thread a request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl

from portal.demo.simulator.answer import Answer
from portal.demo.simulator.bulletins import drop_mail
from portal.demo.simulator.edition import Edition, open_edition
from portal.demo.simulator.members import Member
from portal.demo.simulator.misbehaviour import Manner, send_badly
from portal.demo.simulator.past import PAST, drop_past
from portal.demo.simulator.site import CHANNEL_PATH, PORTAL_PATH, Site

MAILBOX = "mailbox"
_LARGEST_FORM = 10_000  # bytes
INDEX_PATH = f"{PORTAL_PATH}?page=FrontEndTendersByOrganisation&service=page"


def real_clock() -> datetime:
    return datetime.now(UTC)


class Simulator:
    """The made-up world, served over HTTP on this machine only, and its mail folder.

    Use it as a context manager. ``port`` 0 takes a free one; ``address`` says which.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        later_after: timedelta = timedelta(seconds=90),
        clock: Callable[[], datetime] = real_clock,
        member: Member | None = None,
    ) -> None:
        self._clock = clock
        self.mailbox = folder / MAILBOX
        self.past = folder / PAST
        self.edition: Edition = open_edition(folder, now=clock(), later_after=later_after)
        site = Site(self.edition, clock, member=member)
        self.site = site
        self.members = site.members
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(site))
        self._thread = threading.Thread(target=self._server.serve_forever, name="simulator", daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def index_url(self) -> str:
        return self.address + INDEX_PATH

    @property
    def channel_url(self) -> str:
        return self.address + CHANNEL_PATH

    def drop_mail(self) -> int:
        """Write the bulletins that are due. Return how many were new."""
        return drop_mail(self.mailbox, self.edition, self._clock())

    def __enter__(self) -> Simulator:
        self.drop_mail()
        drop_past(self.past, self.edition)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            self._send(site.answer(self.path, self._cookies()))

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > _LARGEST_FORM:
                self.close_connection = True
                self._send(Answer("", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
                return
            form = dict(parse_qsl(self.rfile.read(int(length)).decode(errors="replace")))
            self._send(site.take(self.path, form, self._cookies()))

        def _cookies(self) -> dict[str, str]:
            return {name: m.value for name, m in SimpleCookie(self.headers.get("Cookie", "")).items()}

        def _send(self, answer: Answer) -> None:
            try:
                _write(self, answer, site.manner)
            except OSError:  # whoever asked has had enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing: the demo's log is for the portal."""

    return Handler


def _write(handler: BaseHTTPRequestHandler, answer: Answer, manner: Manner) -> None:
    body = answer.body.encode()
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.media_type)
    if answer.cookie:
        handler.send_header("Set-Cookie", answer.cookie)
    if answer.location:
        handler.send_header("Location", answer.location)
    if answer.retry_after:
        handler.send_header("Retry-After", str(answer.retry_after))
    is_page = answer.media_type != "text/plain"
    if not (is_page and send_badly(manner, handler, body)):
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
