"""What can keep a server from running, said so that a person can act on it."""

from __future__ import annotations

import errno
from pathlib import Path


class CannotRun(Exception):
    """A server can't be had here. The message is a whole sentence for the person at the terminal."""


def from_os_error(error: OSError, *, doing: str) -> CannotRun:
    """Word an operating-system error. ``doing`` completes "while …"."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotRun(f"The disk is full: no space was left while {doing}. Free some and start again.")
    return CannotRun(
        f"The system refused while {doing}: {error.strerror or error} ({error.filename or '-'})."
    )


def from_log(log: str, *, server: str, path: Path) -> CannotRun:
    """Word a server's own last lines. ``path`` is where the whole log can be read."""
    if "No space left on device" in log or "Disk quota exceeded" in log:
        return CannotRun(f"The disk is full: {server} found no space left. Free some and start again.")
    last_lines = "\n".join("    " + line for line in log.strip().splitlines()[-6:])
    return CannotRun(f"{server} would not start. Its last words, from {path}:\n{last_lines}")
