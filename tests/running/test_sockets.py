from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.embedded.errors import CannotRun
from portal.embedded.sockets import socket_folder


def test_a_short_plain_path_keeps_its_sockets() -> None:
    data = Path(f"/tmp/setu-sockets-{os.getpid()}")  # noqa: S108

    folder = socket_folder(data)

    assert folder == data / "run"
    assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()
    data.rmdir()


@pytest.mark.parametrize("name", ["x" * 100, "Mina filer", "på"])
def test_any_other_path_gets_a_short_plain_one_that_stays_the_same(tmp_path: Path, name: str) -> None:
    folder = socket_folder(tmp_path / name)

    assert len(os.fsencode(folder)) < 60
    assert str(folder).isascii()
    assert socket_folder(tmp_path / name) == folder
    folder.rmdir()


def test_a_folder_that_others_can_open_is_not_trusted(tmp_path: Path) -> None:
    folder = socket_folder(tmp_path / ("x" * 100))
    folder.chmod(0o755)

    with pytest.raises(CannotRun, match="only you can open"):
        socket_folder(tmp_path / ("x" * 100))

    folder.rmdir()
