"""Many workers on a real PostgreSQL.

Racing eight workers finds what nobody thought of, but a lucky run proves nothing: with its lock taken out,
the code sometimes still passes. So each lock is also held by hand, where the outcome is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

from portal.lib.locks import try_advisory_lock

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def at_once(function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> list[Result]:
    """Call ``function`` for each argument from eight threads, each with a connection of its own."""

    def call(argument: Argument) -> Result:
        try:
            return function(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(call, arguments))


def in_a_connection_of_its_own(function: Callable[[], Result]) -> Result:
    """For a thread that is started by hand."""
    try:
        return function()
    finally:
        connection.close()


@contextmanager
def held_by_another(rows: QuerySet[Any], *, no_key: bool = False) -> Iterator[None]:
    """Another worker has these rows locked until the block ends.

    With ``no_key`` others may still refer to them, so that nothing but a lock like it has to wait.
    """

    def hold(held: Event, let_go: Event) -> None:
        with transaction.atomic():
            list(rows.select_for_update(no_key=no_key))
            held.set()
            let_go.wait(timeout=10)

    with _meanwhile(hold):
        yield


@contextmanager
def locked_by_another(name: str) -> Iterator[None]:
    """Another worker has the advisory lock of that name until the block ends."""

    def hold(held: Event, let_go: Event) -> None:
        with try_advisory_lock(name) as is_held:
            assert is_held
            held.set()
            let_go.wait(timeout=10)

    with _meanwhile(hold):
        yield


@contextmanager
def _meanwhile(hold: Callable[[Event, Event], None]) -> Iterator[None]:
    held, let_go = Event(), Event()
    holder = Thread(target=in_a_connection_of_its_own, args=[lambda: hold(held, let_go)])
    holder.start()
    assert held.wait(timeout=10)
    try:
        yield
    finally:
        let_go.set()
        holder.join()
