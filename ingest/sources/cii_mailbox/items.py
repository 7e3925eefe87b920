"""Numbered items out of a message's lines, and sentences out of items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.reading.sentences import split_sentences
from ingest.reading.words import tidy
from ingest.sources.cii_mailbox.message import Line

_ITEM = re.compile(r"(?P<indent>\s*)(?:item\s+)?\(?(?P<number>\d{1,2})[.):]\s+(?P<words>\S.*)", re.IGNORECASE)
_END = re.compile(
    r"\s*(?:--\s*$|(?:with |best |kind |warm )*regards\b|yours (?:sincerely|faithfully)|thanking you"
    r"|disclaimer\b|note\s*:|to unsubscribe\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    words: str
    place: str  # where it begins


@dataclass(slots=True)
class Item:
    number: int
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.words for line in self.lines)

    def sentences(self) -> Iterator[Sentence]:
        for start, words in split_sentences(self.text):
            yield Sentence(words, self._place_at(start))

    def _place_at(self, position: int) -> str:
        end = 0
        for line in self.lines:
            end += len(line.words) + 1
            if position < end:
                return line.place
        return self.lines[-1].place


def split_items(lines: tuple[Line, ...]) -> list[Item]:
    """The numbered items, each up to the next or to the greeting at the end.

    Numbers rise, and items stand no further in than the first: else "12. " in a wrapped line begins none.
    """
    items: list[Item] = []
    indent = 0
    for line in lines:
        match = _ITEM.match(line.words)
        if match and _begins_item(items, match, indent):
            indent = len(match["indent"]) if not items else indent
            items.append(Item(int(match["number"]), [replace(line, words=tidy(match["words"]))]))
        elif items and _END.match(line.words):
            break
        elif items and line.words.strip():
            items[-1].lines.append(replace(line, words=tidy(line.words)))
    return items


def _begins_item(items: list[Item], match: re.Match[str], indent: int) -> bool:
    if not items:
        return True
    return int(match["number"]) > items[-1].number and len(match["indent"]) <= indent
