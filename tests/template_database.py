"""A migrated database to copy each worker's own from: migrating takes longer than most folders of tests.

``python -m tests.template_database`` makes it and nothing else.
"""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def copy_from_template() -> None:
    """Have Django copy the test database of this process from a template, which is made if need be.

    Whoever comes first makes it while the others wait. It stays for the next run, and is made again once
    anything has changed that migrations are made of. What it lacks all the same Django migrates in the copy.
    """
    template, key = f"test_{connection.settings_dict['NAME']}_template", key_of(_migrations())
    with connection._nodb_cursor() as cursor:
        # Let go of when this connection closes, and so by whoever is killed.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [template]
        )
        if cursor.fetchone() != (key,):
            name = connection.ops.quote_name(template)
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            _make(template)
            # Nobody connects to it any more, not even the autovacuum: it couldn't be copied meanwhile.
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            # Last, so that one that was left half made is never believed.
            cursor.execute(f"COMMENT ON DATABASE {name} IS '{key}'")
    connection.settings_dict["TEST"]["TEMPLATE"] = template


def _make(template: str) -> None:
    ours, tested = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = template
    try:
        connection.creation.create_test_db(verbosity=0, serialize=False)
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = ours
        connection.settings_dict["TEST"]["NAME"] = tested


def key_of(migrations: Iterable[Path]) -> str:
    """Tells apart what migrations are made of: their own files, and those of ours that they import."""
    told, files = hashlib.sha256(), sorted(migrations)
    imported = sorted({file for migration in files for file in _imported(migration)})
    for file in [*files, *imported]:
        told.update(f"{file.name}\n".encode())
        told.update(file.read_bytes())
    return told.hexdigest()


def _migrations() -> Iterator[Path]:
    for app in apps.get_app_configs():
        module, _ = MigrationLoader.migrations_module(app.label)
        spec = find_spec(module) if module else None
        if spec is not None and spec.origin:
            yield from Path(spec.origin).parent.glob("*.py")


def _imported(migration: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(migration.read_bytes())):
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        elif isinstance(node, ast.Import):
            modules = [each.name for each in node.names]
        else:
            continue
        for module in modules:
            file = Path(settings.BASE_DIR, *module.split("."))
            yield from (found for found in (file.with_suffix(".py"), file / "__init__.py") if found.is_file())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    copy_from_template()
