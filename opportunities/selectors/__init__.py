"""What all others ask about opportunities. What a company sees comes through ``visible_opportunities``."""

from opportunities.selectors.buyers import UnknownBuyer, unknown_buyers
from opportunities.selectors.changes import (
    RevisionChanges,
    changes_after,
    changes_by_opportunity,
    changes_since,
    changes_through_merges,
)
from opportunities.selectors.door import (
    Opportunities,
    awaiting_disclosure,
    is_open,
    opportunities_for_office,
    processes_behind,
    visible_opportunities,
)
from opportunities.selectors.facts import facts_of
from opportunities.selectors.history import HistoryEntry, known_early_at, latest_changes, opportunity_history
from opportunities.selectors.ledger import examine_ledger, ledger_head
from opportunities.selectors.merging import (
    merges,
    merges_in_force,
    merges_of,
    part_under,
    survivor_of,
    waiting_proposals,
)
from opportunities.selectors.requirements import requirements_by_opportunity, requirements_of
from opportunities.selectors.rulings import (
    ProcessKey,
    opportunity_ruled_on,
    rulings_about,
    rulings_of,
    rulings_on,
)

__all__ = [
    "HistoryEntry",
    "Opportunities",
    "ProcessKey",
    "RevisionChanges",
    "UnknownBuyer",
    "awaiting_disclosure",
    "changes_after",
    "changes_by_opportunity",
    "changes_since",
    "changes_through_merges",
    "examine_ledger",
    "facts_of",
    "is_open",
    "known_early_at",
    "latest_changes",
    "ledger_head",
    "merges",
    "merges_in_force",
    "merges_of",
    "opportunities_for_office",
    "opportunity_history",
    "opportunity_ruled_on",
    "part_under",
    "processes_behind",
    "requirements_by_opportunity",
    "requirements_of",
    "rulings_about",
    "rulings_of",
    "rulings_on",
    "survivor_of",
    "unknown_buyers",
    "visible_opportunities",
    "waiting_proposals",
]
