from __future__ import annotations

import os
import sys

from tests.running.conftest import Terminal, processes_of


def test_a_command_brings_its_own_servers_and_takes_them_away(terminal: Terminal) -> None:
    count = "from django.contrib.auth import get_user_model as m; print(m().objects.count())"

    command = terminal.run("manage", "shell", "--no-imports", "-c", count)

    # A new database gets its tables, and standard output stays the command's own.
    assert (command.returncode, command.stdout) == (0, "0\n")
    assert "its tables were made" in command.stderr
    # Its log lies there wherever the database may lie: where root has no user namespace, that is elsewhere.
    assert (terminal.data / "logs" / "postgres.log").exists()
    if sys.platform == "linux":
        assert processes_of(terminal.data) == {}


def test_two_commands_at_once_both_finish(terminal: Terminal) -> None:
    ask = "from django.contrib.auth import get_user_model as m; m().objects.count(); print('done')"

    both = [terminal.start("manage", "shell", "--no-imports", "-c", ask) for _ in range(2)]

    assert [child.communicate(timeout=60)[0] for child in both] == ["done\n", "done\n"]


def test_a_failing_command_passes_its_exit_code_on(terminal: Terminal) -> None:
    terminal.variables.update({name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")})

    command = terminal.run("manage", "shell", "--no-imports", "-c", "raise SystemExit(7)")

    assert command.returncode == 7


def test_given_servers_are_used_and_none_are_started(terminal: Terminal) -> None:
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    terminal.variables.update(given)

    command = terminal.run(
        "manage", "shell", "--no-imports", "-c", "import os; print(os.environ['DATABASE_URL'])"
    )

    assert command.stdout == f"{given['DATABASE_URL']}\n"
    assert not (terminal.data / "postgres").exists()
    assert not (terminal.data / "valkey").exists()


def test_an_empty_database_that_was_given_gets_a_hint(terminal: Terminal) -> None:
    # The servers' own database is given to the test run, and stays without tables.
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    terminal.variables.update(given)
    terminal.variables["DATABASE_URL"] = given["DATABASE_URL"].replace("@/setu?", "@/template1?")

    command = terminal.run("manage", "shell", "--no-imports", "-c", "raise SystemExit(1)")

    assert "has no tables yet" in command.stderr


def test_a_command_without_a_database_starts_none(terminal: Terminal) -> None:
    assert terminal.run("manage", "version").returncode == 0
    assert not (terminal.data / "postgres").exists()
