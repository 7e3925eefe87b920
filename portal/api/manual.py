"""What the API's document tells, as people read it: what there is to ask, with what, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Field:
    """What is sent or told. ``name`` leads through what it stands in, by points: ``value.amount``."""

    name: str
    kind: str
    about: str = ""
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    is_many: bool = False
    least: int | None = None
    most: int | None = None
    place: str = ""  # path, query or header


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    slug: str
    method: str
    address: str
    about: str
    scope: str  # empty where everybody may ask
    parameters: tuple[Field, ...]
    sent: tuple[Field, ...]
    sample: str  # JSON of what has to be sent, to fill in
    told: tuple[Field, ...]
    answers: tuple[Answer, ...]

    @property
    def in_address(self) -> list[Field]:
        return [each for each in self.parameters if each.place == "path"]

    @property
    def in_query(self) -> list[Field]:
        return [each for each in self.parameters if each.place == "query"]

    @property
    def in_headers(self) -> list[Field]:
        """But for the language, which the page's own is."""
        return [each for each in self.parameters if each.place == "header" and each.name != "Accept-Language"]

    def address_with(self, given: Mapping[str, Sequence[str]]) -> str:
        """The address with the parameters that are filled in. Raises LookupError where a part of it isn't."""
        filled = {name: [one for one in values if one] for name, values in given.items()}
        parts = {each.name: quote(filled[each.name][0], safe="") for each in self.in_address}
        asked = urlencode([(each.name, one) for each in self.in_query for one in filled.get(each.name, [])])
        return self.address.format(**parts) + (f"?{asked}" if asked else "")


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    about: str
    operations: tuple[Operation, ...]
