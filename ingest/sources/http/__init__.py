"""The polite client: the one way from here to other people's servers."""

from __future__ import annotations

from django.conf import settings

from ingest.sources.http.client import PoliteClient
from ingest.sources.http.pace import Pace

__all__ = ["PoliteClient", "polite_client"]


def polite_client() -> PoliteClient:
    """A client as the settings want it, for one poll of one source. Use it as a context manager."""
    return PoliteClient(
        user_agent=settings.FETCH_USER_AGENT,
        pace=Pace(settings.CACHES["default"]["LOCATION"]),
        seconds_between_requests=settings.FETCH_SECONDS_BETWEEN_REQUESTS,
        allow_loopback=settings.FETCH_ALLOW_LOOPBACK,
    )
