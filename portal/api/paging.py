"""Pages by a cursor: it says after which row to go on, so that nothing new or gone shifts what follows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext
from rest_framework.request import Request

from portal.api.parameters import Parameter
from portal.api.problems import Mistake, bad_parameters
from portal.lib.keyset import after, key_of, keyed

Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")
Place = tuple[int | str, ...]  # of two, the same kinds of values where those before them are the same

LIMIT, MOST = 50, 100
PAGING = (
    Parameter("cursor", "Where to go on: take it from `next`, with everything else unchanged", longest=2000),
    Parameter("limit", f"How many at most; {LIMIT} unless told", upto=MOST),
)
# What may change from page to page
_OUT_OF_IT = frozenset({"cursor", "limit", "fields"})
_signer = Signer(salt="api.cursor")


@dataclass(frozen=True, slots=True)
class PageAsked:
    """How much of a list, and after what."""

    limit: int
    after: tuple[Any, ...] | None
    request: Request

    def cut(self, rows: QuerySet[Row], order: Sequence[OrderBy]) -> tuple[list[Row], tuple[Any, ...] | None]:
        """The rows of this page in that order, and the last one's key where there are more. One query."""
        ordered = keyed(rows, order)
        found = list((after(ordered, order, self.after) if self.after else ordered)[: self.limit + 1])
        shown = found[: self.limit]
        return shown, key_of(shown[-1], order) if len(found) > self.limit else None

    def cut_found(
        self, things: Iterable[Thing], place: Callable[[Thing], Place]
    ) -> tuple[list[Thing], Place | None]:
        """As ``cut``, of what is found already, in the order of its places. No two have the same place."""
        found = sorted(things, key=place)
        further = [one for one in found if self.after is None or place(one) > self.after]
        shown = further[: self.limit]
        return shown, place(shown[-1]) if len(further) > self.limit else None

    def address_after(self, values: Sequence[Any] | None) -> str | None:
        """Where the next page is; None after the last."""
        if values is None:
            return None
        cursor = _signer.sign(
            json.dumps([_list_of(self.request), *map(_plain, values)], separators=(",", ":"))
        )
        given = [(name, one) for name, ones in self.request.GET.lists() if name != "cursor" for one in ones]
        return self.request.build_absolute_uri(
            f"{self.request.path}?{urlencode([*given, ('cursor', cursor)])}"
        )


def page_asked(request: Request) -> PageAsked:
    """Raises a Problem for a cursor that we didn't give, or that is of another list."""
    limit = int(request.GET.get("limit", LIMIT))
    cursor = request.GET.get("cursor")
    if cursor is None:
        return PageAsked(limit, None, request)
    try:
        about, *values = json.loads(_signer.unsign(cursor))
    except BadSignature:
        about, values = "", []
    if about != _list_of(request):
        raise bad_parameters([Mistake("cursor", gettext("It isn't of this list."))])
    return PageAsked(limit, tuple(values), request)


def _list_of(request: Request) -> str:
    """Which list with which filters."""
    given = sorted((name, sorted(ones)) for name, ones in request.GET.lists() if name not in _OUT_OF_IT)
    return hashlib.sha256(json.dumps([request.path, given]).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)
