"""Tenders with those who bid on them, as collections of public records write them."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from matching.scoring.json_lines import UnreadableLines

# Civil works are won by who is near, not by what is said: they are left out.
_CIVIL = re.compile(
    r"civil|road|building|construction|bridge|canal|lift irrig|pipe laying|highway|(water|composite) works",
    re.IGNORECASE,
)
_FORMATS = ("%d-%b-%Y %I:%M %p", "%d-%b-%Y")
_MOST_BIDDERS = 40  # more is a register of firms rather than a contest


@dataclass(frozen=True, slots=True)
class BidTender:
    """A tender and the made-up ids of those who bid on it."""

    id: str
    state: str
    title: str
    description: str
    product: str
    organisation: str  # the chain, from the top
    location: str
    pincode: str
    value_inr: float
    published_at: datetime
    bidders: frozenset[str]

    @property
    def package(self) -> str:
        """What tenders that were let together have in common."""
        return re.sub(r"_\d+$", "", self.id)

    @property
    def text(self) -> str:
        same = self.description.casefold() == self.title.casefold()
        return self.title if same else f"{self.title} {self.description}"


def read_bid_tenders(folder: Path) -> list[BidTender]:
    """Every tender with bids but civil works, oldest first, of a folder's ``*.jsonl.gz``, a state each."""
    files = sorted(folder.glob("*.jsonl.gz"))
    if not files:
        raise UnreadableLines(f"{folder}: no *.jsonl.gz")
    found = [tender for path in files for tender in _read_file(path)]
    return sorted(found, key=lambda tender: (tender.published_at, tender.id))


def _read_file(path: Path) -> Iterator[BidTender]:
    state = path.name.partition(".")[0]
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                tender = _tender(json.loads(line), state)
                if tender is not None and not _CIVIL.search(tender.product):
                    yield tender
    except (OSError, ValueError, KeyError) as mistake:
        raise UnreadableLines(f"{path}: {mistake}") from mistake


def _tender(row: Mapping[str, Any], state: str) -> BidTender | None:
    published = _moment(row.get("Publish Date"))
    bidders = _bidders(row.get("bids"))
    if published is None or not 0 < len(bidders) <= _MOST_BIDDERS:
        return None
    return BidTender(
        id=row["Tender ID"],
        state=state,
        title=row.get("Title") or "",
        description=row.get("Work Description") or "",
        product=(row.get("Product Category") or "").replace("–", "-"),  # both are written
        organisation=row.get("Organisation Chain") or "",
        location=(row.get("Location") or "").casefold(),
        pincode=(row.get("Pincode") or "").partition(".")[0][:6],
        value_inr=float(re.sub(r"[^0-9.]", "", row.get("Tender Value in ₹") or "") or 0),
        published_at=published,
        bidders=bidders,
    )


def _bidders(bids: str | list[dict[str, Any]] | None) -> frozenset[str]:
    rows = ast.literal_eval(bids) if isinstance(bids, str) else bids or []
    names = {" ".join(str(bid.get("bidder") or "").upper().split()) for bid in rows}
    return frozenset(names - {"", "NA", "NAN"})


def _moment(text: str | None) -> datetime | None:
    for form in _FORMATS:
        try:
            return datetime.strptime((text or "").strip(), form)  # noqa: DTZ007  # all of one clock
        except ValueError:
            continue
    return None
