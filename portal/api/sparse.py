"""``?fields=``: only what is asked for."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from portal.api.parameters import Parameter


def fields_parameter(serializer: type[BaseSerializer[Any]]) -> Parameter:
    """The parameter that names fields of what a serializer tells."""
    names: dict[str, Any] = getattr(serializer, "_declared_fields", {})
    about = "Only these fields, with commas between them: then none of the others is required"
    return Parameter("fields", about, choices=tuple(names), is_joined=True, most=len(names))


def kept_fields(request: Request) -> frozenset[str] | None:
    """The fields that are asked for, None for all."""
    said = request.GET.get("fields")
    return None if said is None else frozenset(said.split(","))
