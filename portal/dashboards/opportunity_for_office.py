"""What the office reads on an opportunity's page beside the notice."""

from __future__ import annotations

from opportunities.selectors import merges_of
from portal.dashboards.requirements import asked_for_by
from portal.dashboards.rulings import decided_about


def told_to_office(opportunity_id: int) -> dict[str, object]:
    return {
        "asked_for": asked_for_by(opportunity_id),
        "merges": list(merges_of(opportunity_id)),
        "decided": decided_about(opportunity_id),
    }
