from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from opportunities.parsed_notice import Moment
from portal.api.serializers.records import RecordSerializer, WordsField, decimal_text, moment_text
from portal.lib.money import Money


@extend_schema_field({"description": "As the field itself is told; null where it wasn't stated"})
class FactField(serializers.Field[Any, Any, Any, Any]):
    """What a fact was or is, whichever it is."""

    def to_representation(self, value: Any) -> Any:  # noqa: PLR0911  one arm for each kind of fact
        match value:
            case Money():
                return {"amount": decimal_text(value.amount), "currency": value.currency}
            case Moment():
                return {"at": moment_text(value.at), "has_time": value.has_time}
            case datetime():
                return moment_text(value)
            case date():
                return value.isoformat()
            case Decimal():
                return str(value)
            case Enum():
                return str(value)
            case tuple() | list():
                return [self.to_representation(one) for one in value]
        return value


class ChangeSerializer(RecordSerializer):
    field = WordsField()
    before = FactField()
    after = FactField()
