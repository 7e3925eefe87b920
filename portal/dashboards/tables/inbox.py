from __future__ import annotations

from functools import cache

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ingest.templatetags.reason_words import reason_words
from portal.dashboards.waiting import Waiting
from portal.lib.clocks import STOCKHOLM
from portal.lib.tables import Column, Table


def _kind_name(kind: str) -> str:
    return _drawn(kind, get_language())


@cache
def _drawn(kind: str, language: str | None) -> str:
    del language  # that it is drawn in
    return render_to_string("components/waiting_kind_name.html", {"kind": kind}).strip()


WAITING: Table[Waiting] = Table(
    "inbox",
    _("Inbox"),
    (
        Column("kind", _("Kind"), lambda line: _kind_name(line.kind)),
        Column("title", _("Title"), lambda line: reason_words(line.title)),
        Column("detail", _("Detail"), lambda line: line.detail),
        Column(
            "since",
            _("Waits since"),
            lambda line: line.since.astimezone(STOCKHOLM) if line.since else None,
        ),
        Column("likeness", _("Alike, %"), lambda line: line.likeness),
    ),
)
