"""Documents nobody here wrote, where they are at hand: no row is lost, and a second reading agrees."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pytest

from ingest.errors import SourceChanged, SourceUnavailable
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import CONFIDENT, Moment, NoticeKind, ParsedNotice, Stage, Unreadable
from portal.lib.clocks import INDIA
from portal.lib.money import Money
from tests.real_data import DATA, needs_real_data
from tests.unit.ingest.samples import without_tables

pytestmark = needs_real_data

SUBSET = "india-tenders/smart_city_subset.jsonl"
OCDS = "spreadsheets/assam_ocds_columns.csv"


def read(kind: str, name: str) -> list[ParsedNotice | Unreadable]:
    document = FetchedDocument(f"file:///{name}", "", (DATA / name).read_bytes())
    return list(without_tables(ADAPTERS[kind].parse(document, SourceSettings("real", "", "a portal"))))


def raw_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines)) if name.endswith("csv") else [json.loads(line) for line in lines]


def rows_with_notices(name: str) -> Iterator[tuple[dict[str, str], ParsedNotice]]:
    for row, part in zip(raw_rows(name), read("upload", name), strict=True):
        if isinstance(part, ParsedNotice):
            yield row, part


def amount_by_digits(words: str) -> Decimal | None:
    """Independent of the product's reader: digits and a point alone."""
    digits = re.sub(r"[^0-9.]", "", words)
    return (Decimal(digits) or None) if digits else None


def time_by_strptime(words: str) -> datetime | None:
    if words.strip() in ("", "NA"):
        return None
    return datetime.strptime(words.strip(), "%d-%b-%Y %I:%M %p").replace(tzinfo=INDIA)


def at(moment: Moment | None) -> datetime | None:
    return moment.at if moment else None


def amount(money: Money | None) -> Decimal | None:
    return money.amount if money else None


@pytest.mark.parametrize("name", [SUBSET, OCDS])
def test_every_row_is_a_notice_or_says_why_not(name: str) -> None:
    parts = read("upload", name)

    assert len(parts) == len(raw_rows(name))
    for part in parts:
        if isinstance(part, Unreadable):
            assert part.reason
            assert part.excerpt
    assert sum(isinstance(part, ParsedNotice) for part in parts) > 0.99 * len(parts)


def test_the_smart_city_tenders_agree_with_a_second_reading() -> None:
    for row, notice in rows_with_notices(SUBSET):
        facts = notice.facts
        assert notice.process_id == row["Tender ID"]
        assert notice.publisher == f"gepnic:{row['_state']}"
        assert facts.title == " ".join(row["Title"].split())
        assert amount(facts.value) == amount_by_digits(row.get("Tender Value in ₹", ""))
        assert amount(facts.bid_security) == amount_by_digits(row.get("EMD Amount in ₹", ""))
        assert amount(facts.document_fee) == amount_by_digits(row.get("Tender Fee in ₹", ""))
        assert notice.published_at == time_by_strptime(row["Publish Date"])
        assert at(facts.submission_deadline) == time_by_strptime(row["Bid Submission End Date"])
        assert at(facts.opening_at) == time_by_strptime(row["Bid Opening Date"])
        assert at(facts.prebid_at) == time_by_strptime(row.get("Pre Bid Meeting Date", "NA"))
        assert at(facts.enquiry_deadline) == time_by_strptime(row.get("Clarification End Date", "NA"))
        assert (facts.stage is Stage.AWARDED) == (row.get("Tender Stage") == "AOC")
        assert facts.buyer_name == row["Organisation Chain"].split("||")[-1].strip()
        assert notice.doubts == ()


