"""What has changed in the open data's format: for those whose programs read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

PUBLISHED_ON = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class FormatChange:
    on: date
    what: str | Promise


CHANGES = (
    FormatChange(
        PUBLISHED_ON, gettext_lazy("Published for the first time: OCDS 1.1, OC4IDS 0.9 and DCAT-AP-SE.")
    ),
)
