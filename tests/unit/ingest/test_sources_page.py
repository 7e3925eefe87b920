from __future__ import annotations

import re
from pathlib import Path

from ingest.sources import ADAPTERS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "sources.md"


def test_the_page_on_sources_names_every_one_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert sorted(named) == sorted(ADAPTERS)
