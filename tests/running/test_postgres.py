from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from portal.embedded.as_root import RootMode
from portal.embedded.errors import CannotRun
from portal.embedded.postgres import Postgres, require_space
from tests.running.conftest import eventually

MakePostgres = Callable[..., Postgres]


@pytest.fixture
def make_postgres() -> Iterator[MakePostgres]:
    made: list[Postgres] = []

    def make(data: Path, *, root_mode: RootMode | None = None) -> Postgres:
        made.append(Postgres(data, durable=False, root_mode=root_mode))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def ask(server: Postgres, question: str) -> object:
    with closing(psycopg2.connect(server.url("postgres"))) as link, link.cursor() as cursor:
        link.autocommit = True
        cursor.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_first_start_makes_a_database_that_knows_swedish_letters(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    server = make_postgres(tmp_path)

    is_new = server.start()

    ask(server, "CREATE EXTENSION pg_trgm")
    assert is_new
    assert ask(server, "SELECT cardinality(show_trgm('åäö'))") == 4
    assert ask(server, "SELECT 'ÅÄÖ' ILIKE 'åäö'") is True


def test_a_second_start_finds_what_the_first_left(make_postgres: MakePostgres, tmp_path: Path) -> None:
    first = make_postgres(tmp_path)
    first.start()
    ask(first, "CREATE TABLE kept AS SELECT 'Ängelholm' AS name")
    first.stop()

    second = make_postgres(tmp_path)

    assert second.start() is False
    assert ask(second, "SELECT name FROM kept") == "Ängelholm"


def test_a_database_is_made_once(make_postgres: MakePostgres, tmp_path: Path) -> None:
    server = make_postgres(tmp_path)
    server.start()

    server.ensure_database("setu")
    server.ensure_database("setu")

    assert ask(server, "SELECT count(*) FROM pg_database WHERE datname = 'setu'") == 1


def test_a_first_start_that_was_broken_off_is_begun_again(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    half = tmp_path / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    assert make_postgres(tmp_path).start() is True


def test_a_path_with_spaces_letters_and_great_length_works(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    data = tmp_path / "Mina filer på Åland" / ("x" * 100)
    server = make_postgres(data)

    server.start()

    assert ask(server, "SELECT 1") == 1


def test_two_data_folders_run_side_by_side(make_postgres: MakePostgres, tmp_path: Path) -> None:
    one, other = make_postgres(tmp_path / "one"), make_postgres(tmp_path / "other")

    one.start()
    other.start()

    ask(one, "CREATE TABLE only_here ()")
    assert ask(other, "SELECT to_regclass('only_here')") is None


def test_a_pid_that_now_belongs_to_another_program_stops_nobody(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    server = make_postgres(tmp_path)
    server.start()
    server.stop()
    (server.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{server.folder / 'data'}\n")

    server.start()

    assert ask(server, "SELECT 1") == 1


def test_a_server_left_behind_is_ended_and_its_place_taken(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    orphan = make_postgres(tmp_path)
    orphan.start()

    server = make_postgres(tmp_path)
    server.start()

    assert not orphan.is_running()
    assert ask(server, "SELECT 1") == 1


def test_a_killed_server_starts_again(make_postgres: MakePostgres, tmp_path: Path) -> None:
    server = make_postgres(tmp_path)
    server.start()
    os.kill(server.pid or 0, signal.SIGKILL)
    eventually(lambda: not server.is_running())

    server.start()

    assert ask(server, "SELECT 1") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has ended")
def test_no_server_outlives_a_killed_owner(tmp_path: Path) -> None:
    start = "from portal.embedded.servers import *; from pathlib import Path; import sys, time;"
    start += "servers = Servers(Path(sys.argv[1]), Wanted(), durable=False); servers.start();"
    start += "print(servers.postgres.pid, servers.valkey.pid, flush=True); time.sleep(600)"
    owner = subprocess.Popen([sys.executable, "-c", start, tmp_path], stdout=subprocess.PIPE, text=True)
    with owner:
        assert owner.stdout is not None
        pids = owner.stdout.readline().split()

        owner.kill()

    assert len(pids) == 2
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


def test_a_database_of_another_major_version_is_refused_with_a_way_out(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    server = make_postgres(tmp_path)
    server.start()
    server.stop()
    (server.folder / "data" / "PG_VERSION").write_text("15\n")

    with pytest.raises(CannotRun, match=r"made by PostgreSQL 15, and this is 18\. Dump it"):
        server.start()


def test_a_server_that_will_not_start_is_quoted(make_postgres: MakePostgres, tmp_path: Path) -> None:
    server = make_postgres(tmp_path)
    server.start()
    server.stop()
    (server.folder / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(CannotRun, match=r"(?s)PostgreSQL would not start.*no_such_setting"):
        server.start()


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"The disk is full: .* MB are free"):
        require_space(tmp_path, megabytes=10**9)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_where_root_may_make_no_namespace_nobody_runs_the_server(
    make_postgres: MakePostgres, tmp_path: Path
) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = make_postgres(private, root_mode=RootMode.NOBODY)

    server.start()

    try:
        assert ask(server, "SELECT 1") == 1
        assert private.stat().st_mode & 0o077 == 0
        assert server.folder.stat().st_mode & 0o077 == 0
    finally:
        server.stop()
        shutil.rmtree(server.folder)
