from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from portal.embedded.sharing import Addresses
from portal.running.environment import programs_environment


def test_the_simulator_answers_until_it_is_told_to_stop(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "portal.demo.simulator", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as simulator:
        assert simulator.stdout is not None
        address = simulator.stdout.readline().strip()

        with urllib.request.urlopen(f"{address}/robots.txt", timeout=10) as answer:
            robots = answer.read()
        simulator.send_signal(signal.SIGTERM)

        assert b"User-agent" in robots
        assert simulator.wait(timeout=20) == 0
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == 2


def test_the_demos_simulator_asks_for_the_log_in_that_the_worker_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CII_PAGES_USER", "CII_PAGES_PASSWORD", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    told = programs_environment(tmp_path, Addresses(simulator_url="http://127.0.0.1:1"))
    assert told["CII_PAGES_USER"]
    assert told["CII_PAGES_PASSWORD"]

    command = [sys.executable, "-m", "portal.demo.simulator", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=told) as simulator:
        assert simulator.stdout is not None
        address = simulator.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/channel/notices", timeout=10) as answer:
            page = answer.read()
        simulator.terminate()

    assert b'type="password"' in page
