"""Open contracting data: however releases are packed they say the same, and nobody who bids is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import FetchRefused, SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.ocds import fetch
from opportunities.parsed_notice import NoticeKind, ParsedNotice, Stage, Unreadable
from tests.unit.ingest.samples import SAMPLES, without_tables
from tests.unit.ingest.sources.no_network import NoNetwork

ADAPTER = ADAPTERS["ocds"]
SITE = "https://data.example"
SOURCE = SourceSettings("data", f"{SITE}/first", "data")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Json = dict[str, Any]


def page(content: object, url: str = f"{SITE}/first") -> FetchedDocument:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return FetchedDocument(url, "application/json", body)


def read(content: object) -> list[ParsedNotice | Unreadable]:
    return list(without_tables(ADAPTER.parse(page(content), SOURCE)))


def release(*tags: str, **more: object) -> Json:
    tender = {"id": "T/7", "title": "Pumps", "status": "active"}
    return {"ocid": "ocds-a1b2c3-7", "id": "r7", "date": "2026-11-16T12:30:00Z", "tag": [*tags]} | {
        "tender": tender | more
    }


def only_notice(content: object) -> ParsedNotice:
    (part,) = read(content)
    assert isinstance(part, ParsedNotice)
    return part


def test_however_releases_are_packed_they_say_the_same() -> None:
    releases = [release("tender"), release("tenderUpdate") | {"id": "r8"}]
    lines = "\n".join(map(json.dumps, releases)).encode()
    packages = [
        {"releases": releases},
        {"records": [{"ocid": "ocds-a1b2c3-7", "releases": releases}]},
        {"releases": releases, "publisher": {"name": "Another publisher of the same"}},
        releases,
        lines,
        gzip.compress(lines),
        gzip.compress(json.dumps({"releases": releases}).encode()),
    ]

    assert all(read(package) == read(lines) for package in packages)
    assert len(read(lines)) == 2


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (["planning"], NoticeKind.PLANNING),
        (["tender"], NoticeKind.TENDER),
        (["planning", "tender"], NoticeKind.TENDER),
        (["tenderUpdate"], NoticeKind.CORRIGENDUM),
        (["tenderAmendment", "tender"], NoticeKind.CORRIGENDUM),
        (["tenderCancellation"], NoticeKind.CANCELLATION),
        (["award", "contract"], NoticeKind.AWARD),
        (["awardUpdate"], NoticeKind.AWARD),
    ],
)
def test_tags_say_what_a_release_does(tags: list[str], kind: NoticeKind) -> None:
    assert only_notice(release(*tags)).kind is kind


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        (["tenderNotice"], "“tenderNotice” isn't a release tag we know"),
        (["contract", "implementation"], "comes after the award"),
        (["awardCancellation"], "comes after the award"),
        ([], "has no tag"),
    ],
)
def test_an_unknown_tag_is_never_a_guess(tags: list[str], reason: str) -> None:
    (part,) = read(release(*tags))

    assert isinstance(part, Unreadable)
    assert reason in part.reason


def test_an_unknown_tag_beside_a_known_one_is_a_doubt() -> None:
    notice = only_notice(release("tender", "renewal"))
    assert [(doubt.field, doubt.words) for doubt in notice.doubts] == [("stage", "renewal")]


@pytest.mark.parametrize(
    ("status", "kind"), [("planned", NoticeKind.PLANNING), ("withdrawn", NoticeKind.CANCELLATION)]
)
def test_a_compiled_release_says_by_its_status_what_was_published_last(status: str, kind: NoticeKind) -> None:
    record = {"releases": [{"url": "x"}], "compiledRelease": release("compiled", status=status)}
    assert only_notice({"records": [record]}).kind is kind


def test_a_planned_tender_can_not_be_bid_for_yet() -> None:
    assert only_notice(release("planning")).facts.stage is Stage.IDENTIFIED
    assert only_notice(release("planning", title="RFI: pumps")).facts.stage is Stage.RFI


def test_an_ocid_without_a_registered_prefix_belongs_to_the_package() -> None:
    packed = {"publisher": {"uri": "https://open.example/x"}, "releases": [release("tender") | {"ocid": "7"}]}

    assert (only_notice(packed).publisher, only_notice(packed).process_id) == ("open.example", "7")
    assert only_notice(release("tender") | {"ocid": "7"}).publisher == "data"


def test_an_amount_without_a_currency_is_a_doubt() -> None:
    notice = only_notice(release("tender", value={"amount": 5}))

    assert notice.facts.value is None
    assert [(doubt.field, doubt.reason) for doubt in notice.doubts] == [
        ("value", "the amount has no currency")
    ]


def test_what_was_awarded_and_to_whom_is_not_read() -> None:
    text = str(list(ADAPTER.parse(page((SAMPLES / "ocds" / "release_package.json").read_bytes()), SOURCE)))

    assert "Never To Be Read" not in text
    assert "A Person" not in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "isn't JSON"),
        ({"status": "ok"}, "no releases"),
        (b'{"releases": [', "breaks off"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"releases":' + b"[" * 100_000, "nested too deeply"),
        ([1, 2], "no releases"),
        (gzip.compress(b'{"releases": []}')[:-4], "damaged"),
        (gzip.compress(b'{"releases": "' + b"x" * 30_000_000), "unpacks to far more"),
    ],
)
def test_what_is_no_open_contracting_data_says_so(content: object, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(content)
    assert ADAPTER.fingerprint(page(content))


@pytest.mark.parametrize("part", [None, 7, "x", [], {"ocid": 7}, {"tag": ["tender"]}, {"tag": {"a": 1}}])
def test_a_release_of_any_other_shape_is_put_aside_alone(part: object) -> None:
    notice, unreadable = read({"releases": [release("tender"), part]})

    assert isinstance(notice, ParsedNotice)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason


def test_when_a_package_was_put_together_makes_no_new_document() -> None:
    first, second = (
        page({"publishedDate": day, "releases": [release("tender")]}) for day in ("2026-11-20", "2026-11-21")
    )
    changed = page({"publishedDate": "2026-11-20", "releases": [release("tender", title="Pipes")]})

    assert ADAPTER.fingerprint(first) == ADAPTER.fingerprint(second) != ADAPTER.fingerprint(changed)


class Packages(NoNetwork):
    def __init__(self, **links: object) -> None:
        self._links = links

    def get(self, url: str) -> FetchedDocument:
        return page({"releases": [], "links": self._links.get(url.rpartition("/")[2], {})}, url)


def fetched(packages: Packages, *, clock: Callable[[], float] = lambda: 0.0) -> list[str]:
    documents = fetch.fetch_packages(SOURCE, packages, clock=clock)
    return [document.url.rpartition("/")[2] for document in documents]


def test_each_package_leads_to_the_next() -> None:
    packages = Packages(first={"next": "/second"}, second=[{"rel": "next", "href": f"{SITE}/third"}])

    assert fetched(packages) == ["first", "second", "third"]
    assert len(list(ADAPTER.fetch(SOURCE, packages, now=NOW))) == 3


def test_packages_that_lead_back_end() -> None:
    assert fetched(Packages(first={"next": "/second"}, second={"next": "/first"})) == ["first", "second"]


def test_a_visit_ends_in_time() -> None:
    ticks: Iterator[float] = iter([0.0, 1.0, fetch.LONGEST_VISIT + 1])
    assert fetched(Packages(first={"next": "/first?2"}), clock=lambda: next(ticks)) == ["first"]


@pytest.mark.parametrize("link", ["https://elsewhere.example/2", "file:///etc/passwd"])
def test_a_link_off_the_site_is_refused(link: str) -> None:
    with pytest.raises(FetchRefused):
        fetched(Packages(first={"next": link}))
