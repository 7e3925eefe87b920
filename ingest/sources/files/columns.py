"""Which column holds what: portals' labels, or open contracting (OCDS) paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.draft import NoticeDraft
from ingest.reading.identifiers import split_ocid
from ingest.reading.labels import fact_for
from ingest.reading.words import excerpt, says_nothing, tidy
from ingest.sources.files.row import BadRow, Row
from opportunities.parsed_notice import ParsedNotice, Unreadable

PUBLISHER, STATE, OCID, TAG, CURRENCY = "publisher", "_state", "ocid", "tag", "currency"
_OWN_COLUMNS = {"_state": STATE, "portal": PUBLISHER, "publisher": PUBLISHER, "_portal": PUBLISHER}

# Paths of OCDS 1.1 as flat columns, without the numbers of list elements. In order: what comes first wins.
_OCDS_PATHS = {
    "ocid": OCID,
    "tag": TAG,
    "tender/id": "process_id",
    "tender/externalreference": "reference",
    "tender/reference": "reference",
    "tender/title": "title",
    "tender/description": "description",
    "tender/status": "stage",
    "tender/stage": "stage",
    "tender/mainprocurementcategory": "category",
    "tender/procurementmethoddetails": "procurement_method",
    "tender/procurementmethod": "procurement_method",
    "tender/contracttype": "contract_form",
    "tender/classification/description": "product_category",
    "tenderclassification/description": "product_category",
    "tender/classification/id": "classification_codes",
    "tender/value/amount": "value",
    "tender/value/currency": CURRENCY,
    "tender/datepublished": "published_at",
    "date": "published_at",
    "tender/tenderperiod/startdate": "submission_from",
    "tender/tenderperiod/enddate": "submission_deadline",
    "tender/enquiryperiod/enddate": "enquiry_deadline",
    "tender/bidopening/date": "opening_at",
    "buyer/name": "buyer_name",
    "tender/procuringentity/name": "buyer_name",
    "tender/deliverylocation/description": "location",
}
_ORDER = {path: number for number, path in enumerate(_OCDS_PATHS)}
_LIST_NUMBER = re.compile(r"/\d+(?=/|$)")
_TAGS_OF_A_TENDER = frozenset({"tender", "tenderupdate", "tenderamendment"})
_NEEDED = "needed are Tender ID and Title, or tender/id and tender/title"


@dataclass(frozen=True, slots=True)
class Column:
    position: int
    name: str
    holds: str  # a fact, or one of the words above


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that we know among a table's."""

    columns: tuple[Column, ...]

    @property
    def is_sufficient(self) -> bool:
        held = {column.holds for column in self.columns}
        return "title" in held and bool(held & {"process_id", OCID})

    def read(self, row: Row, *, publisher: str) -> ParsedNotice | Unreadable:
        """The notice in a row, or why there is none."""
        # Only columns we know: others may name bidders.
        said = " | ".join(words for column in self.columns if (words := row.values[column.position]))
        draft = NoticeDraft(row.place, said)
        about: dict[str, str] = {}
        for column in self.columns:
            words = row.values[column.position]
            if column.holds in _ABOUT:
                if not says_nothing(words):
                    about.setdefault(column.holds, tidy(words))
            elif column.holds == "value" and (currency := self._currency(row)):
                draft.read("value", f"{currency} {words}" if words[:1].isdigit() else words, column.name)
            else:
                draft.read(column.holds, words, column.name)

        tag = about.get(TAG, "tender").casefold()
        if tag not in _TAGS_OF_A_TENDER:
            return Unreadable(row.place, excerpt(said), f"a release tagged “{tag[:60]}” isn't read yet")
        numbered = split_ocid(about.get(OCID, ""))
        if numbered and "process_id" not in draft.facts:
            draft.read("process_id", numbered[1], OCID)
        return draft.finish(_publisher(about, numbered[0] if numbered else publisher))

    def _currency(self, row: Row) -> str:
        stated = (row.values[column.position] for column in self.columns if column.holds == CURRENCY)
        return tidy(next(stated, ""))


_ABOUT = frozenset({PUBLISHER, STATE, OCID, TAG, CURRENCY})


@lru_cache(maxsize=1_024)
def columns_of(names: tuple[str, ...]) -> Columns:
    """The columns a header names. Cached, since JSON repeats its header in every row."""
    found = [
        Column(position, tidy(name), holds) for position, name in enumerate(names) if (holds := _holds(name))
    ]
    return Columns(tuple(sorted(found, key=lambda column: _ORDER.get(_path(column.name), -1))))


def known_columns(names: Iterable[str]) -> int:
    return sum(_holds(name) is not None for name in names)


def what_is_missing(rows: Sequence[Row | BadRow]) -> str:
    """Why a file can't be read, for the person who handed it in."""
    for row in rows:
        if names := getattr(row, "names", None):
            seen = ", ".join(tidy(name) for name in names if name.strip())
            return f"the columns are {seen[:1_000]}; {_NEEDED}"
    reason = getattr(rows[0], "reason", "") if rows else "there are no rows below the header"
    return f"no row can be read ({reason}); {_NEEDED}"


def _holds(name: str) -> str | None:
    own = _OWN_COLUMNS.get(tidy(name).casefold())
    return own or _OCDS_PATHS.get(_path(name)) or fact_for(name)


def _path(name: str) -> str:
    return _LIST_NUMBER.sub("", tidy(name).casefold().replace(".", "/"))


def _publisher(about: dict[str, str], otherwise: str) -> str:
    """Who numbers the tender: two portals may give one number to two tenders."""
    if PUBLISHER in about:
        return about[PUBLISHER].casefold()
    return f"gepnic:{about[STATE].casefold()}" if STATE in about else otherwise
