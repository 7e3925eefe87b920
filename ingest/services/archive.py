from __future__ import annotations

from ingest.models import RawDocument, Source
from ingest.sources.base import FetchedDocument
from ingest.sources.http import Validators


class StoredDocuments:
    """What we have of a source, as the client asks for it: the latest document of an address."""

    def __init__(self, source: Source) -> None:
        self._latest = RawDocument.objects.filter(source=source).order_by("-as_of", "-pk")

    def validators(self, url: str) -> Validators | None:
        stated = self._latest.filter(url=url).values_list("headers", flat=True).first()
        if stated is None:
            return None
        headers = {name.lower(): value for name, value in stated}
        validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""))
        return validators if validators.as_headers() else None

    def document(self, url: str) -> FetchedDocument:
        return fetched(self._latest.filter(url=url)[0])


def fetched(document: RawDocument) -> FetchedDocument:
    """A stored document as it came."""
    return FetchedDocument(
        url=document.url,
        media_type=document.media_type,
        body=bytes(document.body),
        headers=tuple((name, value) for name, value in document.headers),
    )
