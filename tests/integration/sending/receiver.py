"""A member's own system, on this machine: takes what is posted, as well or as badly as a test asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Posted:
    path: str
    headers: dict[str, str]
    body: str


class Receiver:
    """Gives its answers in order, and 204 once they are used up."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.posted: list[Posted] = []
        self.address = ""
        self.was_left = Event()  # set once a sender has hung up in the middle of an answer


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Headers with _ for -."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def pours(handler: BaseHTTPRequestHandler) -> None:
    """Far more than anybody asked for."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65_536)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that hangs up is what some tests are about."""


@contextmanager
def receiver(*answers: Answer) -> Iterator[Receiver]:
    taken = Receiver(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            taken.posted.append(Posted(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            answer = taken.answers.pop(0) if taken.answers else says(204)
            try:
                answer(self)
            except OSError:  # the sender has had enough
                taken.was_left.set()
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        taken.address = f"http://127.0.0.1:{server.server_address[1]}/setu"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield taken
        finally:
            server.shutdown()
            thread.join()
