"""People in India: planted wherever a notice may name one, and looked for wherever we publish."""

from __future__ import annotations

import gzip
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from opportunities.exports.told import number_of
from opportunities.models import Opportunity
from opportunities.parsed_notice import (
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    RequirementKind,
)
from opportunities.projects.documents import DocumentKind
from opportunities.services import DocumentNamed, attach_document
from tests.factories.accounts import UserFactory
from tests.factories.notices import asking, parsed_notice
from tests.factories.projects import ProjectFactory
from tests.integration.open_data.conftest import Record

pytestmark = pytest.mark.django_db
NUMBER = "2026_PSCDCL_7_1"
PERSON = "Contact Shri Ramesh K. Patil, 98220 12345, r.patil@pune.example.in"
TRACES = (b"Patil", b"98220", b"r.patil")
# What isn't prose: numbers, codes and words of ours, which a notice's reader has made of it
NOT_PROSE = frozenset({"reference", "stage", "url", "pincode", "city", "state"})


def with_people(notice: ParsedNotice) -> ParsedNotice:
    """The notice with a person in every text that it has room for."""
    texts: dict[str, Any] = {
        field.name: f"{getattr(notice.facts, field.name) or 'Office'}. {PERSON}"
        for field in fields(OpportunityFacts)
        if field.type == "str | None" and field.name not in NOT_PROSE
    }
    facts = replace(notice.facts, organisation_chain=("Pune Smart City", PERSON), **texts)
    return asking(replace(notice, facts=facts), Requirement(RequirementKind.TURNOVER, PERSON))


def published(client: Client, process: Opportunity, folder: Path) -> dict[str, bytes]:
    """Everything that open data says, by where."""
    month, ocid = f"{process.disclosed_from:%Y-%m}", number_of(process.publisher, process.process_id)
    addresses = (
        *(f"ocds/{kind}/ocds-xxsetu-{ocid}.json" for kind in ("releases", "records")),
        *(f"ocds/{kind}/{month}.jsonl.gz" for kind in ("releases", "records")),
        *("oc4ids/projects.json", "ocds/months.json", "catalogue.rdf", ""),
    )
    told = {}
    for address in addresses:
        answer = client.get(f"/open-data/{address}")
        assert answer.status_code == 200, address
        body = answer.getvalue()
        told[address] = gzip.decompress(body) if address.endswith("gz") else body
    for rows in ("opportunities", "projects"):
        for one in (listed := client.get(f"/api/v1/{rows}")).json()["results"]:
            told[f"api {rows} {one['id']}"] = client.get(f"/api/v1/{rows}/{one['id']}").content
        told[f"api {rows}"] = listed.content
    for kind in ("ocds", "oc4ids", "csv"):
        call_command("export", format=kind, out=folder / kind)
        told[kind] = (folder / kind).read_bytes()
    return told


def test_nobody_is_named_in_any_format(record: Record, client: Client, tmp_path: Path) -> None:
    tender = parsed_notice(
        1, process_id=NUMBER, title="Smart poles", buyer_name="Pune Smart City", period_days=90
    )
    changed = parsed_notice(2, process_id=NUMBER, kind=NoticeKind.CORRIGENDUM, period_days=120)
    process = record(with_people(tender), with_people(changed))
    project = ProjectFactory.create(
        title=f"Meters. {PERSON}", buyer_name=f"Pune. {PERSON}", funding=PERSON, basis=PERSON
    )

    at, by = timezone.now(), UserFactory.create()
    for title, url in (
        (PERSON, "https://example.in/plan"),
        ("Plan", "https://example.in/r.patil@pune.example.in"),
    ):
        document = DocumentNamed(DocumentKind.PLAN, title, url, None, is_shared=True)
        attach_document(project.pk, document, by=by, now=at)

    told = published(client, process, tmp_path)

    assert [where for where, body in told.items() if any(trace in body for trace in TRACES)] == []
    assert b"Smart poles" in told["ocds"]
    assert b"Meters" in told["oc4ids"]
    assert b"https://example.in/plan" in told["oc4ids"]
    assert b"[left out]" in told["api opportunities"]
    assert b"Meters" in told[f"api projects {project.pk}"]
