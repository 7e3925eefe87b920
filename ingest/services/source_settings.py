from __future__ import annotations

from ingest.models import Source
from ingest.sources.base import SourceSettings


def settings_of(source: Source) -> SourceSettings:
    """What the source's adapter is told of it."""
    return SourceSettings(slug=source.slug, address=source.address, publisher=source.publisher)
