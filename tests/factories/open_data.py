"""Processes as they are told to everyone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from opportunities.compile import SeenNotice
from opportunities.exports.told import Republisher, ToldNotice, ToldProcess
from opportunities.parsed_notice import ParsedNotice

REPUBLISHER = Republisher(name="Teknikföretagen", site="https://setu.example", prefix="xxsetu")
DISCLOSED = datetime(2026, 11, 20, 8, tzinfo=UTC)


def told_process(*notices: ParsedNotice, disclosed_from: datetime = DISCLOSED) -> ToldProcess:
    """A process whose notices reached us an hour after each other, the first with the disclosure."""
    told = tuple(
        ToldNotice(SeenNotice(notice, at), at)
        for number, notice in enumerate(notices)
        for at in [disclosed_from + timedelta(hours=number)]
    )
    return ToldProcess(notices[0].publisher, notices[0].process_id, disclosed_from, told)
