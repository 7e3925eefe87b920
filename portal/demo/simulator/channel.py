"""The notices on the made-up channel's own site."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.demo.simulator.edition import Edition
from portal.demo.simulator.tenders import CONTENT

NOTICES_PER_PAGE = 6


@dataclass(frozen=True, slots=True)
class ChannelNotice:
    """One page of the site: what it is called, and its labelled values in groups."""

    number: str
    kind: str
    title: str
    city: str
    published_at: datetime
    description: str
    basics: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        return self.number.replace("/", "-")


def notices_at(edition: Edition, now: datetime) -> list[ChannelNotice]:
    """What the site lists at a moment, the newest first."""
    content = tomllib.loads((CONTENT / "channel.toml").read_text(encoding="utf-8"))
    rows = content["notice"] + (content["later"] if now >= edition.later_at else [])
    notices = [_notice(row, edition) for row in rows]
    return sorted(notices, key=lambda notice: (notice.published_at, notice.number), reverse=True)


def number_of(edition: Edition, number: int) -> str:
    return f"CII-SCN/{edition.year}/{edition.first_number + number}"


def _notice(row: dict[str, Any], edition: Edition) -> ChannelNotice:
    published_at = edition.at(row["published"], 12) if "published" in row else edition.later_at
    basics = {
        "Stage": row.get("stage"),
        "Amends notice": number_of(edition, row["amends"]) if "amends" in row else None,
        "City": row.get("city"),
        "State / UT": row.get("state"),
        "Implementing agency": row.get("agency"),
        "Scheme": row.get("scheme"),
    }
    figures = {
        "Estimated cost": row.get("value"),
        "EMD": row.get("emd"),
        "Tender document fee": row.get("fee"),
        "Consortium / JV": row.get("joint_venture"),
        "Completion period": row.get("period"),
        "Queries up to": _when(edition, row.get("queries"), 17),
        "Pre-bid meeting": _when(edition, row.get("prebid"), 11),
        "Last date and time for bids": _when(edition, row.get("closes"), 15),
        "Opening of technical bids": _when(edition, row["closes"] + 1, 15) if "closes" in row else None,
    }
    return ChannelNotice(
        number=number_of(edition, row["number"]),
        kind=row["kind"],
        title=row["title"],
        city=row.get("city", ""),
        published_at=published_at,
        description=row["description"].strip(),
        basics=_stated(basics),
        figures=_stated(figures),
    )


def _stated(values: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in values.items() if value)


def _when(edition: Edition, days: int | None, hour: int) -> str | None:
    return None if days is None else f"{edition.at(days, hour):%d-%m-%Y, %H:%M} hrs IST"
