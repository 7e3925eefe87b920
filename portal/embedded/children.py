"""Starting a program that ends when we do, and ending one that another of us left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.embedded.as_root import Identity

_PR_SET_PDEATHSIG = 1
_STOP_SECONDS = 30.0
_HELD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NOBODY_ELSE = Identity()


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, where, and the signal that ends it cleanly."""

    arguments: Sequence[str | Path]
    folder: Path
    stop_with: signal.Signals = signal.SIGTERM
    # None: ours, without what would change how a server is made.
    environment: Mapping[str, str] | None = None


def start(
    program: Program, *, output: IO[bytes] | int, identity: Identity = NOBODY_ELSE
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C in the terminal doesn't reach it.

    On Linux the kernel sends it ``stop_with`` when this process ends in whatever way. Start it from the
    main thread: the kernel watches the thread, not the process.
    """
    child = None
    try:
        with signals_held():
            child = subprocess.Popen(
                [str(argument) for argument in program.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=program.folder,
                env=servers_environment() if program.environment is None else program.environment,
                start_new_session=True,
                # Nothing here has threads that could hold a lock across the fork.
                preexec_fn=before_exec(program.stop_with, identity.enter),  # noqa: PLW1509
                user=identity.user,
                group=identity.group,
                extra_groups=None if identity.user is None else [],
            )
    except BaseException:
        if child is not None:  # a signal that waited for the fork: nobody else knows of this child yet
            stop(child, program.stop_with, signal.SIGKILL)
        raise
    return child


@contextmanager
def signals_held() -> Iterator[None]:
    """Let signals wait for the end of a ``with`` block that forks: Python forgets what they raise there.

    The child must be given ``before_exec``, which lets them through again.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def servers_environment() -> dict[str, str]:
    """Return our environment without what would change how a server is made: the person's PGHOST or LANG."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}


def stop(child: subprocess.Popen[bytes], first: signal.Signals, then: signal.Signals) -> None:
    """Ask a child to end with ``first``, and insist with ``then`` if it hasn't after half a minute."""
    if child.poll() is not None:
        return
    child.send_signal(first)
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.send_signal(then)
        child.wait()


def kill_session(child: subprocess.Popen[bytes]) -> None:
    """End a child that was started here, and whatever it has started, at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def die_with_parent(stop_with: signal.Signals) -> None:
    """Have the kernel end this process when its parent ends. Linux only; elsewhere it does nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, stop_with)


def end_orphan(pid_file: Path, *, mark: str, first: signal.Signals, then: signal.Signals) -> bool:
    """End the server that a killed run left behind, and remove its pid file. Return whether there was one.

    Only call it while holding the lock of the data folder: a server that runs then has lost its owner.
    A process is the server only if ``mark`` stands in its command line: after a restart of the machine
    the number in the file may be anybody's.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        pid_file.unlink(missing_ok=True)
        return False
    is_ours = mark in command_line(pid)
    if is_ours:
        _end(pid, mark=mark, first=first, then=then)
    pid_file.unlink(missing_ok=True)
    return is_ours


def command_line(pid: int) -> str:
    """Return the command line of a running process, or nothing if there is none of that number."""
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            return (
                Path(f"/proc/{pid}/cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode("utf-8", "surrogateescape")
            )
        return ""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout


def _end(pid: int, *, mark: str, first: signal.Signals, then: signal.Signals) -> None:
    for sign in (first, then):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        give_up = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < give_up:
            if mark not in command_line(pid):
                return
            time.sleep(0.02)


def before_exec(stop_with: signal.Signals, enter: Callable[[], None] | None = None) -> Callable[[], None]:
    """Return what a child does before it becomes its program: change identity, and ask to die with us."""
    parent = os.getpid()

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
        if enter is not None:
            enter()
        # After the change of identity, which would clear it.
        die_with_parent(stop_with)
        if sys.platform == "linux" and os.getppid() != parent:
            os._exit(1)  # the parent ended before it could be watched

    return prepare
