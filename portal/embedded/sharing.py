"""Several commands on one data folder: one runs the servers, the others use them.

Two locks: ``servers`` is held by whoever runs them, ``users`` is shared by everybody else. Who runs
them waits for ``users`` to be free before stopping them, and whoever comes then finds no addresses and
starts them anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.embedded.data_folder import Lock
from portal.embedded.errors import CannotRun
from portal.embedded.servers import Servers, Wanted

_ANNOUNCED_WITHIN = 180.0  # seconds: a first start may migrate and load the demo


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a running Setu can be found. None: it doesn't run this itself."""

    database_url: str | None = None
    redis_url: str | None = None
    site_url: str | None = None
    simulator_url: str | None = None


def announce(data: Path, addresses: Addresses) -> None:
    """Tell other commands on this data folder where the servers are. Only who runs them may."""
    path = _addresses_file(data)
    unfinished = path.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(asdict(addresses)))
    unfinished.replace(path)


@contextmanager
def owned(
    data: Path, wanted: Wanted, *, on_wait: Callable[[], None], patience: float = 15.0
) -> Iterator[Servers]:
    """Run the servers for a ``with`` block. Calls ``on_wait`` if a command that runs them must finish first.

    At the end commands that use them have ``patience`` seconds to finish. Raises CannotRun.
    """
    lock = Lock(data, "servers")
    if not lock.take():
        on_wait()
        lock.take(wait=True)
    try:
        with _running(data, wanted, patience=patience) as servers:
            yield servers
    finally:
        lock.release()


@contextmanager
def owned_or_attached(
    data: Path, wanted: Wanted, *, prepare: Callable[[Servers], None]
) -> Iterator[Addresses]:
    """Use the servers that run on a data folder for a ``with`` block, or run them where none do.

    ``prepare`` is called once they run and before anybody else may use them. At the end the others
    are waited for, however long they take. Raises CannotRun.
    """
    lock = Lock(data, "servers")
    users = Lock(data, "users")
    give_up = time.monotonic() + _ANNOUNCED_WITHIN
    try:
        while not lock.take():
            users.take(shared=True, wait=True)
            found = _announced(data)
            if found is not None:
                yield found
                return
            users.release()
            if time.monotonic() > give_up:
                raise CannotRun(
                    f"Another Setu has held {data} for long without becoming ready. Look there first."
                )
            time.sleep(0.1)
        with _running(data, wanted, patience=None) as servers:
            prepare(servers)
            addresses = Addresses(servers.database_url, servers.redis_url)
            announce(data, addresses)
            yield addresses
    finally:
        users.release()
        lock.release()


@contextmanager
def _running(data: Path, wanted: Wanted, *, patience: float | None) -> Iterator[Servers]:
    _addresses_file(data).unlink(missing_ok=True)  # those of a killed run
    servers = Servers(data, wanted)
    servers.start()
    users = Lock(data, "users")
    try:
        try:
            yield servers
        finally:
            _wait_for_users(users, patience)
    finally:
        _addresses_file(data).unlink(missing_ok=True)
        servers.stop()
        users.release()


def _wait_for_users(users: Lock, patience: float | None) -> None:
    if patience is None:
        users.take(wait=True)
        return
    give_up = time.monotonic() + patience
    while not users.take() and time.monotonic() < give_up:
        time.sleep(0.05)


def _announced(data: Path) -> Addresses | None:
    try:
        return Addresses(**json.loads(_addresses_file(data).read_text()))
    except FileNotFoundError:
        return None


def _addresses_file(data: Path) -> Path:
    return data / "locks" / "addresses.json"
