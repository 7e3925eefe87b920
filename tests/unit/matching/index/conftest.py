from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from matching.index.reader import Reader, open_index
from matching.index.records import Item, Side
from matching.index.writer import build_index
from tests.unit.matching.index.made_up_items import NOW, RECIPE

Build = Callable[[Iterable[Item], Iterable[Item]], Reader]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Publishes a version in the test's folder and opens it."""

    def build_and_open(wanted: Iterable[Item], offered: Iterable[Item]) -> Reader:
        sides = {Side.WANTED: lambda: wanted, Side.OFFERED: lambda: offered}
        build_index(tmp_path, sides, RECIPE, as_of=NOW)
        reader = open_index(tmp_path)
        assert reader is not None
        return reader

    return build_and_open
