"""From an OpenAPI document to what its pages tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portal.api.manual import Field, Operation
from portal.api.reading_document import chapters_of


def schema(kind: str, **more: object) -> dict[str, object]:
    return {"type": kind, **more}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


TEXT = schema("string")
NOTE = schema(
    "object",
    required=["words", "on", "weight"],
    properties={
        "words": TEXT,
        "on": {"oneOf": [reference("Note"), {"type": "null"}]},
        "tags": {"type": "array", "items": TEXT, "description": "What it is about"},
        "kind": reference("Kind"),
        "weight": {"type": ["integer", "null"]},
        "at": schema("string", format="date-time"),
    },
)
COMPONENTS = {"Note": NOTE, "Kind": schema("string", enum=["short", "long"])}


def json_of(inner: object) -> dict[str, object]:
    return {"content": {"application/json": {"schema": inner}}}


def document(**operation: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": "postNote",
        "summary": "Write a note",
        "tags": ["notes"],
        "responses": {"201": {"description": "Written"} | json_of(reference("Note"))},
    }
    return {
        "tags": [
            {"name": "notes", "description": "What people write."},
            {"name": "none", "description": "Nothing yet."},
        ],
        "paths": {"/notes/{of}": {"post": told | operation}},
        "components": {"schemas": COMPONENTS},
    }


def read(**operation: Any) -> Operation:
    (chapter,) = chapters_of(document(**operation))
    (told,) = chapter.operations
    return told


def test_what_comes_back_is_told_field_by_field_and_what_holds_itself_once() -> None:
    told = read().told

    assert [(each.name, each.kind) for each in told[:4]] == [
        ("words", "string"),
        ("on", "object"),
        ("on.words", "string"),
        ("on.on", "object"),
    ]
    assert Field("tags[]", "string", "What it is about", is_many=True) in told
    assert Field("kind", "string", choices=("short", "long")) in told
    assert Field("weight", "integer", is_needed=True) in told
    assert Field("at", "date-time") in told
    assert not [each for each in told if each.name.startswith("on.on.on")]


def test_a_parameter_says_what_it_takes() -> None:
    states = {"type": "array", "items": {"type": "string", "enum": ["MH", "KA"]}}
    told = read(
        parameters=[
            {"name": "of", "in": "path", "required": True, "schema": {"type": "integer"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
            {"name": "state", "in": "query", "schema": states},
            {"name": "fields", "in": "query", "schema": states, "explode": False},
            {"name": "If-Match", "in": "header", "schema": TEXT},
            {"name": "Accept-Language", "in": "header", "schema": TEXT},
        ]
    )

    assert told.in_address == [Field("of", "integer", is_needed=True, place="path")]
    assert told.in_query == [
        Field("limit", "integer", least=1, most=100, place="query"),
        Field("state", "string", choices=("MH", "KA"), is_many=True, place="query"),
        Field("fields", "string", place="query"),
    ]
    assert [each.name for each in told.in_headers] == ["If-Match"]


def test_what_has_to_be_sent_is_there_to_fill_in() -> None:
    note = schema("object", required=["words", "kind", "tags", "weight"], properties=NOTE["properties"])

    told = read(requestBody=json_of(note))

    assert json.loads(told.sample) == {"words": "", "kind": "short", "tags": [], "weight": None}


@pytest.mark.parametrize(
    ("security", "scope"),
    [
        ([{"token": ["write"]}, {"session": []}], "write"),
        ([{"token": []}, {"session": []}, {}], ""),
    ],
)
def test_it_says_who_may_ask(security: list[dict[str, list[str]]], scope: str) -> None:
    assert read(security=security).scope == scope
