"""The API's description: complete, valid, and served to everybody."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern

from portal.api.document import openapi_as
from portal.api.urls import urlpatterns
from portal.api.view import ApiView

TOLD_OF_ITSELF = {"schema", "docs", "operation", "ask", "missing", "nothing"}


def test_it_is_valid_and_nothing_in_it_is_doubtful(tmp_path: object) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", file=f"{tmp_path}/schema.yaml")


@pytest.fixture
def schema(db: None) -> dict[str, dict[str, object]]:
    answer = Client().get("/api/v1/schema?format=json")
    told: dict[str, dict[str, object]] = json.loads(answer.content)
    return told


def test_it_describes_every_address(schema: dict[str, dict[str, object]]) -> None:
    described = {f"{address}".removeprefix("/api/v1/") for address in schema["paths"]}
    routes = {
        str(pattern.pattern).replace("<int:", "{").replace("<slug:", "{").replace(">", "}")
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and pattern.name not in TOLD_OF_ITSELF
    }

    assert str(schema["openapi"]).startswith("3.1")
    assert described == routes


def test_it_is_yaml_unless_json_is_asked_for(db: None) -> None:
    answer = Client().get("/api/v1/schema")

    assert answer.content.startswith(b"openapi: 3.1")


def test_every_view_of_ours_is_of_one_kind() -> None:
    views = [
        pattern.callback.view_class for pattern in urlpatterns if hasattr(pattern.callback, "view_class")
    ]

    assert [view for view in views if view.__name__ != "Schema" and not issubclass(view, ApiView)] == []


def test_it_is_made_once_and_not_sent_to_who_has_it(db: None) -> None:
    first = Client().get("/api/v1/schema?format=json")
    made_before = openapi_as.cache_info().misses

    again = Client().get("/api/v1/schema?format=json", headers={"If-None-Match": first["ETag"]})
    as_yaml = Client().get("/api/v1/schema", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert as_yaml.status_code == 200
    assert openapi_as.cache_info().misses - made_before <= 1


def test_it_is_the_same_in_every_language(db: None) -> None:
    told = {Client().get("/api/v1/schema", headers={"Accept-Language": it}).content for it in ("sv", "en")}

    assert len(told) == 1
