"""The members, as ``portal.dashboards.members`` shows them to the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.lib.clocks import STOCKHOLM
from portal.lib.spreadsheet import Cell
from portal.lib.tables import Column, Table


def _here(at: datetime | None) -> Cell:
    return at.astimezone(STOCKHOLM) if at else None


MEMBERS: Table[Any] = Table(
    "members",
    _("Members"),
    (
        Column("company", _("Company"), lambda line: line.member.company.name),
        Column("is_approved", _("Approved"), lambda line: line.member.company.is_approved),
        Column("last_log_in", _("Last log-in"), lambda line: _here(line.member.last_log_in)),
        Column("last_act", _("Last act"), lambda line: _here(line.member.last_act)),
        Column("silent_days", _("Days silent"), lambda line: line.silent_days),
        Column("profiles", _("Profiles"), lambda line: line.profiles),
        Column("told", _("Profile tells"), lambda line: line.told),
        Column("pieces", _("of so many pieces"), lambda line: line.pieces),
        Column("finds", _("Open opportunities found"), lambda line: line.finds),
        Column("follows", _("Follows"), lambda line: line.member.follows),
        Column("people", _("People"), lambda line: line.member.people),
        Column("readers", _("of them get mail"), lambda line: line.member.readers),
    ),
)

COVERAGE: Table[Any] = Table(
    "coverage",
    _("Coverage"),
    (
        Column("field", _("Field"), lambda field: field.name),
        Column("members", _("Members"), lambda field: len(field.coverage.answering)),
        Column("proving", _("with a finished work"), lambda field: field.coverage.proving),
        Column("leading", _("would lead"), lambda field: field.coverage.leading),
        Column("tenders", _("open tenders"), lambda field: field.coverage.tenders),
        Column("early", _("early stage"), lambda field: field.coverage.early),
        Column("unreached", _("on nobody's list"), lambda field: field.coverage.unreached),
        Column(
            "who",
            _("Who"),
            lambda field: "; ".join(one.company for one in field.coverage.answering),
        ),
    ),
)
