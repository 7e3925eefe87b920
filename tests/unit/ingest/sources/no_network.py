from __future__ import annotations

from collections.abc import Mapping

from ingest.sources.base import FetchedDocument


class NoNetwork:
    """A client whose every request is a mistake, but for those that a test's own client answers."""

    def get(self, url: str) -> FetchedDocument:
        raise AssertionError(url)

    def post(self, url: str, form: Mapping[str, str]) -> FetchedDocument:
        raise AssertionError(url, form)

    def carry(self, token: str, *, to: str) -> None:
        raise AssertionError(token, to)

    def kept(self, url: str) -> None:
        del url

    def leave_off(self, at: str = "") -> None:
        self.left_off_at = at
