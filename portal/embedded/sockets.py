"""A folder for the servers' sockets: private, and short enough for the kernel."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from portal.embedded.errors import CannotRun

# The kernel takes 104 bytes on macOS and 108 on Linux, and PostgreSQL adds "/.s.PGSQL.5432.lock".
_LONGEST = 80
# A path of these needs no quoting in any URL, list or configuration line that will carry it.
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def socket_folder(data: Path) -> Path:
    """Return, and make if need be, the socket folder of a data folder: its own ``run``, or one in /tmp.

    The same data folder gives the same socket folder every time.
    """
    own = data / "run"
    if len(os.fsencode(own)) <= _LONGEST and _PLAIN.fullmatch(str(own)):
        folder = own
    else:
        folder = Path("/tmp") / f"setu-{os.getuid()}-{fingerprint(data)}"  # noqa: S108  # TMPDIR may be long
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    # Anyone may make a folder of that name in /tmp before we do: the servers trust whoever gets in.
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise CannotRun(f"{folder} should be a folder that only you can open. Remove it and start again.")
    return folder


def fingerprint(data: Path) -> str:
    """Return a short name that stands for a data folder where its path can't."""
    return hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
