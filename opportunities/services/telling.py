from __future__ import annotations

from dataclasses import dataclass

from opportunities.parsed_notice import ParsedNotice
from opportunities.serialization import Json

NoticeKey = tuple[str, str]  # notice_id, content_hash
ProcessKey = tuple[str, str]  # publisher, process_id


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice on its way into the record, in the form in which it is kept."""

    parsed: ParsedNotice
    content: Json
    content_hash: str

    @property
    def process(self) -> ProcessKey:
        return self.parsed.process

    @property
    def key(self) -> NoticeKey:
        return self.parsed.notice_id, self.content_hash
