from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path


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
