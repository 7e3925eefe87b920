"""Every sample beside what a person has agreed it says."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from ingest.sources import ADAPTERS
from opportunities.parsed_notice import (
    OpportunityFacts,
    ParsedNotice,
    RequirementKind,
    Unreadable,
    unsure_facts,
)
from opportunities.serialization import notice_from_json, notice_to_json
from tests.unit.ingest.samples import SAMPLES, Sample, all_samples, samples_of

FACTS = {field.name for field in fields(OpportunityFacts)} | {"notice_id", "process_id", "published_at"}
ASKED = {str(kind) for kind in RequirementKind}
each_sample = pytest.mark.parametrize(
    "sample", all_samples(), ids=lambda sample: str(sample.path.relative_to(SAMPLES))
)


@each_sample
def test_a_sample_is_read_as_expected(sample: Sample) -> None:
    """A new sample gets its expected.json here, and fails until a person has reviewed it."""
    described = sample.describe()
    if not sample.expected_path.exists():
        sample.expected_path.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n")
        pytest.fail(f"{sample.expected_path.name} is new: compare it with the sample, then run again")
    assert described == json.loads(sample.expected_path.read_text())


@pytest.mark.parametrize("kind", sorted(ADAPTERS))
def test_every_source_has_samples(kind: str) -> None:
    assert samples_of(kind)


def test_every_folder_of_samples_belongs_to_a_source() -> None:
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} <= set(ADAPTERS)


@pytest.mark.parametrize("kind", sorted(ADAPTERS))
def test_an_adapter_is_registered_under_its_kind(kind: str) -> None:
    assert ADAPTERS[kind].kind == kind


@each_sample
def test_every_stated_fact_says_where_it_was_read(sample: Sample) -> None:
    if "raises" in sample.describe():
        return
    for part in sample.parse():
        if isinstance(part, ParsedNotice):
            assert {origin.field for origin in part.origins} <= FACTS
            assert all(origin.place and 0 < len(origin.words) <= 300 for origin in part.origins)
            assert all(doubt.field in FACTS | ASKED and doubt.reason for doubt in part.doubts)
            assert all(asked.place and asked.sentence for asked in part.requirements)
        else:
            assert isinstance(part, Unreadable)
            assert part.place
            assert part.reason
            assert len(part.excerpt) <= 2_000


@each_sample
def test_a_notice_survives_the_archive(sample: Sample) -> None:
    if "raises" in sample.describe():
        return
    notices = [part for part in sample.parse() if isinstance(part, ParsedNotice)]
    recorded = [replace(notice, unsure=unsure_facts(notice)) for notice in notices]
    assert [notice_from_json(notice_to_json(notice)) for notice in recorded] == recorded


@each_sample
def test_a_document_is_recognised_when_it_comes_again(sample: Sample) -> None:
    adapter = ADAPTERS[sample.kind]
    assert adapter.fingerprint(sample.document) == adapter.fingerprint(sample.document)
