"""What pages ask about sources, stored documents, and where facts were read."""

from ingest.selectors.canary import CanaryHealth, canary_health
from ingest.selectors.documents import (
    Origin,
    Provenance,
    StoredDocument,
    document_with_body,
    documents_behind,
    original_for,
    provenance_of,
)
from ingest.selectors.health import SourceHealth, source_health, upload_sources
from ingest.selectors.replays import ReplayShown, latest_replays
from ingest.selectors.waiting import (
    HandRead,
    WaitingExtraction,
    alarmed_sources,
    broken_sources,
    changed_layouts,
    hand_readings_of,
    quarantined_part,
    quarantined_parts,
    rejected_documents,
    sources_in_trouble,
    unsure_extractions,
)

__all__ = [
    "CanaryHealth",
    "HandRead",
    "Origin",
    "Provenance",
    "ReplayShown",
    "SourceHealth",
    "StoredDocument",
    "WaitingExtraction",
    "alarmed_sources",
    "broken_sources",
    "canary_health",
    "changed_layouts",
    "document_with_body",
    "documents_behind",
    "hand_readings_of",
    "latest_replays",
    "original_for",
    "provenance_of",
    "quarantined_part",
    "quarantined_parts",
    "rejected_documents",
    "source_health",
    "sources_in_trouble",
    "unsure_extractions",
    "upload_sources",
]
