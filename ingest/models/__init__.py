from ingest.models.columns import ColumnMapping, DocumentTable
from ingest.models.document import Extraction, HandReading, QuarantinedPart, RawDocument, RawDocumentQuerySet
from ingest.models.replay import Replay, ReplayQuerySet
from ingest.models.source import PageLayout, PageLayoutQuerySet, Poll, PollQuerySet, Source, SourceQuerySet

__all__ = [
    "ColumnMapping",
    "DocumentTable",
    "Extraction",
    "HandReading",
    "PageLayout",
    "PageLayoutQuerySet",
    "Poll",
    "PollQuerySet",
    "QuarantinedPart",
    "RawDocument",
    "RawDocumentQuerySet",
    "Replay",
    "ReplayQuerySet",
    "Source",
    "SourceQuerySet",
]
