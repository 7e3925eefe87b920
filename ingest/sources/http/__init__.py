"""The polite client: the one way from here to other people's servers."""

from __future__ import annotations

from django.conf import settings

from ingest.sources.http.archive import Archive, Validators
from ingest.sources.http.client import PoliteClient
from ingest.sources.http.pace import Pace

__all__ = ["Archive", "PoliteClient", "Validators", "polite_client"]

LONGEST_DOCUMENT = 60.0  # seconds, redirects included


def polite_client(archive: Archive | None = None) -> PoliteClient:
    """A client as the settings want it, for one poll of one source. Use it as a context manager.

    ``archive`` is what we have of the source already: pages that haven't changed come from there.
    """
    return PoliteClient(
        user_agent=settings.FETCH_USER_AGENT,
        pace=Pace(settings.CACHES["default"]["LOCATION"]),
        seconds_between_requests=settings.FETCH_SECONDS_BETWEEN_REQUESTS,
        allow_loopback=settings.FETCH_ALLOW_LOOPBACK,
        archive=archive,
        deadline=LONGEST_DOCUMENT,
    )
