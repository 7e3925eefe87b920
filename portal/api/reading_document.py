"""From the OpenAPI document to what people read of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.api.document import openapi_document
from portal.api.manual import Answer, Chapter, Field, Operation

Written = Mapping[str, Any]  # a part of the document
_EMPTY = {"string": "", "integer": 0, "number": 0, "boolean": False, "object": {}}


@cache
def chapters() -> tuple[Chapter, ...]:
    """Everything that the document describes, in its own order."""
    return chapters_of(openapi_document())


def chapters_of(document: Written) -> tuple[Chapter, ...]:
    """By the first tag of each operation; a tag that none has is left out."""
    reader = _Reader(document)
    by_tag: dict[str, list[Operation]] = {}
    for address, methods in document["paths"].items():
        for method, told in methods.items():
            by_tag.setdefault(told["tags"][0], []).append(reader.operation(method, address, told))
    return tuple(
        Chapter(tag["name"], tag["description"], tuple(by_tag[tag["name"]]))
        for tag in document["tags"]
        if tag["name"] in by_tag
    )


def operation_named(slug: str) -> Operation | None:
    """The operation with that id in the document."""
    return next((one for chapter in chapters() for one in chapter.operations if one.slug == slug), None)


@dataclass(frozen=True, slots=True)
class _Reader:
    document: Written

    def operation(self, method: str, address: str, told: Written) -> Operation:
        sent = _json_of(told.get("requestBody", {}))
        answer: Written = next(
            (one for status, one in told["responses"].items() if status.startswith("2")), {}
        )
        return Operation(
            slug=told["operationId"],
            method=method.upper(),
            address=address,
            about=told["summary"],
            scope=_scope(told.get("security", [])),
            parameters=tuple(map(self._parameter, told.get("parameters", []))),
            sent=tuple(self._fields(sent)),
            sample=json.dumps(self._sample(sent), indent=2),
            told=tuple(self._fields(_json_of(answer))),
            answers=tuple(Answer(status, one["description"]) for status, one in told["responses"].items()),
        )

    def _parameter(self, told: Written) -> Field:
        one, is_many = self._unwrapped(told["schema"])
        is_joined = is_many and not told.get("explode", True)  # by commas, and so one text
        return Field(
            told["name"],
            _kind(one),
            told.get("description", ""),
            choices=() if is_joined else tuple(map(str, one.get("enum", ()))),
            is_needed=told.get("required", False),
            is_many=is_many and not is_joined,
            least=one.get("minimum"),
            most=one.get("maximum"),
            place=told["in"],
        )

    def _fields(
        self, schema: Written, *, before: str = "", within: tuple[Written, ...] = ()
    ) -> Iterator[Field]:
        """Those of an object, each followed by what stands in it. What holds itself is told once."""
        whole, _is_many = self._unwrapped(schema)
        for name, inner in whole.get("properties", {}).items():
            one, is_many = self._unwrapped(inner)
            called = f"{before}{name}{'[]' if is_many else ''}"
            yield Field(
                called,
                _kind(one),
                inner.get("description", "") or one.get("description", ""),
                choices=tuple(map(str, one.get("enum", ()))),
                is_needed=name in whole.get("required", ()),
                is_many=is_many,
            )
            if not any(one is outer for outer in within):
                yield from self._fields(one, before=f"{called}.", within=(*within, one))

    def _sample(self, schema: Written) -> Any:
        """What has to be there, empty."""
        one, is_many = self._unwrapped(schema)
        if is_many or any(other.get("type") == "null" for other in schema.get("oneOf", ())):
            return [] if is_many else None
        if "properties" in one:
            return {name: self._sample(one["properties"][name]) for name in one.get("required", ())}
        if "enum" in one:
            return one["enum"][0]
        kind = one.get("type", "string")
        return None if "null" in kind else _EMPTY.get(kind)

    def _unwrapped(self, schema: Written) -> tuple[Written, bool]:
        """What a schema is in the end, and whether it is a list of such."""
        is_many = False
        while True:
            if "$ref" in schema:
                schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            elif "oneOf" in schema or "allOf" in schema:
                choices = [
                    one for one in schema.get("oneOf", schema.get("allOf")) if one.get("type") != "null"
                ]
                schema = choices[0]
            elif schema.get("type") == "array":
                schema, is_many = schema["items"], True
            else:
                return schema, is_many


def _json_of(told: Written) -> Written:
    schema: Written = told.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _kind(schema: Written) -> str:
    """As the document calls it, by its format where that says more."""
    kind = schema.get("type", "")
    first = next((one for one in kind if one != "null"), "") if isinstance(kind, list) else kind
    return str(schema.get("format", first))


def _scope(security: Sequence[Written]) -> str:
    if {} in security:
        return ""
    return next((one["token"][0] for one in security if one.get("token")), "read")
