"""The example in docs/open-data.md does what it says."""

from __future__ import annotations

import io
import re
import urllib.request

import pytest
from django.test import Client

from portal.running.places import ROOT
from tests.factories.notices import parsed_notice
from tests.factories.projects import ProjectFactory
from tests.integration.open_data.conftest import Record

GUIDE = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")


def test_the_example_prints_the_months_tenders(
    record: Record, client: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = record(parsed_notice(1, title="Smart poles"))
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)

    def fetched(url: str) -> io.BytesIO:
        answer = client.get(url.removeprefix("https://setu.example"))
        return io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    monkeypatch.setattr(urllib.request, "urlopen", fetched)
    exec(example.replace('"2026-11"', f'"{told.disclosed_from:%Y-%m}"'), {})  # noqa: S102  what readers are told

    assert capsys.readouterr().out == "Smart poles None\n"


def test_every_address_of_the_guide_answers(record: Record, client: Client) -> None:
    record(parsed_notice(1, title="Smart poles"))
    ProjectFactory.create(opportunity__process_id="PLAN/1")
    addresses = set(re.findall(r"`(/open-data/[^`<]*\.(?:json|rdf))`", GUIDE))

    assert len(addresses) == 5
    assert {client.get(address).status_code for address in addresses} == {200}
