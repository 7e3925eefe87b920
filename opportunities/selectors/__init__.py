"""What all others ask about opportunities. What a company sees comes through ``visible_opportunities``."""

from opportunities.selectors.buyers import (
    NamedBuyer,
    aliases_of,
    buyer_in,
    buyers_by_name,
    buyers_known,
    cities,
    names_set_aside,
    opportunities_of,
    search_buyers,
    with_buyer,
)
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
    has_ended,
    is_open,
    opportunities_for_office,
    processes_behind,
    processes_read_in,
    public_opportunities,
    visible_opportunities,
)
from opportunities.selectors.facts import facts_of
from opportunities.selectors.history import (
    HistoryEntry,
    known_early_at,
    latest_changes,
    latest_revision_number,
    opportunity_history,
    stage_reached_at,
)
from opportunities.selectors.ledger import examine_ledger, ledger_head
from opportunities.selectors.merging import (
    merges,
    merges_in_force,
    merges_of,
    part_under,
    survivor_of,
    waiting_proposals,
)
from opportunities.selectors.remembered import tendered_for_everyone
from opportunities.selectors.requirements import requirements_by_opportunity, requirements_of
from opportunities.selectors.rulings import (
    ProcessKey,
    opportunity_ruled_on,
    rulings_about,
    rulings_of,
    rulings_on,
)
from opportunities.selectors.unknown_buyers import UnknownBuyer, likely_buyers, unknown_buyer, unknown_buyers

__all__ = [
    "HistoryEntry",
    "NamedBuyer",
    "Opportunities",
    "ProcessKey",
    "RevisionChanges",
    "UnknownBuyer",
    "aliases_of",
    "awaiting_disclosure",
    "buyer_in",
    "buyers_by_name",
    "buyers_known",
    "changes_after",
    "changes_by_opportunity",
    "changes_since",
    "changes_through_merges",
    "cities",
    "examine_ledger",
    "facts_of",
    "has_ended",
    "is_open",
    "known_early_at",
    "latest_changes",
    "latest_revision_number",
    "ledger_head",
    "likely_buyers",
    "merges",
    "merges_in_force",
    "merges_of",
    "names_set_aside",
    "opportunities_for_office",
    "opportunities_of",
    "opportunity_history",
    "opportunity_ruled_on",
    "part_under",
    "processes_behind",
    "processes_read_in",
    "public_opportunities",
    "requirements_by_opportunity",
    "requirements_of",
    "rulings_about",
    "rulings_of",
    "rulings_on",
    "search_buyers",
    "stage_reached_at",
    "survivor_of",
    "tendered_for_everyone",
    "unknown_buyer",
    "unknown_buyers",
    "visible_opportunities",
    "waiting_proposals",
    "with_buyer",
]
