"""A report on paper: set by a process of its own, which gets only so much memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from portal.dashboards.reports.sections import Section
from portal.lib.paper import Paper, PaperSection
from portal.ui import formats

SECONDS = 20


class PaperFailed(Exception):
    """It couldn't be made in the time and memory that it may have."""


def printed(period: str, parts: list[Section], *, language: str, now: datetime) -> bytes:
    """The PDF in the language that is active. Raises PaperFailed."""
    paper = Paper(
        title=_("Setu for Team Sweden Smart Cities"),
        period=period,
        lead=" ".join(
            (
                _(
                    "Numbers of fewer than five companies aren't shown, "
                    "nor any from which they could be worked out."
                ),
                _("A number of what members do moves once five companies or more have moved it."),
            )
        ),
        footer=_("Made %(moment)s") % {"moment": formats.stockholm_moment(now)},
        nothing=_("Nothing to count yet."),
        language=language,
        sections=tuple(_section(part) for part in parts),
    )
    # The module is ours, and what it reads is data. It sees none of our settings.
    child = [sys.executable, "-m", "portal.lib.paper"]
    try:
        done = subprocess.run(  # noqa: S603
            child,
            input=json.dumps(asdict(paper)).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PaperFailed from error
    return done.stdout


def _section(part: Section) -> PaperSection:
    rows = tuple(
        tuple(_("not shown") if value is None else _written(value) for value in row) for row in part.rows
    )
    counts = tuple(_count(row[-1]) for row in part.rows) if part.bars or part.weeks or part.tiles else ()
    return PaperSection(part.title, part.note, part.columns, rows, counts)


def _written(value: str | int) -> str:
    return formats.number(value) if isinstance(value, int) else value


def _count(value: str | int | None) -> int:
    return value if isinstance(value, int) else 0
