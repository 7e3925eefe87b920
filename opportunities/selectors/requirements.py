from __future__ import annotations

from collections.abc import Collection

from opportunities.models import (
    Requirement,
)


def requirements_of(opportunity_id: int) -> list[Requirement]:
    """What an opportunity asks for, in its notices' order. The caller has been through the door for it."""
    return requirements_by_opportunity([opportunity_id])[opportunity_id]


def requirements_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, list[Requirement]]:
    """What each asks for, in one query. Ask only about what came through the door."""
    found: dict[int, list[Requirement]] = {opportunity_id: [] for opportunity_id in opportunity_ids}
    rows = Requirement.objects.filter(opportunity__in=opportunity_ids)
    for row in rows.order_by("notice__published_at", "notice", "number"):
        found[row.opportunity_id].append(row)
    return found
