"""Each component has an example, and each example can be drawn in either language, without the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template import Engine
from django.test import RequestFactory
from django.utils import translation

from portal.gallery.records import Example
from portal.gallery.subjects import all_examples
from portal.gallery.views import draw

COMPONENTS = settings.BASE_DIR / "templates" / "components"


class MissingVariable(str):
    """Put where a template prints what it wasn't given."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise LookupError(f"the template wants {name}")


@pytest.fixture
def request_of_the_gallery() -> HttpRequest:
    return RequestFactory().get("/gallery/", {"state": "MH"})


@pytest.fixture
def nothing_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", MissingVariable("missing"))


def test_every_component_has_an_example_and_no_example_is_of_another() -> None:
    components = {
        path.relative_to(COMPONENTS).with_suffix("").as_posix() for path in COMPONENTS.rglob("*.html")
    }

    assert {example.component for example in all_examples()} == components


def test_the_states_of_a_component_have_different_names() -> None:
    named = [(example.component, example.state) for example in all_examples()]

    assert len(set(named)) == len(named)


@pytest.mark.usefixtures("nothing_missing")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_example_is_drawn_and_lacks_nothing(language: str, request_of_the_gallery: HttpRequest) -> None:
    with translation.override(language):
        lacking = [found for example in all_examples() if (found := lack_of(example, request_of_the_gallery))]

    assert lacking == []


def lack_of(example: Example, request: HttpRequest) -> str:
    try:
        draw(example, request)
    except LookupError as error:
        return f"{example.component}, {example.state}: {error}"
    return ""


@pytest.mark.usefixtures("nothing_missing")
def test_a_missing_variable_would_be_found(request_of_the_gallery: HttpRequest) -> None:
    """Or the test above would prove nothing."""
    bare = Example("figure", "bare", {"number": 1})

    assert "label" in lack_of(bare, request_of_the_gallery)


def test_a_component_says_what_it_wants() -> None:
    silent = [path.name for path in sorted(COMPONENTS.rglob("*.html")) if "Wants" not in first_comment(path)]

    assert silent == []


def first_comment(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text.partition("{% endcomment %}")[0] if text.startswith("{% comment %}") else ""
