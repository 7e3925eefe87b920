from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.embedded.valkey import Valkey
from tests.worker import Worker


@pytest.fixture
def broker() -> Iterator[Valkey]:
    """A broker of this test's own, which remembers what it was told as production's does."""
    with tempfile.TemporaryDirectory(prefix="setu-") as folder:  # sockets need a short path
        valkey = Valkey(Path(folder), durable=True)
        valkey.start()
        try:
            yield valkey
        finally:
            valkey.stop()


@pytest.fixture
def worker(transactional_db: None, broker: Valkey, tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(broker.url(), tmp_path)
    try:
        worker.wait_until_ready()
        yield worker
    finally:
        worker.stop()
