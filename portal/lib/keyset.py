"""Going on after a row of a query: by what it is ordered by, not by how many rows came before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

Row = TypeVar("Row", bound=Model)
_KEY = "keyset_{}"


def keyed(rows: QuerySet[Row], order: Sequence[OrderBy]) -> QuerySet[Row]:
    """The rows in that order, each with what it is ordered by. The last must tell any two rows apart.

    A key that may be null is ordered with nulls last.
    """
    keys = {_KEY.format(number): one.expression for number, one in enumerate(order)}
    by = [
        OrderBy(F(name), descending=one.descending, nulls_last=one.nulls_last)
        for name, one in zip(keys, order, strict=True)
    ]
    ordered: QuerySet[Row] = rows.annotate(**keys).order_by(*by)
    return ordered


def key_names(order: Sequence[OrderBy]) -> list[str]:
    """What ``keyed`` calls the keys."""
    return [_KEY.format(number) for number in range(len(order))]


def key_of(row: Model, order: Sequence[OrderBy]) -> tuple[Any, ...]:
    return tuple(vars(row)[name] for name in key_names(order))


def after(rows: QuerySet[Row], order: Sequence[OrderBy], key: Sequence[Any]) -> QuerySet[Row]:
    """Of ``keyed`` rows those that come after the one with that key."""
    branches, same = [], Q()
    for name, one, value in zip(key_names(order), order, key, strict=True):
        beyond = _beyond(name, one, value)
        if beyond is not None:
            branches.append(same & beyond)
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return rows.filter(_at_least(order[0], key[0]), reduce(or_, branches))


def _at_least(first: OrderBy, value: Any) -> Q:
    """Says nothing new, but by it the database begins where the key is rather than at the first row."""
    name = _KEY.format(0)
    if value is None or first.nulls_last:
        return Q()
    return Q(**{f"{name}__{'lte' if first.descending else 'gte'}": value})


def _beyond(name: str, order: OrderBy, value: Any) -> Q | None:
    if value is None:
        return None  # nothing comes after null but what is told apart by the next key
    further = Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value})
    return further | Q(**{f"{name}__isnull": True}) if order.nulls_last else further
