"""Servers for a test run: empty, fast because they forget everything, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.servers import Servers, Wanted
from portal.embedded.sharing import Addresses
from portal.running.places import ROOT


@contextmanager
def throw_away_servers(wanted: Wanted, *, durable: bool = False) -> Iterator[Addresses]:
    """Run servers in a temporary folder for a ``with`` block. ``durable`` makes them as slow as real ones."""
    folder = Path(tempfile.mkdtemp(prefix="setu-test-", dir="/tmp"))  # TMPDIR may be long
    servers = Servers(folder, wanted, durable=durable, max_connections=200)
    try:
        servers.start()
        yield Addresses(servers.database_url, servers.redis_url)
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)
        if servers.postgres:  # elsewhere, where nobody runs it
            shutil.rmtree(servers.postgres.folder, ignore_errors=True)


@contextmanager
def environment_of_tests(addresses: Addresses) -> Iterator[dict[str, str]]:
    """Return what tests are told through the environment: nothing of the person's own installation.

    Their data folder is a temporary one, and lasts as long as the ``with`` block.
    """
    with tempfile.TemporaryDirectory(prefix="setu-test-data-") as data:
        (Path(data) / "static").mkdir()  # WhiteNoise warns where there is none, and warnings are errors
        told = {
            "DATABASE_URL": addresses.database_url,
            "REDIS_URL": addresses.redis_url,
            "SETU_DATA": data,
            # Style sheets as they lie in the apps; pytest-django switches the rest of DEBUG off again.
            "DEBUG": "True",
            "DEMO": "False",
            "SETU_TEST_RUN": "1",
            # Kept from run to run: compiling takes some seconds, and only its source changes the outcome.
            "NUMBA_CACHE_DIR": str(ROOT / ".setu" / "numba"),
        }
        yield {name: value for name, value in told.items() if value is not None}
