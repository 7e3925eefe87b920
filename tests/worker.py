"""A real worker on a broker of its own, to be rung, stopped and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from celery import Celery

from tests.database_url import database_url

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0  # seconds, on two busy cores


class Worker:
    """A Celery worker as production runs it, and the bell to ring it with.

    ``app`` is the module that makes the Celery app, ``environment`` what it finds set besides.
    """

    def __init__(
        self,
        broker: str,
        folder: Path,
        *,
        app: str = "portal",
        processes: int = 2,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._bell = Celery(broker=broker.replace("unix://", "redis+socket://") + "?virtual_host=0")
        self._log = folder / "worker.log"
        variables = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker,
            "SETU_DATA": str(folder),
            "DEBUG": "False",
            "SECRET_KEY": "of the worker in a test",
            "DEMO": "True",  # mail becomes files
            "FETCH_ALLOW_LOOPBACK": "True",
            "FETCH_SECONDS_BETWEEN_REQUESTS": "0.01",
            **environment,
        }
        command = [sys.executable, "-m", "celery", "-A", app, "worker", "-c", str(processes), "-l", "INFO"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own worker
                [*command, "--without-gossip", "--without-mingle"],
                cwd=ROOT,
                env=variables,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that kill() takes its children too, and nothing else
            )

    def ring(self, task: str, *arguments: object) -> None:
        """Ask for a task, as the timetable would."""
        self._bell.send_task(task, arguments)

    def wait_until(self, is_so: Callable[[], bool], *, ringing: str) -> None:
        """Ring a sweep until it has come to something. Fails with the worker's log."""
        give_up = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > give_up or self._process.poll() is not None:
                pytest.fail(f"still not so after {ringing}:\n{self._log.read_text()[-3000:]}")
            self.ring(ringing)
            time.sleep(0.3)

    def wait_until_ready(self) -> None:
        """Wait until it takes tasks."""
        give_up = time.monotonic() + PATIENCE
        while " ready." not in self._log.read_text():
            if time.monotonic() > give_up or self._process.poll() is not None:
                pytest.fail(f"the worker never got ready:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and all its children at once, as a power cut would."""
        self._bell.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._bell.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
