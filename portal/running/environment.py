"""What our programs are told through the environment. What a person has set always wins."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from portal.embedded.servers import Wanted
from portal.embedded.sharing import Addresses


def wanted_servers() -> Wanted:
    """Return which servers nobody has given us an address of."""
    return Wanted(postgres=not _given("DATABASE_URL"), valkey=not _given("REDIS_URL"))


def programs_environment(data: Path, addresses: Addresses) -> dict[str, str]:
    """Return the environment for Django, Celery and the web server on a data folder.

    The demo is on where the database is ours, and never by itself on somebody's own. The secret key is
    made once and kept in the data folder.
    """
    ours = {
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SITE_URL": addresses.site_url,
        "SIMULATOR_URL": addresses.simulator_url,
        "FETCH_ALLOW_LOOPBACK": "True" if addresses.simulator_url else None,
        # Politeness to our own simulator would only keep people waiting for the first page of the demo.
        "FETCH_SECONDS_BETWEEN_REQUESTS": "0.05" if addresses.simulator_url else None,
        # The simulator asks for the log-in that it is told, and the worker shows it.
        "CII_PAGES_USER": "setu" if addresses.simulator_url else None,
        "CII_PAGES_PASSWORD": "a-made-up-channel" if addresses.simulator_url else None,
        "DEMO": "True" if wanted_servers().postgres else "False",
        "SECRET_KEY": None if _given("SECRET_KEY") else secret_key(data),
        "PYTHONUNBUFFERED": "1",
    }
    told = {name: value for name, value in ours.items() if value is not None and not _given(name)}
    environment = {**os.environ, **told, "SETU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    if _given("ALLOWED_HOSTS"):
        # Our own question whether the web server answers comes from here.
        environment["ALLOWED_HOSTS"] += ",localhost,127.0.0.1"
    return environment


def is_true(value: str) -> bool:
    """Read a switch as the settings read it."""
    return value.strip().lower() in ("true", "on", "ok", "y", "yes", "1")


def secret_key(data: Path) -> str:
    """Return the secret key of a data folder, made at the first call and readable by its owner alone."""
    path = data / "secret-key"
    if not path.exists():
        # Whole from its first moment, since two commands may start at once: the later link fails.
        with tempfile.NamedTemporaryFile("w", dir=data) as file, contextlib.suppress(FileExistsError):
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.link(file.name, path)
    return path.read_text()


def _given(name: str) -> bool:
    # The settings also read a value from the file that NAME_FILE names.
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))
