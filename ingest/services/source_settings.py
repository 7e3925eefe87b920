from __future__ import annotations

from django.conf import settings

from ingest.models import Source
from ingest.sources.base import Access, SourceSettings


def settings_of(source: Source) -> SourceSettings:
    """What the source's adapter is told of it."""
    return SourceSettings(
        slug=source.slug,
        address=source.address,
        publisher=source.publisher,
        access=_access_to(source.kind),
        resume_at=source.resume_at,
    )


def _access_to(kind: str) -> Access:
    loopback = settings.FETCH_ALLOW_LOOPBACK
    if kind == "cii_mailbox":
        return Access(
            password=settings.CII_MAILBOX_PASSWORD,
            allow_loopback=loopback,
            authority=settings.CII_MAILBOX_AUTHORITY,
        )
    if kind == "cii_pages":
        return Access(
            user=settings.CII_PAGES_USER,
            password=settings.CII_PAGES_PASSWORD,
            token=settings.CII_PAGES_TOKEN,
            allow_loopback=loopback,
        )
    return Access(allow_loopback=loopback)
