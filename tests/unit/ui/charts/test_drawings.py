"""What is drawn, letter by letter. A missing drawing is written, and waits for a person to look at it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from portal.gallery.charts import bar_charts, column_charts

DRAWINGS = Path(__file__).parent / "drawings"


def drawn(name: str, language: str) -> str:
    with translation.override(language):
        columns = column_charts()
        if name in columns:
            html = render_to_string("components/column_chart.html", {"chart": columns[name]})
        else:
            html = render_to_string("components/bar_chart.html", {"chart": bar_charts()[name]})
    # One tag a line, so that a difference is read easily.
    return re.sub(r">\s*<", ">\n<", html).strip() + "\n"


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("name", [*column_charts(), *bar_charts()])
def test_a_chart_is_drawn_as_it_was(name: str, language: str) -> None:
    kept = DRAWINGS / f"{name}.{language}.html"

    now = drawn(name, language)

    if not kept.exists():
        kept.write_text(now, encoding="utf-8")
        pytest.fail(f"{kept.name} is new: look at it")
    assert now == kept.read_text(encoding="utf-8")


def test_a_chart_styles_nothing_by_itself() -> None:
    html = drawn("stacked", "sv")

    assert "style" not in html
    assert "<script" not in html
    assert not re.search(r'(fill|stroke)="', html)


def test_names_are_never_markup() -> None:
    assert "&lt;b&gt;Nothing&lt;/b&gt; &amp; nobody" in drawn("bars", "en")


def test_the_table_holds_what_is_drawn() -> None:
    html = drawn("columns", "sv")

    assert html.count('class="chart__bar') == 10  # of twelve weeks two had none
    assert html.count('<td class="end"') == 12
    assert "1\xa0234" in html
