from opportunities.models.buyer import Buyer, BuyerAlias, BuyerMemory, BuyerNaming, BuyerQuerySet, City
from opportunities.models.disclosure import Disclosure
from opportunities.models.ledger import LedgerEntry
from opportunities.models.merge import Merge, MergeProposal, MergeQuerySet
from opportunities.models.notice import Notice
from opportunities.models.opportunity import (
    ENDED_STAGES,
    Opportunity,
    OpportunityQuerySet,
    OpportunityRevision,
    OpportunityRevisionQuerySet,
    open_at,
)
from opportunities.models.project import (
    LinkDecision,
    Project,
    ProjectLink,
    ProjectQuerySet,
    ProjectRevision,
    ProjectStatement,
)
from opportunities.models.project_document import ProjectDocument
from opportunities.models.project_note import ProjectNote
from opportunities.models.requirement import Requirement
from opportunities.models.ruling import Ruling, RulingQuerySet
from opportunities.models.search_entry import SearchEntry, SearchText, SearchWord

__all__ = [
    "ENDED_STAGES",
    "Buyer",
    "BuyerAlias",
    "BuyerMemory",
    "BuyerNaming",
    "BuyerQuerySet",
    "City",
    "Disclosure",
    "LedgerEntry",
    "LinkDecision",
    "Merge",
    "MergeProposal",
    "MergeQuerySet",
    "Notice",
    "Opportunity",
    "OpportunityQuerySet",
    "OpportunityRevision",
    "OpportunityRevisionQuerySet",
    "Project",
    "ProjectDocument",
    "ProjectLink",
    "ProjectNote",
    "ProjectQuerySet",
    "ProjectRevision",
    "ProjectStatement",
    "Requirement",
    "Ruling",
    "RulingQuerySet",
    "SearchEntry",
    "SearchText",
    "SearchWord",
    "open_at",
]
