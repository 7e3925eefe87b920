"""How a page is built, whatever it says, and what a new layout changes about the ones we know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.reading.labels import label_key

# A page that leaves out what it has nothing to say about is judged by what all of so many have in common.
ENOUGH_PAGES = 3
MOST_LABELS = 150
LONGEST_LABEL = 100


class PageType(StrEnum):
    """Which of a source's pages. Worded in templatetags.source_words."""

    INDEX = "index"
    LIST = "list"
    TENDER = "tender"
    NOTICE = "notice"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Layout:
    """Labels in the page's order and spelling, and where they stand: elements and their classes."""

    page: PageType
    path: str
    labels: tuple[str, ...]
    # A table has all of its columns, always. A page of labelled values leaves out what isn't stated.
    has_all_labels: bool

    def fingerprint(self) -> str:
        """The same for two pages of one layout. Small changes of spelling are none."""
        keys = [label_key(label) for label in self.labels]
        told = [self.page, self.path, *(keys if self.has_all_labels else sorted(set(keys)))]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LayoutChange:
    """What is new and what is gone, as the pages spell it. Neither: the same labels stand elsewhere."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def layout_of(page: PageType, path: str, labels: Iterable[str], *, has_all_labels: bool) -> Layout:
    """A layout of labels as they were found: no empty ones, none too long to be a label."""
    kept = [label[:LONGEST_LABEL] for label in labels if label.strip()]
    return Layout(page, path, tuple(kept[:MOST_LABELS]), has_all_labels)


def tells_enough(shown: Sequence[Layout], *, pages: int) -> bool:
    """Whether so many pages can be judged by their layouts."""
    return shown[-1].has_all_labels or pages >= ENOUGH_PAGES


def change_between(known: Sequence[Layout], shown: Sequence[Layout]) -> LayoutChange | None:
    """What the layouts shown change about those known of one type of page, the latest known last.

    None: nothing, or there is nothing to compare them with.
    """
    if not known:
        return None
    if shown[-1].has_all_labels:
        fingerprints = {layout.fingerprint() for layout in known}
        unknown = next((layout for layout in shown if layout.fingerprint() not in fingerprints), None)
        return None if unknown is None else _difference([known[-1]], [unknown])
    change = _difference(known, shown)
    have_moved = not {layout.path for layout in known} & {layout.path for layout in shown}
    return change if change.new or change.gone or have_moved else None


def _difference(known: Sequence[Layout], shown: Sequence[Layout]) -> LayoutChange:
    """Labels of every page shown that no known one has, and the other way round."""
    new = _on_each(shown).keys() - _on_any(known).keys()
    gone = _on_each(known).keys() - _on_any(shown).keys()
    return LayoutChange(
        tuple(words for key, words in _on_any(shown).items() if key in new),
        tuple(words for key, words in _on_any(known).items() if key in gone),
    )


def _on_any(layouts: Sequence[Layout]) -> dict[str, str]:
    return {label_key(label): label for layout in layouts for label in layout.labels}


def _on_each(layouts: Sequence[Layout]) -> dict[str, str]:
    on_any = _on_any(layouts)
    keys = [{label_key(label) for label in layout.labels} for layout in layouts]
    return {key: words for key, words in on_any.items() if all(key in found for found in keys)}
