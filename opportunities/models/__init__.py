from opportunities.models.merge import Merge, MergeProposal, MergeQuerySet
from opportunities.models.opportunity import (
    ENDED_STAGES,
    Disclosure,
    Notice,
    Opportunity,
    OpportunityQuerySet,
    OpportunityRevision,
    OpportunityRevisionQuerySet,
    Requirement,
)
from opportunities.models.ruling import Ruling, RulingQuerySet

__all__ = [
    "ENDED_STAGES",
    "Disclosure",
    "Merge",
    "MergeProposal",
    "MergeQuerySet",
    "Notice",
    "Opportunity",
    "OpportunityQuerySet",
    "OpportunityRevision",
    "OpportunityRevisionQuerySet",
    "Requirement",
    "Ruling",
    "RulingQuerySet",
]
