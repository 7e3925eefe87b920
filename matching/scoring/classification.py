"""What CPV codes are called: a selection of those that cities buy under and Swedish companies state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "vocabulary" / "cpv_labels.txt"
_LEAST_DIGITS = 3  # a group; a division of two digits says too little


@dataclass(frozen=True, slots=True)
class Labels:
    code: str
    sv: str
    en: str


class LabelMistake(ValueError):
    """A line of the selection can't be read. The message names it."""


def _read_labels() -> dict[str, Labels]:
    """By code without its ending zeros; a line is ``38421100 | vattenmätare | water meters``."""
    found: dict[str, Labels] = {}
    for number, line in enumerate(_FILE.read_text("utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        code, *names = (part.strip() for part in line.split("|"))
        if len(names) != 2 or not all(names) or len(code) != 8 or not code.isdigit():
            raise LabelMistake(f"{_FILE.name}, line {number}: not a code, a Swedish and an English label")
        if code.rstrip("0") in found:
            raise LabelMistake(f"{_FILE.name}, line {number}: {code} stands there twice")
        found[code.rstrip("0")] = Labels(code, *names)
    return found


LABELS = _read_labels()


def add_labels(labels: Iterable[Labels]) -> None:
    """Know more codes. Those known already keep their names, which are plainer."""
    for each in labels:
        LABELS.setdefault(each.code.rstrip("0"), each)


def labels_of(code: str) -> Labels | None:
    """What a code is called, or else the narrowest one above it that is known; None where none is."""
    digits = "".join(filter(str.isdigit, code))[:8].rstrip("0")
    while len(digits) >= _LEAST_DIGITS:
        if digits in LABELS:
            return LABELS[digits]
        digits = digits[:-1]
    return None
