"""PostgreSQL for one data folder: made, started, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection

from portal.embedded import binaries, children
from portal.embedded.as_root import RootMode, identity_for, nobodys_folder, within_reach
from portal.embedded.children import Program
from portal.embedded.data_folder import log_file
from portal.embedded.errors import CannotRun, from_log, from_os_error
from portal.embedded.sockets import socket_folder

_OWNER = "setu"
_PORT = 5432  # only a part of the socket's name: no TCP port is opened
_READY_SECONDS = 60.0
_MEGABYTES_NEEDED = 200
# Sorting by code point, the same on every machine; but letters known as letters, or pg_trgm silently
# drops every å, ä and ö. docker-compose.yml gives production the same.
_CHARACTER_TYPES = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
INITDB_LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    f"--lc-ctype={_CHARACTER_TYPES}",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)


class Postgres:
    """One PostgreSQL server. The caller holds the lock of the data folder while it runs."""

    name = "PostgreSQL"

    def __init__(
        self,
        data: Path,
        *,
        durable: bool = True,
        max_connections: int = 100,
        root_mode: RootMode | None = None,
    ) -> None:
        self._durable = durable
        self._max_connections = max_connections
        self._log = log_file(data, "postgres")
        self._identity = identity_for(data, wanted=root_mode)
        self._home = nobodys_folder(data) if self._identity.mode is RootMode.NOBODY else data / "postgres"
        self._sockets = self._home if self._identity.mode is RootMode.NOBODY else socket_folder(data)
        self._programs = within_reach(binaries.postgres_folder(), self._identity)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """Where its files lie: in the data folder, or in /var/tmp where `nobody` runs it."""
        return self._home

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def url(self, database: str = _OWNER) -> str:
        """Return the address as the settings take it."""
        return f"postgres://{_OWNER}@/{database}?host={quote(str(self._sockets), safe='')}&port={_PORT}"

    def start(self) -> bool:
        """Start the server and wait until it answers. Return whether its database is brand new.

        Ends a server that a killed run left on the same folder first. Raises CannotRun.
        """
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._identity.user is not None:
                os.chown(self._home, self._identity.user, self._identity.group or -1)
            is_new = self._make_cluster()
            children.end_orphan(
                self._cluster / "postmaster.pid",
                mark=str(self._cluster),
                first=signal.SIGINT,
                then=signal.SIGQUIT,
            )
            with self._log.open("ab") as log:
                self._child = self._run(self._server_arguments(), output=log)
        except OSError as error:
            raise from_os_error(error, doing="starting PostgreSQL") from error
        self._wait_until_ready()
        if is_new:
            self._require_letters()
        return is_new

    def stop(self) -> None:
        """Stop at once but cleanly: running statements are broken off, nothing committed is lost."""
        if self._child is not None:
            children.stop(self._child, signal.SIGINT, signal.SIGQUIT)

    def ensure_database(self, name: str = _OWNER) -> None:
        """Create a database unless it is there."""
        with closing(self._connect()) as link, link.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    @property
    def _cluster(self) -> Path:
        return self._home / "data"

    def _make_cluster(self) -> bool:
        if (self._cluster / "PG_VERSION").exists():
            self._require_same_major()
            return False
        require_space(self._home, megabytes=_MEGABYTES_NEEDED)
        # Made beside its place and then renamed, so that an interrupted start leaves no half database.
        unfinished = self._home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        initdb = self._run(
            [
                self._programs / "initdb",
                f"--pgdata={unfinished}",
                f"--username={_OWNER}",
                "--auth=trust",
                "--no-instructions",
                *INITDB_LOCALE,
                *(() if self._durable else ("--no-sync",)),
            ],
            output=subprocess.PIPE,
        )
        output, _ = initdb.communicate()
        if initdb.returncode != 0:
            raise from_log(output.decode(errors="replace"), server="PostgreSQL", path=self._log)
        unfinished.rename(self._cluster)
        return True

    def _require_same_major(self) -> None:
        made_by = (self._cluster / "PG_VERSION").read_text().strip()
        version = subprocess.run(
            [self._programs / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        major = version.split()[-1].split(".")[0]
        if made_by != major:
            raise CannotRun(
                f"The database in {self._cluster} was made by PostgreSQL {made_by}, and this is {major}. "
                f"Dump it with version {made_by} and load it into a new folder (--data), "
                "or, if it is only the demo, run ./setu reset."
            )

    def _server_arguments(self) -> list[str | Path]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            # Where nobody owns the folder only its mode keeps others out; root gets in anyway.
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": str(self._max_connections),
            "jit": "off",
            # As many processes ask as there are cores: helpers would only take them from one another.
            "max_parallel_workers_per_gather": "0",
            # What a search goes through of 100,000 opportunities; taken only as far as it is used.
            "shared_buffers": "256MB",
        }
        if not self._durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments: list[str | Path] = [self._programs / "postgres", "-D", self._cluster, "-p", str(_PORT)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        return arguments

    def _run(self, arguments: list[str | Path], *, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
        return children.start(
            Program(arguments, Path("/"), stop_with=signal.SIGINT), output=output, identity=self._identity
        )

    def _connect(self, database: str = "postgres") -> connection:
        link = psycopg2.connect(
            host=str(self._sockets), port=_PORT, user=_OWNER, dbname=database, connect_timeout=5
        )
        link.autocommit = True
        return link

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + _READY_SECONDS
        while True:
            try:
                self._connect().close()
            except psycopg2.OperationalError:
                if not self.is_running() or time.monotonic() > give_up:
                    self.stop()
                    raise from_log(
                        self._log.read_text(errors="replace"), server="PostgreSQL", path=self._log
                    ) from None
                time.sleep(0.02)
            else:
                return

    def _require_letters(self) -> None:
        with closing(self._connect("template1")) as link:
            link.autocommit = False  # the extension goes again with the transaction
            with link.cursor() as cursor:
                cursor.execute("CREATE EXTENSION pg_trgm")
                cursor.execute("SELECT show_trgm('å') <> '{}'")
                row = cursor.fetchone()
            link.rollback()
        if not row or not row[0]:
            self.stop()
            raise CannotRun(
                f"PostgreSQL doesn't know å, ä and ö as letters here (locale {_CHARACTER_TYPES}), so search "
                "would miss them. Run another PostgreSQL and give its address in DATABASE_URL."
            )


def require_space(folder: Path, *, megabytes: int) -> None:
    """Raise CannotRun unless that much is free on the folder's disk."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise CannotRun(
            f"The disk is full: {free} MB are free at {folder}, and {megabytes} MB are needed. "
            "Free some and start again."
        )
