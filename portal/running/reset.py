"""``./setu reset``: back to an empty data folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from portal.embedded.as_root import nobodys_folder
from portal.embedded.data_folder import Lock
from portal.embedded.errors import CannotRun
from portal.running.places import shown
from portal.running.talk import Say

# Only what Setu itself has written: --data may name a folder with other things in it.
_OURS = (
    "postgres",
    "valkey",
    "run",
    "logs",
    "mail",
    "channel",
    "static",
    "static-collected-from",
    "secret-key",
    "beat-schedule",
)


def reset(data: Path, say: Say, *, is_sure: bool) -> int:
    """Remove what Setu has written in a data folder. Returns the exit code; raises CannotRun if in use.

    Asks first, unless ``is_sure``. The locks stay: whoever comes next must find the same ones.
    """
    with Lock(data, "up").held() as no_up, Lock(data, "servers").held() as no_servers:
        if not (no_up and no_servers):
            raise CannotRun(f"Setu runs on {shown(data)}. Stop it first.")
        doomed = [path for name in _OURS for path in data.glob(f"{name}*") if path.name.split(".")[0] == name]
        if nobodys_folder(data).exists():
            doomed.append(nobodys_folder(data))
        if not doomed:
            say(f"There is nothing of Setu's in {shown(data)}.")
            return 0
        if not is_sure and not _agrees(data, say):
            say("Nothing was removed.")
            return 1
        for path in doomed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    say(f"{shown(data)} is as new.")
    return 0


def _agrees(data: Path, say: Say) -> bool:
    say(f"This removes the database, the mail and the logs in {shown(data)}.")
    try:
        return input("Type yes to go on: ").strip().lower() == "yes"
    except EOFError:
        return False
