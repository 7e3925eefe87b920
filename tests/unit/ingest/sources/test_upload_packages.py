"""Open contracting data handed in, or attached to a mail, says what it says at its publisher's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import SAMPLES, samples_of, without_tables
from tests.unit.ingest.sources.test_upload_messages import mail

SOURCE = SourceSettings("office", "", "the office")
PACKAGES = [sample.path for sample in samples_of("ocds") if sample.path.stem != "not_open_contracting"]
RELEASE = {
    "ocid": "ocds-213czf-1",
    "tag": ["tender"],
    "date": "2026-11-20T10:00:00Z",
    "tender": {"id": "1", "title": "Sensors"},
}


def read(body: bytes, kind: str = "upload") -> list[ParsedNotice | Unreadable]:
    document = FetchedDocument("package.json", "application/json", body)
    return list(without_tables(ADAPTERS[kind].parse(document, SOURCE)))


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.name)
def test_it_is_read_as_the_kind_for_it_reads_it(path: Path) -> None:
    assert read(path.read_bytes()) == read(path.read_bytes(), "ocds")


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.name)
def test_it_is_read_when_it_is_attached(path: Path) -> None:
    attached = read(
        mail(("package.json", path.read_bytes()), text="See the attached.").as_bytes(), "cii_mailbox"
    )

    ours = {(part.publisher, part.process_id) for part in attached if isinstance(part, ParsedNotice)}
    assert ours == {
        (part.publisher, part.process_id)
        for part in read(path.read_bytes(), "ocds")
        if isinstance(part, ParsedNotice)
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("indent", [None, 2])
def test_however_it_is_written(encoding: str, indent: int | None) -> None:
    for value in (
        RELEASE,
        [RELEASE],
        {"releases": [RELEASE]},
        {"records": [{"ocid": "x", "releases": [RELEASE]}]},
    ):
        (notice,) = read(json.dumps(value, indent=indent).encode(encoding))
        assert isinstance(notice, ParsedNotice)
        assert (notice.publisher, notice.process_id, notice.facts.title) == ("ocds-213czf", "1", "Sensors")


def test_flat_rows_are_no_package() -> None:
    path = SAMPLES / "upload" / "list_of_objects.json"
    flat = json.dumps({"ocid": "ocds-213czf-1", "tag": "tender", "tender/id": "1", "tender/title": "Sensors"})

    assert all(isinstance(part, ParsedNotice) for part in read(flat.encode()))
    assert read(path.read_bytes())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"releases": []}', "the package holds no releases"),
        (b'{"uri": "x", "releases": [{"ocid": ', "the JSON breaks off or is damaged"),
        (b'{"releases": ' + b"[" * 200_000, "no row can be read|breaks off|nested too deeply"),
    ],
    ids=["empty", "cut off", "deep"],
)
def test_a_broken_package_says_so(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)
