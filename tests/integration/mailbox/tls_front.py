"""TLS in front of a server that speaks none, on this machine."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from threading import Thread
from types import TracebackType


class TlsFront:
    """Decrypts what comes and passes it on to a port. Use it as a context manager; ``port`` says where."""

    def __init__(self, context: ssl.SSLContext, *, to: int) -> None:
        self._context, self._to = context, to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> TlsFront:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:  # closed
                return
            # Whoever refuses our certificate hangs up in the middle of the greeting.
            with (
                suppress(OSError),
                self._context.wrap_socket(plain, server_side=True) as outside,
                socket.create_connection(("127.0.0.1", self._to)) as inside,
            ):
                back = Thread(target=_pass_on, args=(inside, outside), daemon=True)
                back.start()
                _pass_on(outside, inside)
                back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
