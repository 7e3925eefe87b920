"""``./setu manage``: Django's commands, with servers under them. Standard output is the command's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.embedded.children import before_exec, signals_held
from portal.embedded.errors import CannotRun
from portal.embedded.servers import Servers, Wanted
from portal.embedded.sharing import Addresses, owned_or_attached
from portal.running.commands import run_command
from portal.running.environment import programs_environment, wanted_servers
from portal.running.interruptions import stop_if_asked
from portal.running.places import ROOT
from portal.running.tables import is_empty
from portal.running.talk import timed, to_error

# These never look into a database, so none is started for them.
_WITHOUT_SERVERS = frozenset(
    {"parse", "help", "collectstatic", "makemessages", "version", "--help", "--version"}
)
_MIGRATING = frozenset({"migrate", "makemigrations", "showmigrations", "sqlmigrate", "check"})


def manage(data: Path, words: Sequence[str]) -> int:
    """Run ``manage.py`` with these words and return its exit code. Raises CannotRun."""
    wanted = wanted_servers()
    needs_none = not words or words[0] in _WITHOUT_SERVERS
    if needs_none or wanted == Wanted(postgres=False, valkey=False):
        code = _run(words, programs_environment(data, Addresses()))
    else:
        code = _run_with_servers(data, words, wanted)
    if code != 0 and not needs_none and not wanted.postgres and is_empty(os.environ.get("DATABASE_URL", "")):
        to_error("The database has no tables yet. Make them with: ./setu manage migrate")
    return code


def _run_with_servers(data: Path, words: Sequence[str], wanted: Wanted) -> int:
    def prepare(servers: Servers) -> None:
        url = servers.database_url
        if url is None or words[0] in _MIGRATING or not is_empty(url):
            return
        environment = programs_environment(data, Addresses(url, servers.redis_url))
        with timed(to_error, "The database is new: its tables were made"):
            run_command("migrate", "--no-input", "--verbosity=0", environment=environment, say=to_error)

    with owned_or_attached(data, wanted, prepare=prepare) as addresses:
        for url, is_wanted, name in (
            (addresses.database_url, wanted.postgres, "DATABASE_URL"),
            (addresses.redis_url, wanted.valkey, "REDIS_URL"),
        ):
            if is_wanted and url is None:
                raise CannotRun(
                    f"The Setu that runs on {data} was given its own {name}. Give the same to this command."
                )
        return _run(words, programs_environment(data, addresses))


def _run(words: Sequence[str], environment: Mapping[str, str]) -> int:
    with signals_held():
        child = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", *words],
            env=environment,
            # It shares our terminal and its Ctrl-C, but doesn't outlive the servers under it.
            preexec_fn=before_exec(signal.SIGTERM),  # noqa: PLW1509
        )
    try:
        while True:
            try:
                return _exit_code(child.wait(1))
            except subprocess.TimeoutExpired:
                stop_if_asked()
    except KeyboardInterrupt:
        return _end(child)


def _end(child: subprocess.Popen[bytes]) -> int:
    try:
        child.wait(2)  # the same Ctrl-C has reached it
    except subprocess.TimeoutExpired:
        child.terminate()
        child.wait()
    return 130


def _exit_code(code: int) -> int:
    return 128 - code if code < 0 else code
