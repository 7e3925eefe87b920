"""Whether a tender may be what a project has come to. Pure: it ranks, and a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from opportunities.sameness.names import buyer_likeness, plain_words
from portal.lib.money import Money

PROPOSED_FROM = 45
_SAME_BUYER = 85
# A work names more fields in passing than it is about.
_MAINLY = 3
_EARLY_BY = timedelta(days=183)  # a tender may come sooner than was foretold
# In every title, whatever is bought.
_COMMON = frozenset({
    "a", "an", "and", "at", "based", "basis", "by", "city", "commissioning", "construction", "core",
    "cum", "design", "detailed", "development", "dpr", "eoi", "execution", "existing", "for",
    "from", "implementation", "in", "including", "installation", "into", "its", "limited",
    "maintenance", "mission", "municipal", "new", "nit", "of", "on", "online", "operation",
    "operations", "phase", "project", "projects", "proposal", "providing", "report", "request",
    "rfp", "scheme", "selection", "setting", "smart", "state", "supply", "system", "systems",
    "tender", "testing", "the", "through", "to", "under", "up", "urban", "various", "ward", "wards",
    "with", "work", "works", "year", "years", "zone", "zones",
})  # fmt: skip
_SHORTEST_STEM = 4


class LinkGround(StrEnum):
    """What speaks for a link."""

    CITY = "city"
    BUYER = "buyer"
    TITLE = "title"
    SCOPE = "scope"
    VALUE = "value"
    TIME = "time"
    SCHEME = "scheme"
    DOMAIN = "domain"


_OF_THE_WORK = (LinkGround.TITLE, LinkGround.SCOPE, LinkGround.DOMAIN)


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two is known by. ``None`` or "" means not stated."""

    title: str
    description: str = ""
    buyer_name: str = ""
    city: str = ""
    state: str = ""
    scheme: str = ""
    domains: tuple[str, ...] = ()  # fields of work, the plainest first; () where nobody has read it yet
    value: Money | None = None
    begins: date | None = None  # when its tender is expected from; when the tender was published


@dataclass(frozen=True, slots=True)
class GroundFound:
    ground: LinkGround
    points: int
    words: tuple[str, ...] = ()  # that both say


@dataclass(frozen=True, slots=True)
class LinkLikeness:
    points: int  # 0 to 100
    grounds: tuple[GroundFound, ...]

    @property
    def is_worth_asking(self) -> bool:
        """The place alone is none, however well it agrees: a city buys many things."""
        return self.points >= PROPOSED_FROM and any(found.ground in _OF_THE_WORK for found in self.grounds)


def link_likeness(project: Side, tender: Side) -> LinkLikeness:
    """How alike they are, in grounds that add up to 100 at most; none where they lie in different places."""
    if _lie_apart(project, tender):
        return LinkLikeness(0, ())
    found = [
        _of_place(project, tender),
        _of_buyer(project, tender),
        _of_words(LinkGround.TITLE, project.title, tender.title, 30),
        _of_scope(project, tender),
        _of_domain(project, tender),
        _of_value(project, tender),
        _of_time(project, tender),
        _of_scheme(project, tender),
    ]
    grounds = tuple(ground for ground in found if ground is not None)
    return LinkLikeness(sum(ground.points for ground in grounds), grounds)


def _lie_apart(one: Side, other: Side) -> bool:
    if one.city and other.city:
        return one.city != other.city
    return not (one.state and one.state == other.state)


def _of_place(one: Side, other: Side) -> GroundFound | None:
    return GroundFound(LinkGround.CITY, 20, (one.city,)) if one.city and one.city == other.city else None


def _of_buyer(one: Side, other: Side) -> GroundFound | None:
    if buyer_likeness(one.buyer_name, other.buyer_name) < _SAME_BUYER:
        return None
    return GroundFound(LinkGround.BUYER, 10, (other.buyer_name,))


def _of_words(ground: LinkGround, one: str, other: str, most: int) -> GroundFound | None:
    """By what share of the shorter text's own words stands in the other."""
    left, right = _stems(one), _stems(other)
    shared = left.keys() & right.keys()
    fewest = min(len(left), len(right))
    if not shared or (len(shared) < 2 and fewest > 2):
        return None
    points = round(most * min(1.0, len(shared) / fewest * 1.25))
    return GroundFound(ground, points, tuple(left[stem] for stem in left if stem in shared))


def _of_scope(project: Side, tender: Side) -> GroundFound | None:
    """What the titles don't share but the texts do."""
    titles = _stems(project.title).keys() & _stems(tender.title).keys()
    left = _stems(f"{project.title} {project.description}")
    right = _stems(f"{tender.title} {tender.description}")
    shared = [stem for stem in left if stem in right and stem not in titles]
    if len(shared) < 2:
        return None
    return GroundFound(LinkGround.SCOPE, min(15, 3 * len(shared)), tuple(left[stem] for stem in shared[:6]))


def _of_domain(project: Side, tender: Side) -> GroundFound | None:
    shared = [field for field in project.domains[:_MAINLY] if field in tender.domains[:_MAINLY]]
    return GroundFound(LinkGround.DOMAIN, 10, tuple(shared)) if shared else None


def _of_value(one: Side, other: Side) -> GroundFound | None:
    if one.value is None or other.value is None or one.value.currency != other.value.currency:
        return None
    low, high = sorted((one.value.amount, other.value.amount))
    return GroundFound(LinkGround.VALUE, 5) if low > 0 and high / low <= Decimal(2) else None


def _of_time(project: Side, tender: Side) -> GroundFound | None:
    if project.begins is None or tender.begins is None or tender.begins < project.begins - _EARLY_BY:
        return None
    return GroundFound(LinkGround.TIME, 5)


def _of_scheme(one: Side, other: Side) -> GroundFound | None:
    is_same = one.scheme and one.scheme.casefold() == other.scheme.casefold()
    return GroundFound(LinkGround.SCHEME, 5, (one.scheme,)) if is_same else None


def _stems(text: str) -> dict[str, str]:
    """The words that tell a work from another, each by its beginning, in the order of the text."""
    words = (word for word in plain_words(text).split() if word not in _COMMON and not word.isdigit())
    return {_stem(word): word for word in words if len(word) > 2}


def _stem(word: str) -> str:
    """Enough to tell "meters" as "meter" and "lighting" as "lights"."""
    for ending in ("ing", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
