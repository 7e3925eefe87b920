"""The lines of the inbox's list, as they are drawn: there are many, so each thing is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ingest.templatetags.reason_words import has_words, reason_words
from portal.dashboards.waiting import Waiting

_LONGEST, _LONGEST_TICK = 110, 80  # letters


@dataclass(frozen=True, slots=True)
class Line:
    """One of them, in the page's language, and where it and the one after it are opened."""

    waiting: Waiting
    key: str
    next_key: str
    address: str
    badge: str
    title: str
    is_foreign: bool  # the title is in the notice's own language
    detail: str
    tick: str  # what its checkbox is called


def drawn_lines(lines: Sequence[Waiting], *, narrowed_by: str) -> list[Line]:
    """The lines of a list that is narrowed by such a query."""
    before = f"?{narrowed_by}&" if narrowed_by else "?"
    keys = [line.key for line in lines]
    badge = cache(_badge)  # for this page and its language
    return [
        _line(line, key, next_key, before, badge(line.kind, is_early=line.is_early, is_read=line.is_read))
        for line, key, next_key in zip(lines, keys, [*keys[1:], ""], strict=False)
    ]


def _line(waiting: Waiting, key: str, next_key: str, before: str, badge: str) -> Line:
    title = reason_words(waiting.title)
    return Line(
        waiting,
        key,
        next_key,
        f"{before}{urlencode({'item': key})}",
        badge,
        title=_cut(title, _LONGEST),
        is_foreign=not has_words(waiting.title),
        detail=_cut(waiting.detail, _LONGEST),
        tick=_("Tick “%(title)s”") % {"title": _cut(title, _LONGEST_TICK)},
    )


def _badge(kind: str, *, is_early: bool, is_read: bool) -> str:
    drawn = {"kind": kind, "is_early": is_early, "is_read": is_read}
    return render_to_string("components/waiting_kind.html", drawn)


def _cut(text: str, longest: int) -> str:
    return text if text.isascii() and len(text) <= longest else Truncator(text).chars(longest)
