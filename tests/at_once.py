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


@contextmanager
def held_by_another(rows: QuerySet[Any], *, no_key: bool = False) -> Iterator[None]:
    """Another worker has these rows locked until the block ends.

    With ``no_key`` others may still refer to them, so that nothing but a lock like it has to wait.
    """
    held, let_go = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                list(rows.select_for_update(no_key=no_key))
                held.set()
                let_go.wait(timeout=10)
        finally:
            connection.close()

    holder = Thread(target=hold)
    holder.start()
    assert held.wait(timeout=10)
    try:
        yield
    finally:
        let_go.set()
        holder.join()
