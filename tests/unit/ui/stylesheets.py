"""Our style sheets, taken apart as far as the tests need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE_DIR / "portal" / "ui" / "static" / "portal" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};])")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3}(?:[0-9a-f]{3})?);")


@dataclass(frozen=True, slots=True)
class StyleSheet:
    path: Path
    text: str  # without its comments

    @property
    def name(self) -> str:
        return self.path.relative_to(FOLDER).as_posix()

    def heads(self) -> Iterator[tuple[int, str]]:
        """What stands before each opening brace, and how deep: selectors, @media, @layer."""
        depth = 0
        for words, mark in _PIECE.findall(self.text):
            if mark == "{":
                yield depth, " ".join(words.split())
            depth += {"{": 1, "}": -1, ";": 0}[mark]

    def named(self) -> set[str]:
        """The classes that stand alone in a selector: what the sheet styles wherever it is."""
        selectors = ",".join(head for _depth, head in self.heads() if not head.startswith("@")).split(",")
        found = (re.fullmatch(r"\.([a-z][\w-]*)", selector.strip()) for selector in selectors)
        return {match[1] for match in found if match}

    def classes(self) -> set[str]:
        selectors = (head for _depth, head in self.heads() if not head.startswith("@"))
        return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


@cache
def style_sheets() -> tuple[StyleSheet, ...]:
    found = sorted(FOLDER.rglob("*.css"))
    return tuple(StyleSheet(path, _COMMENT.sub("", path.read_text(encoding="utf-8"))) for path in found)


@cache
def palettes() -> dict[str, dict[str, str]]:
    """The colours by their tokens' names, in each theme."""
    light, _, dark = next(sheet.text for sheet in style_sheets() if sheet.name == "tokens.css").partition(
        "prefers-color-scheme: dark"
    )
    lit = dict(_COLOUR.findall(light))
    return {"light": lit, "dark": lit | dict(_COLOUR.findall(dark))}


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21, as WCAG 2 reckons it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(full[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
