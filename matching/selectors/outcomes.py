from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from matching.models import Outcome
from opportunities.selectors import processes_read_in
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a company told of an opportunity."""

    stage: str
    reason: str
    by_name: str
    told_at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All that a company told of one opportunity, the latest first."""

    told: tuple[Told, ...]

    @property
    def standing(self) -> Told | None:
        return next((one for one in self.told if one.stands), None)

    @property
    def former(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if not one.stands)


def outcomes_on(opportunity: str, *, of: Company) -> ArraySubquery:
    """What a query knows of what a company told of the opportunity that it reaches by this path."""
    told = Outcome.objects.filter(opportunity__in=processes_read_in(opportunity), company=of)
    rows = told.order_by("-told_at", "-pk")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                stage="stage",
                reason="reason",
                by_name="told_by__name",
                told_at="told_at",
                replaced_at="replaced_at",
            )
        )
    )


def outcomes_in(row: object) -> Outcomes:
    """What such a query found for one of its rows, under the name ``told_outcomes``."""
    rows: list[dict[str, Any]] = vars(row)["told_outcomes"]
    return Outcomes(
        tuple(
            Told(
                one["stage"],
                one["reason"],
                one["by_name"],
                datetime.fromisoformat(one["told_at"]),
                stands=one["replaced_at"] is None,
            )
            for one in rows
        )
    )
