"""Pictures for words: Lucide's icons, drawn into the page."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()

# They scale with the text beside them and take its colour.
DRAWN = {"class": "icon", "stroke_width": "1.75", "aria_hidden": "true", "focusable": "false"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The icon of that name in Lucide's set. Says nothing: a word that can be read stands beside it.

    Raises lucide.IconDoesNotExist.
    """
    return SafeString(lucide(name, size=None, **DRAWN))
