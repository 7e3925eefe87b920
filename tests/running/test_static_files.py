"""Style sheets and scripts are collected again when pages would not find them otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.running.static_files import collect_static_files


@pytest.mark.slow
def test_a_start_without_debug_after_one_with_it_finds_its_files(tmp_path: Path) -> None:
    environment = os.environ | {"SETU_DATA": str(tmp_path), "SECRET_KEY": "only-for-this-test"}
    listed = tmp_path / "static" / "staticfiles.json"
    said: list[str] = []

    collect_static_files(tmp_path, environment=environment | {"DEBUG": "True"}, say=said.append)
    assert not listed.exists()
    collect_static_files(tmp_path, environment=environment | {"DEBUG": "False"}, say=said.append)
    assert listed.exists()
    collect_static_files(tmp_path, environment=environment | {"DEBUG": "False"}, say=said.append)

    assert len(said) == 2
