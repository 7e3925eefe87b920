"""Real public tenders, which lie beside the repository for those who have them and are never part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
DATA = Path(os.environ.get("SETU_SHARED", REPOSITORY.parent / "shared")) / "data"

needs_real_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real tenders are no part of the repository and aren't beside it here"
)
