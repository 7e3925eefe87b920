"""Celery refuses a task whose gentle limit lies beyond its hard one, so that it never runs."""

from __future__ import annotations

import pytest

from portal.celery import app

OURS = ("ingest.", "matching.", "opportunities.", "portal.")

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if name.startswith(OURS))


def test_tasks_are_found() -> None:
    assert {"portal.accounts.tasks.tell_look", "ingest.tasks.poll_source"} <= set(TASKS)


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_asked_to_end_before_it_is_ended(name: str) -> None:
    task = app.tasks[name]

    assert 0 < (task.soft_time_limit or 0) < (task.time_limit or 0)
