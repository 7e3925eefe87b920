"""The test database, for processes that a test starts."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.db import connection


def database_url() -> str:
    """The address of the database this process uses, as the settings take it: for another process."""
    settings = connection.settings_dict
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    port = settings["PORT"] or settings["OPTIONS"].get("port", 5432)
    name = quote(settings["NAME"])
    login = quote(settings["USER"]) + (f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else "")
    return f"postgres://{login}@/{name}?{urlencode({'host': host, 'port': port})}"
