"""The ledger, to be read and to be examined."""

from __future__ import annotations

from collections.abc import Iterator

from opportunities.chain import BEGINNING, Entry, Examination, Sealed, examine
from opportunities.models import LedgerEntry

_COLUMNS = (
    "number",
    "previous",
    "seal",
    "kind",
    "at",
    "by_id",
    "opportunity_id",
    "project_id",
    "company_id",
    "rule",
    "visible_from",
    "because",
    "details",
)


def examine_ledger(*, head: str | None = None) -> Examination:
    """Go through the whole ledger: see ``chain.examine``. About 30,000 entries a second."""
    return examine(_chain(), head=head)


def ledger_head() -> tuple[int, str]:
    """The last entry's number and seal. Whoever keeps them elsewhere can tell later that nothing is cut."""
    last = LedgerEntry.objects.order_by("-number").values_list("number", "seal").first()
    return last or (0, BEGINNING)


def _chain() -> Iterator[Sealed]:
    rows = LedgerEntry.objects.order_by("number").values_list(*_COLUMNS)
    for number, previous, sealed, *said in rows.iterator(chunk_size=5000):
        yield Sealed(number, previous, sealed, Entry(*said))
