"""The official list of CPV codes with labels in Swedish and English, read and learnt from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.scoring.classification import Labels
from matching.scoring.common_words import SWEDISH_GLUE
from matching.scoring.compounds import Splitter
from matching.scoring.json_lines import UnreadableLines
from matching.scoring.learnt_lexicon import learn_lexicon
from matching.scoring.lexicon import LEXICON
from matching.scoring.words import stem_of, written_words

_COLUMNS = {"code", "sv", "en"}
_CODE = re.compile(r"\d{8}(-\d)?")
_SHORTEST_LEARNT = 4
_ENGLISH_GLUE = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "to",
        "at",
        "on",
        "with",
        "by",
        "from",
        "as",
        "or",
        "an",
        "a",
        "is",
        "be",
        "other",
        "than",
        "not",
    ]
)
# Translations that are less likely than this are guesses.
_LEAST_SURE = 0.25


@dataclass(frozen=True, slots=True)
class Learnt:
    """What labels teach: how to take Swedish words apart, and what the parts are in English."""

    splitter: Splitter
    english: dict[str, tuple[str, ...]]  # by a part's key: the likeliest words, the likeliest first
    read: tuple[str, ...]  # the words that were new

    def words(self) -> dict[str, tuple[str, ...]]:
        """The words as they were read, with their English: those that aren't made of others."""
        found = {word: self.english.get(self.splitter.key_of(word) or "", ()) for word in self.read}
        return {word: english for word, english in found.items() if english}

    def gloss(self, text: str) -> str:
        """The likeliest English of each word, in order; a word that isn't known as it stands."""
        return " ".join(
            self.english[part][0] if self.english.get(part) else part for part in _parts(self.splitter, text)
        )


def read_cpv(path: Path) -> list[Labels]:
    """The codes of a table with the columns code, sv and en, in its order. Raise ``UnreadableLines``."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            if not set(table.fieldnames or ()) >= _COLUMNS:
                raise UnreadableLines(f"{path}: the columns code, sv and en are needed")
            return [_labels(row, f"{path}, row {number}") for number, row in enumerate(table, start=1)]
    except OSError as refused:
        raise UnreadableLines(f"{path}: {refused.strerror}") from refused
    except UnicodeDecodeError as mistake:
        raise UnreadableLines(f"{path}: not UTF-8 ({mistake.reason})") from mistake


def learn_from(labels: Sequence[Labels]) -> Learnt:
    """Learn what translates what, beside what the lexicon knows already."""
    splitter = Splitter(LEXICON)
    new = _add_words(splitter, labels)
    chances = learn_lexicon((_parts(splitter, each.sv), _stems(each.en)) for each in labels)
    written = _written(labels)
    english = {
        part: tuple(written[stem] for stem, chance in found.items() if chance >= _LEAST_SURE)
        for part, found in chances.items()
    }
    for word, translations in LEXICON.items():
        key = splitter.key_of(word)
        if key is not None and not english.get(key):
            english[key] = translations
    return Learnt(splitter, {part: words for part, words in english.items() if words}, new)


def _labels(row: dict[str, str | None], place: str) -> Labels:
    code, sv, en = ((row.get(column) or "").strip() for column in ("code", "sv", "en"))
    if not _CODE.fullmatch(code) or not sv or not en:
        raise UnreadableLines(f"{place}: not a code of eight digits and two labels")
    return Labels(code[:8], sv, en)


def _add_words(splitter: Splitter, labels: Iterable[Labels]) -> tuple[str, ...]:
    """Let it know the labels' words but those made of others. Shorter words first: they are the parts."""
    new = []
    words = {word.group().casefold() for each in labels for word in written_words(each.sv)} - SWEDISH_GLUE
    for word in sorted(words, key=lambda word: (len(word), word)):
        is_known = splitter.key_of(word) is not None
        is_compound = len(splitter.split(word)) > 1 and splitter.is_made_of_known_parts(word)
        if len(word) >= _SHORTEST_LEARNT and not is_known and not is_compound:
            splitter.add(word)
            new.append(word)
    return tuple(new)


def _parts(splitter: Splitter, text: str) -> list[str]:
    words = (word.group().casefold() for word in written_words(text))
    return [part for word in words if word not in SWEDISH_GLUE for part in splitter.split(word)]


def _stems(text: str) -> list[str]:
    words = (word.group().casefold() for word in written_words(text))
    return [stem_of(word, "en") for word in words if word not in _ENGLISH_GLUE]


def _written(labels: Iterable[Labels]) -> dict[str, str]:
    """A word for each English stem, as it is first written."""
    written: dict[str, str] = {}
    for each in labels:
        for word in written_words(each.en):
            written.setdefault(stem_of(word.group().casefold(), "en"), word.group().casefold())
    return written
