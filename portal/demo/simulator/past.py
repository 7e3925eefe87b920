"""The channel's bulletins of the months before the edition: what was tendered, moved and cancelled."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal.demo.simulator.bulletins import Bulletin, write_message
from portal.demo.simulator.drawing import draw
from portal.demo.simulator.edition import Edition
from portal.demo.simulator.tenders import CONTENT

PAST = "past"  # the folder
_TABLE, _CHANGES = "bulletin_past.html", "bulletin_past_changes.txt"
_LAKHS_IN_A_CRORE = 100


@dataclass(frozen=True, slots=True)
class PastTender:
    item: str  # how later bulletins call it
    city: str
    state: str
    agency: str
    title: str
    crores: int
    emd_lakhs: str
    closes_at: datetime
    extended_to: datetime | None
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class PastBulletin:
    """A table of tenders and, a fortnight later at most, what changed about them."""

    told: Bulletin
    tenders: tuple[PastTender, ...]
    changes: Bulletin

    @property
    def changed(self) -> list[PastTender]:
        return [one for one in self.tenders if one.extended_to is not None or one.is_cancelled]


def past_bulletins(edition: Edition) -> Iterator[PastBulletin]:
    """The earliest first."""
    content = tomllib.loads((CONTENT / "past.toml").read_text(encoding="utf-8"))
    for row in content["bulletin"]:
        told = _bulletin(edition, -7 * row["weeks"], "Tenders out these weeks", _TABLE)
        tenders = tuple(
            _tender(
                edition, tender, content["buyers"][tender["buyer"]], f"{told.number}/{number}", row["weeks"]
            )
            for number, tender in enumerate(row["tenders"], start=1)
        )
        # Before the earliest deadline, so that it is more time and no second chance.
        yield PastBulletin(told, tenders, _bulletin(edition, 11 - 7 * row["weeks"], "Changes", _CHANGES))


def drop_past(folder: Path, edition: Edition) -> int:
    """Write every one of them that isn't in the folder yet. Return how many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    dropped = 0
    for past in past_bulletins(edition):
        dropped += write_message(folder, past.told, draw(_TABLE, bulletin=past.told, tenders=past.tenders))
        if past.changed:
            body = draw(_CHANGES, bulletin=past.changes, changed=past.changed)
            dropped += write_message(folder, past.changes, body)
    return dropped


def _bulletin(edition: Edition, days: int, subject: str, template: str) -> Bulletin:
    sent_at = edition.at(days, 9)
    number = f"CII-SC/{sent_at.year}-{sent_at.timetuple().tm_yday:03}"
    return Bulletin(number, subject, template, sent_at)


def _tender(edition: Edition, row: dict[str, Any], buyer: list[str], item: str, weeks: int) -> PastTender:
    city, state, agency = buyer
    closes_at = edition.at(row["bids"] - 7 * weeks, 15)
    extended = row.get("extended")
    return PastTender(
        item=item,
        city=city,
        state=state,
        agency=agency,
        title=row["title"],
        crores=row["crores"],
        emd_lakhs=f"{row['crores'] * _LAKHS_IN_A_CRORE * row['emd'] / 1000:g}",
        closes_at=closes_at,
        extended_to=None if extended is None else closes_at + timedelta(days=extended),
        is_cancelled=row.get("cancelled", False),
    )
