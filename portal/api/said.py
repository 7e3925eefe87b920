"""What programs send: exactly what is documented, of exactly the kinds that are documented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.request import Request

from portal.api.problems import Mistake, unknown_fields

LARGEST_ID = 2**53 - 1
MOST_AHEAD = timedelta(days=5 * 366)  # of a moment that somebody decides on
# One line with something on it; several, which may be blank. Controls and halves of letters are neither.
_NO_TEXT = r"\u0000-\u001f\u007f-\u009f"
_LINE = rf"^[^{_NO_TEXT}]*[^\s{_NO_TEXT}\ufeff][^{_NO_TEXT}]*$"
_WORDS = rf"^[^{_NO_TEXT}]*$"
_LINES = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
_AMOUNT = r"^[0-9]{{1,{whole}}}(\.[0-9]{{1,{places}}})?$"
Serializer = TypeVar("Serializer", bound="Said")


# What isn't documented is refused. The schema tells docstrings to everyone, so that this is none.
class Said(serializers.Serializer[Any]):
    pass


# What is sent to an address that says all.
class NothingSaid(Said):
    pass


class SaidShape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    target_class = "portal.api.said.Said"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        shape = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        properties = {name: _without_twin(field) for name, field in shape["properties"].items()}
        return {**shape, "properties": properties, "additionalProperties": False}


def _without_twin(field: dict[str, Any]) -> dict[str, Any]:
    """A text that may be blank is told as one of two, of which a blank one would be both."""
    blank = {"type": "string", "maxLength": 0}
    if blank not in field.get("oneOf", []):
        return field
    (text,) = (one for one in field["oneOf"] if one != blank)
    return {**{name: value for name, value in field.items() if name != "oneOf"}, **text}


class Shaped:
    """A field whose text follows a pattern."""

    pattern: str


class ShapeOfText(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "portal.api.said.Shaped"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:
        shape = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        return {**shape, "pattern": self.target.pattern}


def said(kind: type[Said], request: Request) -> dict[str, Any]:
    """What the body says. Raises a Problem: 400 for fields that there aren't, 422 for what doesn't hold."""
    form = kind(data=request.data)
    unknown = _unknown(form, request.data)
    if unknown:
        raise unknown_fields(Mistake(name[:100], gettext("There is no such field.")) for name in unknown)
    form.is_valid(raise_exception=True)
    told: dict[str, Any] = form.validated_data
    return told


def _unknown(form: Any, given: Any, way: str = "") -> list[str]:
    """The ways to fields that aren't documented, however deep."""
    if isinstance(form, serializers.ListSerializer):
        rows = given if isinstance(given, list) else []
        return [name for at, row in enumerate(rows) for name in _unknown(form.child, row, f"{way}{at}.")]
    if not isinstance(form, Said) or not isinstance(given, Mapping):
        return []
    found = [f"{way}{name}" for name in given if name not in form.fields]
    for name, field in form.fields.items():
        if name in given:
            found += _unknown(field, given[name], f"{way}{name}.")
    return found


class _Text(Shaped, serializers.CharField):
    """A text, and nothing that could be made one."""

    default_error_messages = {"unreadable": _("It holds letters that no text has.")}
    pattern = _LINE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None:
            if not isinstance(data, str):
                self.fail("invalid")
            if re.fullmatch(self.pattern, data) is None:
                self.fail("blank" if not data.strip() else "unreadable")
        value = super().run_validation(data)
        return value.strip() if isinstance(value, str) else value


class LineIn(_Text):
    """One line that isn't blank."""


class WordsIn(_Text):
    """One line, or none."""

    pattern = _WORDS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, **kwargs)


class LinesIn(_Text):
    """Any number of lines, also none."""

    pattern = _LINES

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, **kwargs)


class CodeIn(_Text):
    """A code of the CPV, with its check digit or without."""

    pattern = r"^[0-9]{8}(-[0-9])?$"


class WholeIn(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        is_whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not is_whole:
            self.fail("invalid")
        return super().to_internal_value(int(data))


class IdIn(WholeIn):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class YesNoIn(serializers.BooleanField):
    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and not isinstance(data, bool):
            self.fail("invalid", input=data)
        return super().run_validation(data)


class ChoiceIn(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        if data not in self.choices:
            self.fail("invalid_choice", input=data)
        return data


class AmountIn(Shaped, serializers.CharField):
    """A number that isn't below zero, as a text, so that nothing rounds it."""

    default_error_messages = {"number": _("Write it as a text of figures, such as “42.5”.")}

    def __init__(self, *, whole: int, places: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern = _AMOUNT.format(whole=whole, places=places)

    def to_internal_value(self, data: Any) -> Any:
        return Decimal(data)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        is_text = isinstance(data, str) and re.fullmatch(self.pattern, data) is not None
        if data is not serializers.empty and data is not None and not is_text:
            self.fail("number")
        return super().run_validation(data)


class MomentIn(serializers.DateTimeField):
    """A moment that says how far its clock is from UTC, in the past or a few years ahead."""

    default_error_messages = {
        "zone": _("Say how far the clock is from UTC, such as 2026-11-20T12:00:00Z."),
        "far": _("That is too far away."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            self.fail("zone")
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError:
            self.fail("zone")
        if moment.tzinfo is None:
            self.fail("zone")
        if moment > timezone.now() + MOST_AHEAD:
            self.fail("far")
        return moment
