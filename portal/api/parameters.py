"""What may stand after an address's question mark: said once, for checking it and for the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter

from portal.api.problems import Mistake, bad_parameters

MOST_LETTERS = 200
_LETTER = r"[^\s\u0000-\u001f\u007f-\u009f\ufeff]"
_WORDS = rf"^{_LETTER}+( {_LETTER}+)*$"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. ``choices`` empty: any text; ``upto``: a whole number from 1.

    One that may be given several times ``is_many``; one that ``is_joined`` has commas between its choices.
    """

    name: str
    about: str
    choices: tuple[str, ...] = ()
    is_many: bool = False
    is_joined: bool = False
    most: int = 30  # values, where it may be given several times
    upto: int | None = None
    longest: int = MOST_LETTERS

    def documented(self) -> OpenApiParameter:
        one: dict[str, Any] = {
            "type": "string",
            "minLength": 1,
            "maxLength": self.longest,
            "pattern": _WORDS,
        }
        if self.choices:
            one = {"type": "string", "enum": list(self.choices)}
        elif self.upto is not None:
            one = {"type": "integer", "minimum": 1, "maximum": self.upto}
        if self.is_many or self.is_joined:
            one = {"type": "array", "items": one, "maxItems": self.most}
        if self.is_joined:
            one["minItems"] = 1
        return OpenApiParameter(
            self.name,
            one,
            OpenApiParameter.QUERY,
            description=self.about,
            style="form" if self.is_joined else None,
            explode=False if self.is_joined else None,
        )

    def mistakes(self, given: Sequence[str]) -> list[Mistake]:
        if len(given) > (self.most if self.is_many else 1):
            return [Mistake(self.name, gettext("It is given too often."))]
        values = [one for value in given for one in (value.split(",") if self.is_joined else [value])]
        if len(values) > self.most and (self.is_many or self.is_joined):
            return [Mistake(self.name, gettext("It is given too often."))]
        return [Mistake(self.name, why) for value in values if (why := self._refusal(value))]

    def _refusal(self, value: str) -> str:
        if self.choices:
            return (
                "" if value in self.choices else gettext("There is no “%(value)s”.") % {"value": value[:40]}
            )
        if self.upto is not None:
            is_number = value.isascii() and value.isdigit() and len(value) < 10
            is_within = is_number and 1 <= int(value) <= self.upto
            return (
                ""
                if is_within
                else gettext("It must be a whole number from 1 to %(most)s.") % {"most": self.upto}
            )
        if re.fullmatch(_WORDS, value) is None:
            return gettext("It must be words with single spaces between them.")
        return "" if len(value) <= self.longest else gettext("It is too long.")


def mistakes_in(given: Mapping[str, Sequence[str]], known: Sequence[Parameter]) -> list[Mistake]:
    """Each parameter that is unknown or says nothing that is known."""
    by_name = {parameter.name: parameter for parameter in known}
    mistakes = [
        Mistake(name[:100], gettext("There is no such parameter.")) for name in given if name not in by_name
    ]
    for name, values in given.items():
        if name in by_name:
            mistakes += by_name[name].mistakes(values)
    return mistakes


def checked(given: Mapping[str, Sequence[str]], known: Sequence[Parameter]) -> None:
    """Raise a Problem that names what ``mistakes_in`` finds."""
    mistakes = mistakes_in(given, known)
    if mistakes:
        raise bad_parameters(mistakes)
