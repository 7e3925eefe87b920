"""The client in docs/api.md does what it says."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from matching.models import Match
from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.api.conftest import ProgramOf

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_cache")
def test_the_client_reads_every_page_waits_when_told_and_reads_nothing_twice(
    live_server: LiveServer,
    world: World,
    alice: User,
    program_of: ProgramOf,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    for told, instead in (
        ("https://setu.example", live_server.url),
        ("setu_…", program_of(alice).secret),
        ("limit=100", "limit=2"),
    ):
        assert told in example
        example = example.replace(told, instead)
    settings.API_PACES = {"read": "2/min"}
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        settings.API_PACES = {}

    monkeypatch.setattr(time, "sleep", wait)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102  what readers are told
    printed = capsys.readouterr().out.splitlines()
    answers: list[int] = []
    client = names["setu"]
    client.http.event_hooks = {"response": [lambda answer: answers.append(answer.status_code)]}
    again = [f"{one['score']} {one['opportunity']['title']}" for one in client.every("/matches?limit=2")]
    client.http.close()

    fitting = Match.objects.filter(profile=world.profile, opportunity__disclosed_from__isnull=False)
    assert len(printed) > 4
    assert {int(line.split()[0]) for line in printed} <= set(fitting.values_list("score", flat=True))
    assert len(waited) == 1
    assert 0 < waited[0] <= 60
    assert again == printed
    assert set(answers) == {httpx.codes.NOT_MODIFIED}
