"""Running one of Django's commands to its end, as a step of something larger."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import deque
from collections.abc import Mapping

from portal.embedded import children
from portal.embedded.children import Program
from portal.embedded.errors import CannotRun
from portal.running.interruptions import stop_if_asked
from portal.running.places import ROOT
from portal.running.talk import Say

_LAST_LINES = 12


def run_command(*words: str, environment: Mapping[str, str], say: Say) -> None:
    """Run ``manage.py`` and say each line it prints. Raise CannotRun if it fails."""
    program = Program([sys.executable, ROOT / "manage.py", *words], ROOT, environment=environment)
    stop_if_asked()
    child = children.start(program, output=subprocess.PIPE)
    last: deque[str] = deque(maxlen=_LAST_LINES)
    try:
        if child.stdout is not None:
            for line in child.stdout:
                text = line.decode(errors="replace").rstrip()
                last.append(text)
                say(f"  {text}")
        code = child.wait()
    finally:
        children.stop(child, signal.SIGTERM, signal.SIGKILL)
        if child.stdout is not None:
            child.stdout.close()
    stop_if_asked()
    if code != 0:
        raise CannotRun(f"“manage.py {words[0]}” failed:\n" + "\n".join(f"    {line}" for line in last))


def read_command(*words: str, environment: Mapping[str, str]) -> str:
    """Run ``manage.py`` and return what it prints on standard output; nothing if it fails."""
    found = subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout if found.returncode == 0 else ""
