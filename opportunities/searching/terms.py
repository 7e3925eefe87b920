"""What the words of a search came to be: each a term, to be found in any of its spellings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Each phrase stands somewhere in the text, its words beside each other.
Phrases = tuple[str, ...]


class Reading(StrEnum):
    """How a term was understood, for telling it."""

    AS_WRITTEN = "as_written"
    SWEDISH = "swedish"  # looked for in English
    ABBREVIATION = "abbreviation"  # also looked for in full, or the other way round
    CORRECTED = "corrected"  # nothing says it; something says what is nearly it
    MISSING = "missing"  # nothing says it, nor anything like it


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must stand in what is found, or, where excluded, must not."""

    written: str
    choices: tuple[Phrases, ...]  # any of these will do, in English
    reading: Reading = Reading.AS_WRITTEN
    is_excluded: bool = False
    corrected: str = ""  # what was taken instead of what is written

    @property
    def told(self) -> tuple[str, ...]:
        """Other words it is looked for under, as they are shown: at most four."""
        spelt = (" + ".join(phrases) for phrases in self.choices)
        return tuple(dict.fromkeys(text for text in spelt if text.casefold() != self.written.casefold()))[:4]
