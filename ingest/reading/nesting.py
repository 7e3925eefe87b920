"""How deep a page's tags are nested, before a parser is let near it."""

from __future__ import annotations

import re

# Real pages stay below 60. Some work on a page takes time in the square of its depth.
DEEPEST = 500
# Tags that hold nothing, or that need no end tag: their nesting can't be told from their number.
_UNCOUNTED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input",
    "link", "meta", "param", "source", "wbr", "dd", "dt", "li",
    "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})\b")


def is_too_deep(markup: str) -> bool:
    """Whether tags are nested deeper than any page that people write. One linear look, no parsing."""
    depth = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() in _UNCOUNTED:
            continue
        depth += -1 if tag[1] else 1
        if depth > DEEPEST:
            return True
    return False
