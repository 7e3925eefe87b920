"""The only writers of opportunities."""

from opportunities.services.admit_company import admit_company, refuse_company
from opportunities.services.buyers import (
    add_buyer,
    describe_buyer,
    name_buyer_alias,
    name_buyers,
    reckon_memories,
    remove_buyer,
    remove_buyer_alias,
    set_aside_buyer_name,
    write_known_buyers,
)
from opportunities.services.compare import compare_opportunity, pending_comparisons, settle_proposals
from opportunities.services.describe_company import describe_company
from opportunities.services.disclose import correct_disclosure, disclose_opportunity, withdraw_disclosure
from opportunities.services.forget_canaries import forget_canaries
from opportunities.services.ledger import About, note_preview, write_entries, write_ledger
from opportunities.services.merge import merge_opportunities, repeat_merges, split_opportunity
from opportunities.services.projects import (
    OFFICE,
    DocumentNamed,
    add_project,
    attach_document,
    facts_of_project,
    link_project,
    pending_projects,
    propose_links,
    propose_links_of,
    record_project,
    refuse_link,
    remove_document,
    remove_project_note,
    repeat_statements,
    state_project,
    unlink_project,
    write_project_note,
)
from opportunities.services.proposals import ask_again, refuse_proposal
from opportunities.services.record_notices import Recording, record_notice, record_notices
from opportunities.services.rule_on_reading import rule_on_reading, undo_ruling
from opportunities.services.search_entries import (
    DomainsOf,
    note_search_words,
    set_domains,
    write_missing_entries,
    write_search_entries,
)
from opportunities.services.supersede_notices import supersede_notices

__all__ = [
    "OFFICE",
    "About",
    "DocumentNamed",
    "DomainsOf",
    "Recording",
    "add_buyer",
    "add_project",
    "admit_company",
    "ask_again",
    "attach_document",
    "compare_opportunity",
    "correct_disclosure",
    "describe_buyer",
    "describe_company",
    "disclose_opportunity",
    "facts_of_project",
    "forget_canaries",
    "link_project",
    "merge_opportunities",
    "name_buyer_alias",
    "name_buyers",
    "note_preview",
    "note_search_words",
    "pending_comparisons",
    "pending_projects",
    "propose_links",
    "propose_links_of",
    "reckon_memories",
    "record_notice",
    "record_notices",
    "record_project",
    "refuse_company",
    "refuse_link",
    "refuse_proposal",
    "remove_buyer",
    "remove_buyer_alias",
    "remove_document",
    "remove_project_note",
    "repeat_merges",
    "repeat_statements",
    "rule_on_reading",
    "set_aside_buyer_name",
    "set_domains",
    "settle_proposals",
    "split_opportunity",
    "state_project",
    "supersede_notices",
    "undo_ruling",
    "unlink_project",
    "withdraw_disclosure",
    "write_entries",
    "write_known_buyers",
    "write_ledger",
    "write_missing_entries",
    "write_project_note",
    "write_search_entries",
]
