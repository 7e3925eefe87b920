"""What pages ask about sources, stored documents, and where facts were read."""

from ingest.selectors.canary import CanaryHealth, canary_health
from ingest.selectors.columns import (
    DocumentRead,
    KnownHeader,
    TableToMap,
    documents_read_by,
    known_headers,
    mapping_history,
    table_to_map,
    tables_to_map,
)
from ingest.selectors.documents import (
    Origin,
    Provenance,
    StoredDocument,
    document_with_body,
    documents_behind,
    original_for,
    provenance_of,
    source_names,
)
from ingest.selectors.freshness import Freshness, freshness
from ingest.selectors.health import SourceHealth, source_health, upload_sources
from ingest.selectors.last_success import SourceFreshness, sources_freshness
from ingest.selectors.questions import OpenQuestion, questions_about
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
    unsure_extractions_at,
)

__all__ = [
    "CanaryHealth",
    "DocumentRead",
    "Freshness",
    "HandRead",
    "KnownHeader",
    "OpenQuestion",
    "Origin",
    "Provenance",
    "ReplayShown",
    "SourceFreshness",
    "SourceHealth",
    "StoredDocument",
    "TableToMap",
    "WaitingExtraction",
    "alarmed_sources",
    "broken_sources",
    "canary_health",
    "changed_layouts",
    "document_with_body",
    "documents_behind",
    "documents_read_by",
    "freshness",
    "hand_readings_of",
    "known_headers",
    "latest_replays",
    "mapping_history",
    "original_for",
    "provenance_of",
    "quarantined_part",
    "quarantined_parts",
    "questions_about",
    "rejected_documents",
    "source_health",
    "source_names",
    "sources_freshness",
    "sources_in_trouble",
    "table_to_map",
    "tables_to_map",
    "unsure_extractions",
    "unsure_extractions_at",
    "upload_sources",
]
