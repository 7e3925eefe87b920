"""``./setu bench``: the product measured, on servers of its own that write to disk as real ones do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from portal.running.environment import wanted_servers
from portal.running.places import ROOT
from portal.running.throw_away import environment_of_tests, throw_away_servers


def bench(words: Sequence[str]) -> int:
    """Run ``tests.bench`` with these words and return its exit code. Standard output is its own."""
    with (
        throw_away_servers(wanted_servers(), durable=True) as addresses,
        environment_of_tests(addresses) as told,
    ):
        # Measured as it will run: without DEBUG, which keeps every query.
        environment = {**os.environ, **told, "DEBUG": "False", "SECRET_KEY": "only-for-measuring"}
        child = subprocess.Popen([sys.executable, "-m", "tests.bench", *words], cwd=ROOT, env=environment)
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.wait()
            raise
