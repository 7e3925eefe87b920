from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to whoever asked."""

    body: str
    status: int = 200
    media_type: str = "text/html;charset=UTF-8"
    cookie: str | None = None
    location: str | None = None
    retry_after: int | None = None  # seconds
