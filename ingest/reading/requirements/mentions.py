"""Whether a text speaks of anything that the rules look for, decided quickly: hardly any text does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# How the words begin that any rule looks for. Nearly all of a text can be passed over by these alone.
_BEGINNING = re.compile(
    r"""\b(?:
    144|architect|bid|bis|ce|cert|cmm|commissioned|companies|completed|consorti|contractor|cost|digital
    |document|dsc|earnest|emd|employees|engineer|enlist|epf|esi|executed|exempt|experience|expert|gst|hard
    |implemented|in|iso|joint|jv|land|local|make|manpower|mtcte|nabl|net|pan|personnel|physical|ppp|pre
    |processing|professional|project|registered|registration|relax|resources|rfp|similar|soc|solvency
    |specialist|staff|stqc|team|technician|tender|turn|ul|waive
    )""",
    re.VERBOSE,
)


def mention_finder(mentions: Iterable[re.Pattern[str]]) -> Callable[[str], bool]:
    """A function that says whether any of ``mentions`` occurs in a text, letters' case aside."""
    any_of_them = re.compile("|".join(f"(?:{one.pattern})" for one in mentions), re.IGNORECASE)

    def mentions_any(text: str) -> bool:
        # Lower case may be longer than what it is made from, and other letters count as an i or an s.
        if not text.isascii():
            return any_of_them.search(text) is not None
        starts = _BEGINNING.finditer(text.lower())
        return any(any_of_them.match(text, start.start()) for start in starts)

    return mentions_any
