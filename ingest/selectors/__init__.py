"""What pages ask about sources, stored documents, and where facts were read."""

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
from ingest.selectors.waiting import (
    WaitingExtraction,
    alarmed_sources,
    broken_sources,
    quarantined_parts,
    rejected_documents,
    unsure_extractions,
)

__all__ = [
    "Origin",
    "Provenance",
    "SourceHealth",
    "StoredDocument",
    "WaitingExtraction",
    "alarmed_sources",
    "broken_sources",
    "document_with_body",
    "documents_behind",
    "original_for",
    "provenance_of",
    "quarantined_parts",
    "rejected_documents",
    "source_health",
    "unsure_extractions",
    "upload_sources",
]
