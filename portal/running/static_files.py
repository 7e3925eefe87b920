"""Collecting style sheets and scripts, only when one of them has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from portal.running.commands import run_command
from portal.running.environment import is_true
from portal.running.places import ROOT
from portal.running.talk import Say, timed


def collect_static_files(data: Path, *, environment: Mapping[str, str], say: Say) -> None:
    """Bring ``data/static`` up to date. Does nothing if no file has changed since the last time.

    Collected with DEBUG, files lack the list that pages find them by without it: turning it on or off counts
    as a change.
    """
    note = data / "static-collected-from"
    current = _fingerprint(environment)
    if note.exists() and note.read_text() == current and (data / "static").exists():
        return
    with timed(say, "Style sheets and scripts collected"):
        run_command("collectstatic", "--no-input", "--verbosity=0", environment=environment, say=say)
    note.write_text(current)


def _fingerprint(environment: Mapping[str, str]) -> str:
    digest = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    digest.update(f"{is_true(environment.get('DEBUG', ''))} {environment.get('DEBUG_FILE', '')}\n".encode())
    folders = [*ROOT.glob("*/static"), *ROOT.glob("*/*/static")]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
