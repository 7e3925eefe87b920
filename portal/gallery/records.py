from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Within(StrEnum):
    """What a component stands in on its page, where it can't stand alone: an element and its classes."""

    NOTHING = ""
    LIST = "ul"
    ANSWERS = "ul answers"
    PARTS = "ul parts"
    CARDS = "ol list"
    STAGES = "ol stages"
    FACTS = "dl facts"
    FIGURES = "dl figures"
    LINE = "p"
    TABLE = "table changes"

    @property
    def tag(self) -> str:
        return self.value.partition(" ")[0]

    @property
    def css(self) -> str:
        return self.value.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Example:
    """One component in one state. ``given`` is all that it gets, but for the page's request and its token."""

    component: str  # the file's name in templates/components, without .html
    state: str  # in a few English words
    given: Mapping[str, object]
    within: Within = Within.NOTHING


@dataclass(frozen=True, slots=True)
class Subject:
    """Components that belong together. They are made anew for each page, in its language."""

    key: str
    title: str
    examples: Callable[[], Iterator[Example]]
