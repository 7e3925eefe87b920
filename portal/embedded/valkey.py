"""Valkey for one data folder: started, stopped."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis

from portal.embedded import binaries, children
from portal.embedded.children import Program
from portal.embedded.data_folder import log_file
from portal.embedded.errors import from_log, from_os_error
from portal.embedded.sockets import socket_folder

_READY_SECONDS = 30.0


class Valkey:
    """One Valkey server. The caller holds the lock of the data folder while it runs."""

    name = "Valkey"

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self._durable = durable
        self._log = log_file(data, "valkey")
        self._home = data / "valkey"
        self._socket = socket_folder(data) / "valkey.sock"
        self._program = binaries.valkey()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def url(self) -> str:
        """Return the address as the settings take it."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start the server and wait until it answers.

        Ends a server that a killed run left on the same folder first. Raises CannotRun.
        """
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            children.end_orphan(
                self._home / "valkey.pid", mark=str(self._socket), first=signal.SIGTERM, then=signal.SIGKILL
            )
            self._socket.unlink(missing_ok=True)
            with self._log.open("ab") as log:
                # Its files are named relative to its folder: Valkey splits its arguments at spaces.
                self._child = children.start(Program(self._arguments(), self._home), output=log)
        except OSError as error:
            raise from_os_error(error, doing="starting Valkey") from error
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop cleanly: what was written is on disk."""
        if self._child is not None:
            children.stop(self._child, signal.SIGTERM, signal.SIGKILL)

    def _arguments(self) -> list[str | Path]:
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": ".",
            "pidfile": "valkey.pid",
            # The command line is how an orphan is known again.
            "set-proc-title": "no",
            "daemonize": "no",
            "save": "",
            "appendonly": "yes" if self._durable else "no",
            # A full broker must refuse, not forget: the queue isn't a cache.
            "maxmemory-policy": "noeviction",
        }
        arguments: list[str | Path] = [self._program]
        for name, value in options.items():
            arguments += [f"--{name}", value]
        return arguments

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + _READY_SECONDS
        client = redis.Redis(unix_socket_path=str(self._socket))
        try:
            while not _answers(client):
                if not self.is_running() or time.monotonic() > give_up:
                    self.stop()
                    raise from_log(self._log.read_text(errors="replace"), server="Valkey", path=self._log)
                time.sleep(0.02)
        finally:
            client.close()


def _answers(client: redis.Redis[bytes]) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:  # no socket yet, or still reading its file
        return False
