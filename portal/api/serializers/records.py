"""How a record becomes JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from opportunities.parsed_notice import Moment
from portal.lib.money import Money


# Reads the attributes of a record that its fields name; None stays null. The schema tells what stands in a
# docstring to everyone, so that this is none.
class RecordSerializer(serializers.Serializer[Any]):
    def to_representation(self, instance: Any) -> dict[str, Any]:
        told = {}
        for name, read, write in self._ways:
            value = read(instance)
            told[name] = None if value is None else write(value)
        return told

    @cached_property
    def _ways(self) -> list[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]]:
        wanted = self.context.get("fields") if self._is_outermost() else None
        return [
            (name, attrgetter(str(field.source)), field.to_representation)
            for name, field in self.fields.items()
            if wanted is None or name in wanted
        ]

    def _is_outermost(self) -> bool:
        parent = self.parent
        return parent is None or (isinstance(parent, serializers.ListSerializer) and parent.parent is None)


class _MoneyShape(serializers.Serializer[Any]):
    """An amount with its currency. The amount is a text, so that nothing rounds it."""

    amount = serializers.DecimalField(20, 2)
    currency = serializers.CharField(help_text="ISO 4217", min_length=3, max_length=3)


class _MomentShape(serializers.Serializer[Any]):
    """A moment as a notice states it. Where it states a day alone, `at` is the day's last second in India."""

    at = serializers.DateTimeField()
    has_time = serializers.BooleanField()


@extend_schema_field(_MoneyShape)
class MoneyField(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Money) -> dict[str, str]:
        return {"amount": decimal_text(value.amount), "currency": value.currency}


@extend_schema_field(_MomentShape)
class MomentField(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Moment) -> dict[str, Any]:
        return {"at": moment_text(value.at), "has_time": value.has_time}


class WhenField(serializers.DateTimeField):
    """A moment in UTC."""

    def to_representation(self, value: Any) -> str:
        return moment_text(value)


class TextsField(serializers.ListField):
    """A list of texts as it is."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[Any]:
        return list(data)


class WordsField(serializers.CharField):
    """A text as it is; "" where it isn't stated."""

    def to_representation(self, value: Any) -> str:
        return str(value)


def decimal_text(value: Decimal) -> str:
    return f"{value:.2f}"


def moment_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