@pytest.mark.parametrize("state", ["assam", "himachal"])
def test_two_hundred_tenders_of_a_state_agree_with_a_second_reading(state: str) -> None:
    with gzip.open(DATA / f"india-tenders/{state}.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = random.Random(state).sample(list(lines), 200)  # noqa: S311  # the same each time
    document = FetchedDocument(f"{state}.jsonl", "", "".join(chosen).encode())
    parts = ADAPTERS["upload"].parse(document, SourceSettings("real", "", "a portal"))
    notices = list(without_tables(parts))

    assert len(notices) == 200
    for line, notice in zip(chosen, notices, strict=True):
        row = json.loads(line)
        assert isinstance(notice, ParsedNotice)
        assert notice.process_id == row["Tender ID"]
        assert amount(notice.facts.value) == amount_by_digits(row.get("Tender Value in ₹", ""))
        assert amount(notice.facts.bid_security) == amount_by_digits(row.get("EMD Amount in ₹", ""))
        assert notice.published_at == time_by_strptime(row["Publish Date"])
        assert at(notice.facts.submission_deadline) == time_by_strptime(row["Bid Submission End Date"])
        assert at(notice.facts.prebid_at) == time_by_strptime(row.get("Pre Bid Meeting Date", "NA"))


def test_the_open_contracting_rows_agree_with_a_second_reading() -> None:
    for row, notice in rows_with_notices(OCDS):
        assert notice.process_id == row["tender/id"]
        assert notice.publisher == "ocds-f5kvwu"
        assert amount(notice.facts.value) == amount_by_digits(row["tender/value/amount"])
        assert notice.published_at == time_by_strptime(row["tender/datePublished"])
        assert at(notice.facts.opening_at) == time_by_strptime(row["tender/bidOpening/date"])
        assert notice.facts.buyer_name == " ".join(row["buyer/name"].split())


def test_a_saved_listing_and_the_page_behind_it_agree() -> None:
    listed = read("gepnic", "gepnic-pages/dnh_org_listing.trimmed.html")
    (opened,) = read("gepnic", "gepnic-pages/dnh_detail.trimmed.html")

    assert len(listed) == 17
    assert isinstance(opened, ParsedNotice)
    (row,) = (
        part for part in listed if isinstance(part, ParsedNotice) and part.process_id == opened.process_id
    )
    for fact in (
        "title",
        "reference",
        "submission_deadline",
        "opening_at",
        "buyer_name",
        "organisation_chain",
    ):
        assert getattr(row.facts, fact) == getattr(opened.facts, fact)
    assert row.published_at == opened.published_at
    assert amount(opened.facts.value) == Decimal(8_058_645)


def test_saved_pages_without_tenders_are_known() -> None:
    assert read("gepnic", "gepnic-pages/tn_org_index.trimmed.html") == []
    with pytest.raises(SourceUnavailable):
        read("gepnic", "gepnic-pages/stale_session.html")


CENTRAL = "gepnic-pages/cppp_latest_active.trimmed.html"


def test_the_central_portals_list_agrees_with_a_second_reading() -> None:
    """A title, "/", the reference number (which holds "/" itself), "/", the tender ID."""
    cells = re.findall(r'title="External Url">([^<]*)</a>/(.*)/([^/<]*)</td>', (DATA / CENTRAL).read_text())
    notices = read("cppp", CENTRAL)

    assert len(cells) == 10
    for (title, reference, tender_id), notice in zip(cells, notices, strict=True):
        assert isinstance(notice, ParsedNotice)
        assert (notice.facts.title, notice.facts.reference) == (" ".join(title.split()), reference)
        assert notice.process_id == tender_id
        assert notice.doubts == ()
        (origin,) = (origin for origin in notice.origins if origin.field == "title")
        assert (origin.confidence < CONFIDENT) is (len(title) == 150)


def test_the_central_portals_list_is_not_squeezed_into_another() -> None:
    with pytest.raises(SourceChanged, match="of the kind cppp"):
        read("gepnic", CENTRAL)


RELEASES = "uk-contracts-finder/releases.jsonl"
KINDS = {
    "planning": NoticeKind.PLANNING,
    "tender": NoticeKind.TENDER,
    "tenderAmendment": NoticeKind.CORRIGENDUM,
    "award": NoticeKind.AWARD,
    "awardUpdate": NoticeKind.AWARD,
}


def test_the_releases_agree_with_a_second_reading() -> None:
    releases = [json.loads(line) for line in (DATA / RELEASES).read_text().splitlines()]
    notices = read("ocds", RELEASES)

    assert len({(n.process_id, n.notice_id) for n in notices if isinstance(n, ParsedNotice)}) == 380
    for release, notice in zip(releases, notices, strict=True):
        assert isinstance(notice, ParsedNotice)
        tender = release["tender"]
        value, deadline = tender.get("value", {}), tender.get("tenderPeriod", {}).get("endDate")
        assert f"{notice.publisher}-{notice.process_id}" == release["ocid"]
        assert notice.kind is KINDS[release["tag"][0]]
        assert notice.published_at == datetime.fromisoformat(release["date"])
        assert notice.facts.buyer_name == " ".join(release["buyer"]["name"].split())
        assert tender["classification"]["id"] in (notice.facts.classification_codes or ())
        assert at(notice.facts.submission_deadline) == (deadline and datetime.fromisoformat(deadline))
        stated = Decimal(str(value["amount"])) if value else None
        assert amount(notice.facts.value) == (stated or None)
        assert notice.facts.value is None or notice.facts.value.currency == value["currency"]
