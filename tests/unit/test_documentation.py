"""What is written down beside the code must be as the code is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from celery import Task

from portal.schedule import BEAT_SCHEDULE

ROOT = Path(__file__).parents[2]
# env("NAME"), env.bool("NAME"), … and what reads several: env.db, env.email
READ = re.compile(r"""\benv(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]*)\"""")
DOCUMENTED = re.compile(r"^#?\s?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def test_every_setting_is_in_the_example_and_none_is_invented() -> None:
    read = set(READ.findall((ROOT / "portal/settings.py").read_text(encoding="utf-8")))
    documented = set(DOCUMENTED.findall((ROOT / ".env.example").read_text(encoding="utf-8")))

    assert documented == read


@pytest.mark.parametrize("entry", BEAT_SCHEDULE)
def test_the_timetable_names_tasks_that_exist(entry: str) -> None:
    module, _, name = str(BEAT_SCHEDULE[entry]["task"]).rpartition(".")

    task = getattr(import_module(module), name)

    assert isinstance(task, Task)
    assert task.name == BEAT_SCHEDULE[entry]["task"]


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").glob("*.md")]


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_documents_lead_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []


def test_the_readme_leads_to_every_document() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where to read on")[2]
    led_to = set(re.findall(r"\(docs/([\w-]+\.md)\)", table))

    assert led_to == {page.name for page in (ROOT / "docs").glob("*.md")}


def test_the_readme_names_only_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^\./setu manage (\w+)", readme, re.MULTILINE))

    assert commands
    assert commands <= {path.stem for path in ROOT.glob("*/management/commands/*.py")}
