from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from matching.models import LastLook
from opportunities.selectors import changes_after
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Visit:
    """The latest visit of a person to an opportunity's page; numbers are those of revisions."""

    looked_at: datetime
    shown_number: int
    known_at: datetime | None  # the visit before; None: this is the first
    known_number: int


def look_on(opportunity: str, *, by: User) -> Subquery:
    """What a query knows of a person's visits to the opportunity that it reaches by this path."""
    looks = LastLook.objects.filter(person=by, opportunity=OuterRef(opportunity))
    told = JSONObject(**{name: name for name in ("looked_at", "shown_number", "known_at", "known_number")})
    return Subquery(looks.values(told=told))


def visit_in(row: object) -> Visit | None:
    """What such a query found for one of its rows, under the name ``look``."""
    told: dict[str, Any] | None = vars(row)["look"]
    if told is None:
        return None
    return Visit(
        looked_at=datetime.fromisoformat(told["looked_at"]),
        shown_number=told["shown_number"],
        known_at=told["known_at"] and datetime.fromisoformat(told["known_at"]),
        known_number=told["known_number"],
    )


def changed_for(person: User) -> QuerySet[LastLook, int]:
    """What was told to have changed since a person opened its page, to ask whether an opportunity is in it.

    Who never did has nothing that could have changed.
    """
    newer = changes_after(OuterRef("shown_number")).filter(opportunity=OuterRef("opportunity"))
    return LastLook.objects.filter(Exists(newer), person=person).values_list("opportunity", flat=True)
