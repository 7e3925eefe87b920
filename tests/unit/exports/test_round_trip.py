"""What we publish, our own source reads back to the same facts: every sample of every source."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import IngestError
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.compile import SeenNotice, compile_facts
from opportunities.exports.ocds import record_package, release_package
from opportunities.exports.personal import impersonal
from opportunities.exports.publications import is_public
from opportunities.exports.told import Json, ToldNotice, ToldProcess
from opportunities.parsed_notice import OpportunityFacts, ParsedNotice
from opportunities.sameness.keys import address_of
from tests.factories.open_data import REPUBLISHER
from tests.unit.ingest.samples import SAMPLES, Sample, all_samples

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = SourceSettings(slug="setu", address="https://setu.example/", publisher="setu.example")
TEXTS = ("title", "description", "buyer_name", "location", "category", "product_category", "prebid_place")


def notices_in(sample: Sample) -> list[ParsedNotice]:
    try:
        return [part for part in sample.parse() if isinstance(part, ParsedNotice)]
    except IngestError:
        return []


def told(notice: ParsedNotice) -> ToldProcess:
    seen = SeenNotice(notice, NOON)
    return ToldProcess(notice.publisher, notice.process_id, NOON, (ToldNotice(seen, NOON),))


def read_back(package: Json) -> list[ParsedNotice]:
    document = FetchedDocument(
        "https://setu.example/x.json", "application/json", json.dumps(package).encode()
    )
    parts = list(ADAPTERS["ocds"].parse(document, SOURCE))
    assert all(isinstance(part, ParsedNotice) for part in parts), parts
    return [part for part in parts if isinstance(part, ParsedNotice)]


def publishable(notice: ParsedNotice) -> OpportunityFacts:
    """What of a notice may be told: no contact, no address of one visit, no prose of the channel's."""
    facts = compile_facts([SeenNotice(notice, NOON)])
    left_out: dict[str, Any] = {"contact": None, "url": facts.url if address_of(facts.url) else None}
    if not is_public(notice):
        left_out["description"] = None
    texts: dict[str, Any] = {
        name: text and impersonal(text) for name in TEXTS if (text := getattr(facts, name))
    }
    number = notice.process_id if is_public(notice) else told(notice).number
    return replace(facts, **{**texts, **left_out, "title": texts.get("title") or number})


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: str(sample.path.relative_to(SAMPLES)))
def test_a_package_is_read_back_to_the_same_facts(sample: Sample) -> None:
    for notice in notices_in(sample):
        package = release_package(told(notice), REPUBLISHER)

        (back,) = read_back(package)

        wanted = publishable(notice)
        assert {f.name: getattr(back.facts, f.name) for f in fields(wanted)} == {
            f.name: getattr(wanted, f.name) for f in fields(wanted)
        }
        assert back.kind is notice.kind
        assert back.doubts == ()


def test_a_record_is_read_back_to_what_its_releases_say() -> None:
    notice = next(n for sample in all_samples() for n in notices_in(sample) if is_public(n))

    assert read_back(record_package(told(notice), REPUBLISHER)) == read_back(
        release_package(told(notice), REPUBLISHER)
    )
