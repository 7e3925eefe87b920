"""A pytest plug-in: servers for a test run, where nobody has given any.

Loaded with ``-p`` in pyproject.toml, because pytest-django reads the settings before any conftest.py.
"""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack

import pytest

from portal.running.environment import wanted_servers
from portal.running.throw_away import environment_of_tests, throw_away_servers

_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:  # the first moment that pytest gives us
    """Start what is missing. xdist's workers inherit the addresses and so start nothing."""
    if "SETU_TEST_RUN" in os.environ:
        return
    addresses = _until_the_end.enter_context(throw_away_servers(wanted_servers()))
    os.environ.update(_until_the_end.enter_context(environment_of_tests(addresses)))
    # Not at pytest's own end, which a wrong option never reaches.
    atexit.register(_until_the_end.close)
