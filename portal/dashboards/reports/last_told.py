"""Figures move in steps of five companies, so that nobody learns what one did from two days' reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from portal.dashboards.models import ToldFigure
from portal.lib.small_cells import Acts, may_move


def last_told(figures: Mapping[str, Acts], *, now: datetime, sides: int = 1) -> dict[str, Acts]:
    """What may be told of each figure: how it stands where enough companies moved it, else how it stood.

    What is told is kept, and whatever is asked later is held against it. ``sides`` as for ``may_move``.
    One query, and a few more where something moves.
    """
    known = _known(figures)
    if any(may_move(known.get(name, {}), acts, sides=sides) for name, acts in figures.items()):
        known = _tell(figures, now=now, sides=sides)
    return {name: known.get(name, {}) for name in figures}


def _known(names: Iterable[str]) -> dict[str, Acts]:
    return dict(ToldFigure.objects.filter(name__in=list(names)).values_list("name", "acts"))


@transaction.atomic
def _tell(figures: Mapping[str, Acts], *, now: datetime, sides: int) -> dict[str, Acts]:
    # Two who ask at once would each be told of a step of their own, and less than one between them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('told figures', 0))")
    known = _known(figures)
    moved = {name: acts for name, acts in figures.items() if may_move(known.get(name, {}), acts, sides=sides)}
    ToldFigure.objects.bulk_create(
        [
            ToldFigure(name=name, acts={what: list(by) for what, by in acts.items()}, told_at=now)
            for name, acts in moved.items()
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["acts", "told_at"],
    )
    return known | moved
