"""How pages are served where ``./setu`` does it."""

from __future__ import annotations

WORKERS = 2


def web_server(port: int) -> tuple[str, ...]:
    """The module that serves the pages on loopback, and its arguments."""
    listening = f"--bind=127.0.0.1:{port}"
    return ("gunicorn", "portal.wsgi", listening, f"--workers={WORKERS}", "--preload", "--log-level=warning")
