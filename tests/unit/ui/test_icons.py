from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from lucide import IconDoesNotExist

from portal.ui.templatetags.icons import icon

ASKED_FOR = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")


def test_an_icon_is_drawn_into_the_page_and_says_nothing() -> None:
    drawn = Template('{% load icons %}{% icon "star" %}').render(Context())

    assert drawn.startswith("<svg")
    assert 'class="icon"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn


def test_an_icon_that_the_set_does_not_have_is_an_error() -> None:
    with pytest.raises(IconDoesNotExist):
        icon("no-such-icon")


def test_every_icon_that_a_template_asks_for_exists() -> None:
    templates = (settings.BASE_DIR / "templates").rglob("*.html")

    named = {name for path in templates for name in ASKED_FOR.findall(path.read_text(encoding="utf-8"))}

    assert all(icon(name) for name in named)
