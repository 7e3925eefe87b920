"""A worker on a broker of its own, so that tests running beside each other don't share a queue."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.embedded.valkey import Valkey
from tests.worker import Worker


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    with tempfile.TemporaryDirectory(prefix="setu-") as folder:  # sockets need a short path
        valkey = Valkey(Path(folder), durable=False)
        valkey.start()
        try:
            worker = Worker(valkey.url(), tmp_path)
            try:
                yield worker
            finally:
                worker.stop()
        finally:
            valkey.stop()
