"""Sentences out of what people write, each as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words before a full stop that end no sentence.
_ABBREVIATIONS = frozenset(
    [
        "rs",
        "no",
        "nos",
        "viz",
        "approx",
        "govt",
        "dept",
        "dr",
        "st",
        "smt",
        "sq",
        "m/s",
        "i.e",
        "e.g",
        "min",
        "max",
        "sl",
        "sr",
        "cl",
        "para",
        "vol",
        "ref",
        "incl",
    ]
)
_STOP = re.compile(r"(?:[.!?;]+|\s[•▪‣●]|\n)\s*(?<=[\s•▪‣●])(?=[A-Z(₹•▪‣●])")


def split_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence and where in the text it begins."""
    start = 0
    for stop in _STOP.finditer(text):
        before = text[start : stop.start()].rsplit(None, 1)
        if not before or (text[stop.start()] == "." and before[-1].casefold() in _ABBREVIATIONS):
            continue
        yield start, text[start : stop.start() + 1].strip()
        start = stop.end()
    if text[start:].strip():
        yield start, text[start:].strip()
