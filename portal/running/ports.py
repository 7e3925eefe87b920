"""Which port to listen on."""

from __future__ import annotations

import socket
from pathlib import Path

from portal.embedded.errors import CannotRun

DEFAULT = 8000
_TRIED = 20


def choose_port(wanted: int | None) -> int:
    """Return the wanted port, or by default the first free one from 8000 on. Raise CannotRun if taken."""
    if wanted is not None:
        if not is_free(wanted):
            raise CannotRun(
                f"Port {wanted} is taken by another program, or not yours to use. Try --port {wanted + 1}, "
                "or leave --port out and Setu finds a free one."
            )
        return wanted
    for port in range(DEFAULT, DEFAULT + _TRIED):
        if is_free(port):
            return port
    raise CannotRun(f"The ports {DEFAULT} to {DEFAULT + _TRIED - 1} are all taken. Choose one with --port.")


def any_free_port() -> int:
    """Return a port that nobody listens on, for our own use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def kept_port(file: Path) -> int:
    """Return the port in the file if it is still free, else a free one, which the file then keeps.

    For a server of ours whose address others remember.
    """
    if file.exists() and (kept := file.read_text().strip()).isdecimal() and is_free(int(kept)):
        return int(kept)
    port = any_free_port()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{port}\n")
    return port


def is_free(port: int) -> bool:
    """Return whether this user could listen on a port of this machine now."""
    with socket.socket() as probe:
        # As the web server does: a port just left by another run is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
