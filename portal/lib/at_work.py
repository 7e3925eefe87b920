"""Who is at work, told to the database, which notes changes under that name: see accounts.auditing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.transaction import Atomic

_TELL = (
    "SELECT set_config('setu.person', %s, false), set_config('setu.place', %s, false),"
    " set_config('setu.because', %s, false)"
)
# A statement that begins with WITH may write as well.
_WRITING = ("INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def at_work(*, person: int, place: str, because: str = "") -> Iterator[None]:
    """What this connection changes meanwhile is a person's doing, at that place.

    The database is told before the first statement that writes: who only reads costs nothing.
    """
    teller = _Teller(str(person), place[:300], because[:500])
    try:
        with connection.execute_wrapper(teller):
            yield
    finally:
        # A broken connection takes what it was told with it.
        if teller.has_told and connection.connection is not None and connection.is_usable():
            nobody_at_work()


def nobody_at_work(place: str = "") -> None:
    """What this connection changes from now on is a program's doing, at that place."""
    if connection.in_atomic_block and connection.needs_rollback:
        return  # rolled back, and what was told with it
    with connection.cursor() as cursor:
        cursor.execute(_TELL, ["", place[:300], ""])


class _Teller:
    def __init__(self, *told: str) -> None:
        self._told = told
        self._within: list[Atomic] = []
        self.has_told = False

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: Any,
        context: dict[str, Any],
    ) -> Any:
        if sql.lstrip()[:6].upper().startswith(_WRITING) and not self._is_known():
            self.has_told, self._within = True, list(connection.atomic_blocks)
            with connection.cursor() as cursor:
                cursor.execute(_TELL, self._told)
        return execute(sql, params, many, context)

    def _is_known(self) -> bool:
        """A block that has ended since may have been rolled back, and what was told in it."""
        return self.has_told and connection.atomic_blocks[: len(self._within)] == self._within
