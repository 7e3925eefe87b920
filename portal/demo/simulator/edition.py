"""When the made-up world's days are. Its notices are dated from the day an edition of it began."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from portal.lib.clocks import INDIA

# An older edition has few open tenders left: a new one begins, with new numbers.
LONGEST_EDITION = timedelta(days=14)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Edition:
    """One run of the made-up world. It survives restarts, so that nothing seems to change but what should."""

    began_at: datetime
    later_after: timedelta  # how long after its beginning corrigenda and cancellations come out

    @property
    def later_at(self) -> datetime:
        return self.began_at + self.later_after

    @property
    def year(self) -> int:
        return self.began_at.astimezone(INDIA).year

    @property
    def first_number(self) -> int:
        """Where this edition's numbers begin: each day has a hundred of its own, for five years."""
        return 10_000 + self.began_at.astimezone(INDIA).toordinal() % 1_800 * 100

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A time in India, so many days after the edition began; minus is before. Offices rest on Sundays."""
        day = self.began_at.astimezone(INDIA).date() + timedelta(days=days)
        if day.weekday() == _SUNDAY:
            day += timedelta(days=-1 if days < 0 else 1)
        return datetime.combine(day, time(hour, minute), INDIA)

    @property
    def next_fiscal_year(self) -> str:
        """The first Indian fiscal year (from April) that begins after the edition: 2027-28."""
        day = self.began_at.astimezone(INDIA)
        first = day.year if day.month < 4 else day.year + 1
        return f"{first}-{(first + 1) % 100:02}"


def open_edition(folder: Path, *, now: datetime, later_after: timedelta) -> Edition:
    """The edition kept in the folder; a new one, kept there from now on, if there is none or it is old."""
    file = folder / "edition.json"
    if file.exists():
        began_at = datetime.fromisoformat(json.loads(file.read_text(encoding="utf-8"))["began_at"])
        if now - began_at < LONGEST_EDITION:
            return Edition(began_at, later_after)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"began_at": now.isoformat()}), encoding="utf-8")
    return Edition(now, later_after)
