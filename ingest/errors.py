"""Two kinds of failure: try again, or tell a person."""

from __future__ import annotations

from datetime import timedelta


class IngestError(Exception):
    """Something went wrong between a source and us. The message is for a person."""


class SourceUnavailable(IngestError):
    """Worth trying again: time-outs, 5xx, rate limits, a stale session.

    ``wait`` is how long the source asks to be left alone, where it does.
    """

    def __init__(self, message: str, *, wait: timedelta = timedelta(0)) -> None:
        super().__init__(message)
        self.wait = wait


class SourceChanged(IngestError):
    """Trying again won't help: the page no longer looks as the parser expects."""


class LogInAsked(SourceChanged):
    """The page is for those who have logged in (401)."""


class FetchRefused(IngestError):
    """We must not fetch this: robots.txt, an address inside a private network, an unknown scheme."""


class CaptchaShown(FetchRefused):
    """The page is for people alone. The visit ends there."""
