"""A query of which only values differ: its statement is put together once, and then asked as it is.

For what is asked at every request: to put together takes ten times as long as the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet


class Prepared:
    """Rows of a query whose values are given by name each time.

    ``query`` is called once, with a mark for each name; every mark must come out among the parameters as it
    went in, for which ValueError is raised otherwise.
    """

    def __init__(
        self, query: Callable[..., QuerySet[Any, tuple[Any, ...]]], marks: Mapping[str, Any]
    ) -> None:
        self._query, self._marks = query, marks
        self._said: tuple[str, tuple[Any, ...]] | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        statement, params = self._said = self._said or self._put_together()
        told = [values[param.name] if isinstance(param, _Place) else param for param in params]
        with connection.cursor() as cursor:
            cursor.execute(statement, told)
            return list(cursor.fetchall())

    def _put_together(self) -> tuple[str, tuple[Any, ...]]:
        statement, params = self._query(**self._marks).query.sql_with_params()
        placed = tuple(self._place_of(param) for param in params)
        missing = set(self._marks) - {param.name for param in placed if isinstance(param, _Place)}
        if missing:
            raise ValueError(f"{', '.join(sorted(missing))} can't be found among the parameters")
        return statement, placed

    def _place_of(self, param: Any) -> Any:
        return next((_Place(name) for name, mark in self._marks.items() if param == mark), param)


class _Place:
    def __init__(self, name: str) -> None:
        self.name = name


Row = TypeVar("Row", bound=Model)


def columns_of(model: type[Model], path: str = "") -> list[str]:
    """What a query gives to make a row of the model of, reached by this path."""
    return [f"{path}{field.attname}" for field in model._meta.concrete_fields]


def row_of(model: type[Row], told: Iterator[Any]) -> Row:
    """The row that the next values of ``columns_of`` make."""
    names = columns_of(model)
    return model.from_db(DEFAULT_DB_ALIAS, names, [next(told) for _ in names])
