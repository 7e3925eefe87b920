"""Everything, as ./setu up runs it: real servers, real processes."""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from portal.running.ports import any_free_port
from tests.running.conftest import Terminal, eventually, processes_of, read_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One Setu, up and running, for the tests that leave it so."""
    terminal = Terminal(tmp_path_factory.mktemp("på plats ") / "var")
    port = any_free_port()
    terminal.variables["PAGES"] = f"http://127.0.0.1:{port}"
    terminal.up("--port", str(port))
    yield terminal
    terminal.hang_up()


def pids_of(terminal: Terminal, words: str) -> set[int]:
    return {pid for pid, line in processes_of(terminal.data).items() if words in line}


def test_the_pages_are_up_and_well(running: Terminal) -> None:
    with urllib.request.urlopen(f"{running.variables['PAGES']}/healthz") as response:
        answer = json.load(response)

    assert answer == {"database": True, "redis": True}


def test_a_second_one_on_the_same_folder_is_refused_with_a_sentence(running: Terminal) -> None:
    second = running.run("up")

    assert second.returncode == 1
    assert second.stderr.startswith("Setu already runs on")
    assert "Traceback" not in second.stderr


def test_a_taken_port_is_refused_with_a_sentence(running: Terminal, terminal: Terminal) -> None:
    port = running.variables["PAGES"].rpartition(":")[2]

    other = terminal.run("up", "--port", port)

    assert other.returncode == 1
    assert other.stderr.startswith(f"Port {port} is taken")


def test_a_command_uses_the_running_servers_and_says_nothing_of_its_own(running: Terminal) -> None:
    command = running.run(
        "manage", "shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SITE_URL)"
    )

    assert command.stdout == f"{running.variables['PAGES'].replace('127.0.0.1', 'localhost')}\n"
    assert command.stderr == ""
    assert command.returncode == 0


def test_the_data_folder_in_use_is_not_reset(running: Terminal) -> None:
    refused = running.run("reset", "--yes")

    assert refused.returncode == 1
    assert "Stop it first" in refused.stderr


@pytest.mark.parametrize("words", ["gunicorn", "celery -A portal beat", "valkey-server"])
def test_what_dies_is_started_again(running: Terminal, words: str) -> None:
    eventually(lambda: pids_of(running, words) != set())
    killed = min(pids_of(running, words))  # the parent of its kind

    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: killed not in pids_of(running, words) and pids_of(running, words) != set())


def test_ctrl_c_ends_everything_calmly_and_a_kill_takes_everything_with_it(terminal: Terminal) -> None:
    first = terminal.up("--port", str(any_free_port()))
    first.send_signal(signal.SIGINT)
    _, errors = first.communicate(timeout=60)

    assert (first.returncode, errors) == (0, "")
    assert processes_of(terminal.data) == {}
    assert "database system is shut down" in (terminal.data / "logs" / "postgres.log").read_text()

    # On the same folder, which the first left well.
    second = terminal.up("--port", str(any_free_port()))
    second.kill()
    second.communicate()

    assert eventually(lambda: processes_of(terminal.data) == {})
    # And the next one starts as if nothing had been.
    assert terminal.run("manage", "check").returncode == 0


def test_ctrl_c_in_the_middle_of_starting_is_calm_too(terminal: Terminal) -> None:
    setu = terminal.start("up", "--port", str(any_free_port()))
    read_until(setu, "run (")

    setu.send_signal(signal.SIGINT)
    _, errors = setu.communicate(timeout=60)

    assert (setu.returncode, errors) == (0, "")
    assert processes_of(terminal.data) == {}
