"""The tenders on the made-up portal."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from portal.demo.simulator.edition import Edition

CONTENT = Path(__file__).parent / "content"
# Nobody can own a name under .example. Bulletins quote it, so their notices meet the portal's own.
PORTAL_HOST = "etenders.nagar.example"
_CLOSING_HOURS = (15, 17, 18)


@dataclass(frozen=True, slots=True)
class Corrigendum:
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Tender:
    """One tender as the portal shows it at some moment. Amounts are the portal's own spelling."""

    key: str
    tender_id: str
    department: str
    buyer: str
    reference: str
    title: str
    description: str
    category: str
    product: str
    type: str
    form: str
    value: str
    emd: str
    fee: str
    location: str
    pincode: str
    contact: str
    period: int
    published_at: datetime
    prebid_at: datetime
    enquiries_until: datetime
    closes_at: datetime
    opens_at: datetime
    corrigendum: Corrigendum | None

    @property
    def organisation_chain(self) -> str:
        return f"{self.department}||{self.buyer}"

    @property
    def token(self) -> str:
        return token_for(self.tender_id)


def token_for(name: str) -> str:
    """What stands behind ``sp=`` in the portal's links: alike in every session, and says nothing."""
    digest = hashlib.sha256(name.encode()).digest()[:16]
    return quote("S" + base64.b64encode(digest).decode(), safe="")


def tenders_at(edition: Edition, now: datetime) -> list[Tender]:
    """What the portal shows at a moment: corrigenda change a tender in place, as such portals do."""
    rows = tomllib.loads((CONTENT / "portal.toml").read_text(encoding="utf-8"))["tender"]
    return [_tender(index, row, edition, is_later=now >= edition.later_at) for index, row in enumerate(rows)]


def _tender(index: int, row: dict[str, Any], edition: Edition, *, is_later: bool) -> Tender:
    is_changed = is_later and "corrigendum" in row
    closes = row["later_closes"] if is_changed else row["closes"]
    prebid_at = edition.at(row["prebid"], 11)
    closes_at = edition.at(closes, _CLOSING_HOURS[index % len(_CLOSING_HOURS)])
    plain = (
        "key",
        "buyer",
        "reference",
        "title",
        "category",
        "product",
        "type",
        "form",
        "value",
        "emd",
        "fee",
    )
    return Tender(
        **{name: row[name] for name in (*plain, "location", "pincode", "contact", "period")},
        tender_id=f"{edition.year}_{row['code']}_{edition.first_number + index}_1",
        department=f"Urban Development Department - {row['state']}",
        description=row["description"].strip(),
        published_at=edition.at(row["published"], 10 + index % 8, 55),
        prebid_at=prebid_at,
        enquiries_until=prebid_at - timedelta(hours=18),
        closes_at=closes_at,
        opens_at=edition.at(closes + 1, 11, 30),
        corrigendum=Corrigendum(row["corrigendum"], edition.later_at) if is_changed else None,
    )
