"""The style sheets: their layers, that each rule is of use, and that every colour can be read."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product

import pytest
from django.conf import settings

from tests.unit.ui.stylesheets import FOLDER, TEMPLATES, StyleSheet, contrast, palettes, style_sheets

LAYERS = ("tokens", "base", "layout", "components", "utilities")
# Set by htmx while it waits
SET_BY_SCRIPTS = {"htmx-request"}
# Mail is written on white, whatever the reader's theme.
ON_WHITE = {"base.css": {"#fff"}}
TEXTS = ("ink", "ink-soft", "ink-faint", "accent", "good", "bad", "amber-ink", "violet-ink")
GROUNDS = (
    *("paper", "surface", "sunk", "mark"),
    *("accent-wash", "amber-wash", "good-wash", "bad-wash", "violet-wash"),
)
# Edges of fields, the ring of focus, bars and arcs
SHAPES = ("line-strong", "amber", "accent", "good", "ink-faint", "series-3", "heat-4")
SHAPES_STAND_ON = ("paper", "surface", "sunk", "accent-wash")
PAINTED = (
    *(("on-accent", "accent"), ("on-heat-light", "heat-1"), ("on-heat-light", "heat-2")),
    *(("on-heat-dark", "heat-3"), ("on-heat-dark", "heat-4")),
)
THEMES = ("light", "dark")
CLASSES_IN_TEMPLATES = re.compile(
    r'class="((?:[^"{]|{{.*?}}|{%.*?%}|{)*)"|{% block page_class %}(.*?){% endblock %}', re.DOTALL
)
CLASSES_IN_CODE = re.compile(r'"class(?:_|es)?": ?f?"([^"]*)"')
sheets = pytest.mark.parametrize("sheet", style_sheets(), ids=lambda sheet: sheet.name)


def test_the_order_of_the_layers_is_set_first() -> None:
    tokens = next(sheet for sheet in style_sheets() if sheet.name == "tokens.css")

    assert f"@layer {', '.join(LAYERS)};" in tokens.text


@sheets
def test_every_rule_stands_in_a_layer(sheet: StyleSheet) -> None:
    outermost = {head for depth, head in sheet.heads() if depth == 0}

    layers = {
        layer for layer in LAYERS if sheet.path.parent.name == "components" and layer == "components"
    } or LAYERS
    assert outermost <= {f"@layer {layer}" for layer in layers}


@sheets
def test_colours_come_from_the_tokens(sheet: StyleSheet) -> None:
    if sheet.name in ("tokens.css", "print.css"):
        return
    own = set(re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.text))

    assert own - ON_WHITE.get(sheet.name, set()) == set()


@sheets
def test_no_token_is_made_up(sheet: StyleSheet) -> None:
    tokens = next(sheet for sheet in style_sheets() if sheet.name == "tokens.css")

    assert set(re.findall(r"var\(--([\w-]+)", sheet.text)) <= set(re.findall(r"--([\w-]+):", tokens.text))


def test_every_sheet_is_linked_and_every_link_leads_to_one() -> None:
    linked = set(re.findall(r"static 'portal/css/([^']+)'", written_in_templates()))

    assert linked == {sheet.name for sheet in style_sheets()}


@sheets
def test_no_rule_is_left_over(sheet: StyleSheet) -> None:
    assert {name for name in sheet.classes() if not is_used(name)} - SET_BY_SCRIPTS == set()


# Which sheets may say more of another's classes: those for a way of showing, and the gallery of its own page
ADDING = {"forced_colours.css", "gallery.css"}


def test_no_two_sheets_style_the_same_class() -> None:
    """Or one page's rule would reach into another's."""
    sheets = [sheet for sheet in style_sheets() if sheet.path.parent.name == "components"]
    owners = [
        (name, sheet.name) for sheet in sheets if sheet.path.name not in ADDING for name in sheet.named()
    ]

    counted = Counter(name for name, _sheet in owners)
    assert [owner for owner in owners if counted[owner[0]] > 1] == []


def test_a_left_over_rule_would_be_found() -> None:
    """Or the test above would prove nothing."""
    left_over = StyleSheet(
        FOLDER / "components" / "x.css", "@layer components { .nobody--there { color: red; } }"
    )

    assert not any(map(is_used, left_over.classes()))


@cache
def written_in_templates() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html")))


@cache
def classes_given() -> str:
    """All that templates, widgets and scripts write as classes, with the template's own marks in between."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for app in ("portal", "ingest", "matching", "opportunities")
        for path in sorted((settings.BASE_DIR / app).rglob("*.py"))
    )
    scripts = [path.read_text(encoding="utf-8") for path in sorted((FOLDER.parent / "js").rglob("*.js"))]
    return "\n".join(
        [
            *map(" ".join, CLASSES_IN_TEMPLATES.findall(written_in_templates())),
            *CLASSES_IN_CODE.findall(code),
            *scripts,
        ]
    )


def is_used(name: str) -> bool:
    """Whether anything names the class, or puts its last part together: ``badge--{{ state }}``."""
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", classes_given()):
        return True
    stem, _, modifier = name.rpartition("--")
    return bool(modifier and re.search(rf"(?<![\w-]){re.escape(stem)}--\{{[{{%]", classes_given()))


@pytest.mark.parametrize(("theme", "text", "ground"), tuple(product(THEMES, TEXTS, GROUNDS)))
def test_text_can_be_read_on_every_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(palettes()[theme][text], palettes()[theme][ground]) >= 4.5


@pytest.mark.parametrize(("theme", "shape", "ground"), tuple(product(THEMES, SHAPES, SHAPES_STAND_ON)))
def test_edges_rings_and_bars_are_seen_on_every_ground(theme: str, shape: str, ground: str) -> None:
    assert contrast(palettes()[theme][shape], palettes()[theme][ground]) >= 3


@pytest.mark.parametrize(("theme", "pair"), tuple(product(THEMES, PAINTED)))
def test_words_on_buttons_and_tiles_can_be_read(theme: str, pair: tuple[str, str]) -> None:
    text, ground = pair

    assert contrast(palettes()[theme][text], palettes()[theme][ground]) >= 4.5
