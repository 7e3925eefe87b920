"""Names of buyers as portals and people write them, and which body a chain of offices belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from opportunities.buyers.records import BuyerKind
from opportunities.places import CITIES, City, find_city
from opportunities.places.find import states_named
from opportunities.sameness.names import plain_words

# What a portal writes behind an office's name: "Municipal Council Solan - UDDHP", "Pune Smart City (PSCDCL)".
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|[-–,]\s*(?=\w*[A-Z]\w*[A-Z])\w{2,8})\s*$")
# In many names, and in none of them what tells it from another's.
_SILENT = frozenset({"and", "limited", "of", "office", "private", "the"})
# Only where the old name is the whole city's and no other place's.
_NAMES_NOW = {
    alias.casefold(): city.name.casefold()
    for city in CITIES
    for alias in city.aliases
    if not city.is_ambiguous and alias.isalpha() and not alias.isupper() and city.name.isalpha()
}
# An office inside a body: never a buyer of its own.
_OFFICE = re.compile(
    r"\b(?:branch|cell|circle|collector|commissioner|director|division|engineer|manager|office|officer|secretariat"
    r"|secretary|section|se|ee|ce|subdivision|superintendent|unit|wing|xen|zone)\b"
)
_BODY = re.compile(
    r"\b(?:agency|authority|bank|board|college|commission|company|corporation|council|department|directorate"
    r"|federation|institute|institution|limited|mahanagar\w*|mission|municipal\w*|nagar(?:palika| palika"
    r"| parishad| panchayat)|nigam|palika|palike|panchayat|parishad|pradhikaran|smart cit(?:y|ies)|society"
    r"|trust|university)\b"
)
# The first that a name holds tells its kind.
_KINDS: tuple[tuple[re.Pattern[str], BuyerKind], ...] = (
    (re.compile(r"\bsmart (?:city|cities|mission|projects)\b"), BuyerKind.CITY_SPV),
    (re.compile(r"\bdevelopment authority|pradhikaran\b"), BuyerKind.AUTHORITY),
    (
        re.compile(r"\b(?:bijli|discom|electricity|grid|jal|metro|power|sewerage|transport|vidyut|water)\b"),
        BuyerKind.UTILITY,
    ),
    (
        re.compile(r"\b(?:mahanagar\w*|municipal\w*|nagar|city corporation|palik[ae]|cantonment)\b"),
        BuyerKind.MUNICIPAL,
    ),
    (re.compile(r"\b(?:ministry|national|bharat|indian|india|central)\b"), BuyerKind.CENTRAL),
    (
        re.compile(r"\b(?:agency|board|corporation|department|directorate|limited|mission|pwd|state)\b"),
        BuyerKind.STATE,
    ),
)


@lru_cache(maxsize=8_192)
def buyer_key(name: str) -> str:
    """What two spellings of one body's name share; "" where it holds no word.

    Words count in any order, abbreviations and a city's old name as what they stand for, and what a portal
    puts behind a name not at all.
    """
    words = plain_words(_bare(name)).split()
    return " ".join(sorted({_NAMES_NOW.get(word, word) for word in words} - _SILENT))


def bodies_named(name: str, chain: Sequence[str]) -> tuple[str, ...]:
    """The names among which a notice's buyer is, the nearest first: its own, then up the chain of offices.

    Names that are written alike stand once.
    """
    by_key: dict[str, str] = {}
    for one in (*name.split("||")[::-1], *reversed(chain)):
        if key := buyer_key(one):
            by_key.setdefault(key, one.strip())
    return tuple(by_key.values())


def waiting_name(names: Sequence[str], *, is_known: bool) -> str:
    """Of names that mean nothing yet, nearest first, the one to ask about; "" where there is no need.

    The nearest that is a body's. Else, unless a known body stands above them, the topmost.
    """
    body = next((name for name in names if is_body(name)), "")
    return body if body or is_known or not names else names[-1]


@lru_cache(maxsize=8_192)
def is_body(name: str) -> bool:
    """Whether it is called as a body is, and not as an office within one."""
    words = plain_words(_bare(name))
    return bool(_BODY.search(words)) and not _OFFICE.search(words)


def likely_kind(name: str) -> BuyerKind:
    """What kind of body its words speak of. A guess for a person to confirm."""
    words = plain_words(name)
    return next((kind for pattern, kind in _KINDS if pattern.search(words)), BuyerKind.OTHER)


def city_in_name(name: str) -> City | None:
    """The one of the hundred cities that a body's name holds."""
    return find_city(name, states=())


def names_a_place(name: str) -> bool:
    """Whether a name holds one of the hundred cities or a state, and so means one body wherever it stands."""
    return city_in_name(name) is not None or bool(states_named(name))


def _bare(name: str) -> str:
    shorter = _BEHIND.sub("", name)
    # One word that is left would stand for too many: "PWD-BTC".
    return shorter if len(plain_words(shorter).split()) > 1 else name
