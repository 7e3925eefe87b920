"""What kind of deal a tender is, where it is none for a company that makes and delivers things.

"Sweeping of streets in ward 4" asks for hands and not for a sweeping machine; "leasing out of ferry services"
gives a right to run ferries and buys none. Both are in the field of who makes such things; nobody buys any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HANDS, LET_OUT = "hands", "let-out"

# What the subject counts where the deal isn't of the company's kind. From 0.4 to 0.75 it made no difference.
OTHER_DEAL_SHARE = 0.65

_FEW_WORDS = r"(?:(?!(?:for|to|in|at|with)\b)[\w./]+\s+){0,3}?"
_NOT_STAFF = r"(?!\s+(?:quarters?|rooms?|colony|training|bus))"
_STAFF = rf"(?:man\s?power|human resources?|staff|workers?|labou?rs?)\b{_NOT_STAFF}"
_KINDS = {
    HANDS: re.compile(
        rf"\b(?:(?:supply|providing|deployment|engagement|outsourcing|hiring)\s+{_FEW_WORDS}{_STAFF}"
        r"|door to door (?:\w+ )?(?:collection|garbage|waste|sanitation)"
        r"|(?:road|street) sweeping(?! (?:machine|vehicle|truck|equipment))"
        r"|sweeping (?:of|and cleaning)|cleaning\s*(?:and|/|&)\s*sweeping"
        r"|(?:manual|regular|daily) cleaning|cleaning of (?:\w+ )?(?:drain|street|road|toilet|room|office)s?"
        r"|sanitation (?:work|service)s? (?:in ward|in zone|including)"
        r"|house\s?keeping|watch (?:and|&) ward|security guards?|watchm[ae]n)\b",
        re.IGNORECASE,
    ),
    LET_OUT: re.compile(
        r"\b(?:(?:leas|lett|rent)ing out|leasing of|lease (?:of|rent|out)|lease/\s?rent|auction(?:ing)?"
        r"|sale of (?:old|used|scrap|surplus|unserviceable|condemned)"
        r"|settlement of (?:\w+ )?(?:ferry|ghat|market|hat|bazaar|parking))\b",
        re.IGNORECASE,
    ),
}
# Where something is bought, built or worked out before any of that is said, that is what the tender is for.
_BUYS = re.compile(
    r"\b(?:suppl(?:y|ying)|procur\w+|purchas\w+|install\w*|construct\w*|design\w*|fabricat\w+|manufactur\w+|"
    r"erection|replacement|renovat\w+|upgrad\w+|repair\w*|consult\w+|advis\w+|systems?|software|vehicles?|"
    r"machin\w+|equipments?)\b",
    re.IGNORECASE,
)
# By what a company says that it makes such deals itself.
_OFFERS = {
    HANDS: re.compile(
        r"\b(?:städning|städtjänster?|lokalvård|gatsopning|sophämtning|bemanning|väktare|fastighetsskötsel"
        r"|cleaning services?|house\s?keeping|staffing|manpower|security guards?|facility management"
        r"|(?:waste|garbage) collection services?|(?:street|road) (?:sweeping|cleaning) services?)\b",
        re.IGNORECASE,
    ),
    LET_OUT: re.compile(
        r"\b(?:(?:trafik|färje|parkerings)operatör|skrothandel|arrende|operating concessions?"
        r"|(?:ferry|parking|transport) operator|scrap (?:dealer|trader|trading)|leasehold)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Deal:
    """``HANDS`` or ``LET_OUT``, and the words that say so, as they are written."""

    kind: str
    text: str


def deal_of(texts: Sequence[str]) -> Deal | None:
    """The kind by the first of a tender's texts that tells any; None where something is bought or built."""
    for place, text in enumerate(texts):
        told = [(found, kind) for kind, pattern in _KINDS.items() if (found := pattern.search(text))]
        if told:
            found, kind = min(told, key=lambda pair: pair[0].start())
            before = (*texts[:place], text[: found.start()])
            return None if any(map(_BUYS.search, before)) else Deal(kind, found.group())
    return None


def deals_offered(texts: Sequence[str]) -> frozenset[str]:
    """The kinds of deal that a company makes itself, by a profile's texts."""
    return frozenset(kind for kind, pattern in _OFFERS.items() if any(map(pattern.search, texts)))
