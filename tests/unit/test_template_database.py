"""The test database is copied from one that was migrated earlier: never from one that is out of date."""

from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from tests.template_database import key_of


def test_another_migration_makes_another_template(tmp_path: Path) -> None:
    migration = tmp_path / "0001_initial.py"
    migration.write_text("OPERATIONS = 1")
    before = key_of([migration])

    migration.write_text("OPERATIONS = 2")

    assert key_of([migration]) != before


def test_so_does_anything_of_ours_that_a_migration_imports(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    trigger = tmp_path / "app" / "trigger.py"
    trigger.parent.mkdir()
    trigger.write_text("SQL = 1")
    migration = tmp_path / "0001_initial.py"
    migration.write_text("from app.trigger import SQL")
    before = key_of([migration])

    trigger.write_text("SQL = 2")

    assert key_of([migration]) != before
