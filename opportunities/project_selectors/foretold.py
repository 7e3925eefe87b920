from __future__ import annotations

from opportunities.project_selectors.door import projects_for_office
from opportunities.projects.foretelling import Foretelling, Foretold, foretelling
from portal.lib.clocks import INDIA


def how_well_foretold() -> Foretelling:
    """Of all projects that went to tender after a quarter had been told. For the office. One query."""
    rows = projects_for_office().filter(
        tendered_at__isnull=False, expected_first_from__isnull=False, tender_expected_from__isnull=False
    )
    told = rows.order_by().values_list(
        "expected_first_from",
        "expected_first_until",
        "tender_expected_from",
        "tender_expected_until",
        "tendered_at",
    )
    return foretelling(
        Foretold(first, first_until or first, last, last_until or last, came.astimezone(INDIA).date())
        for first, first_until, last, last_until, came in told
        if first and last and came
    )
