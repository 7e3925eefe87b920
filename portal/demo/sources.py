"""The sources of the made-up world: the simulator's three, and what the office hands in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.demo.simulator.past import PAST
from portal.demo.simulator.server import INDEX_PATH, MAILBOX
from portal.demo.simulator.site import CHANNEL_PATH
from portal.demo.simulator.tenders import PORTAL_HOST

CHANNEL = "cii"
ARCHIVE = "cii-past"
_MINUTES_BETWEEN_POLLS = 1


@dataclass(frozen=True, slots=True)
class DemoSource:
    slug: str
    kind: str
    name: str
    address: str
    publisher: str
    poll_every_minutes: int | None


def demo_sources(simulator_url: str, folder: Path) -> tuple[DemoSource, ...]:
    """``folder`` is the simulator's. Without a simulator only files handed in are a source."""
    by_hand = DemoSource("upload", "upload", "Handed in by the office", "", "upload", None)
    if not simulator_url:
        return (by_hand,)
    often = _MINUTES_BETWEEN_POLLS
    index, notices = simulator_url + INDEX_PATH, simulator_url + CHANNEL_PATH
    return (
        DemoSource("nagar-etenders", "gepnic", "Nagar e-tenders (made up)", index, PORTAL_HOST, often),
        DemoSource("cii-pages", "cii_pages", "CII channel, pages (made up)", notices, CHANNEL, often),
        DemoSource(
            "cii-mailbox", "cii_mailbox", "CII channel, mail (made up)", str(folder / MAILBOX), CHANNEL, often
        ),
        # Nobody asks it by the clock: it is read once, see portal.demo.past.
        DemoSource(
            ARCHIVE, "cii_mailbox", "CII channel, earlier mail (made up)", str(folder / PAST), CHANNEL, None
        ),
        by_hand,
    )
