"""Two kinds of failure: try again, or tell a person."""


class IngestError(Exception):
    """Something went wrong between a source and us. The message is for a person."""


class SourceUnavailable(IngestError):
    """Worth trying again: time-outs, 5xx, rate limits, a stale session."""


class SourceChanged(IngestError):
    """Trying again won't help: the page no longer looks as the parser expects."""


class FetchRefused(IngestError):
    """We must not fetch this: robots.txt, an address inside a private network, an unknown scheme."""
