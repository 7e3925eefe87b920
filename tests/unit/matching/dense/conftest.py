"""One encoder for all of them: what it needs is made once and kept in the tests' data folder."""

from __future__ import annotations

import pytest
from django.conf import settings

from matching.dense import Encoder, load_encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    made = load_encoder(settings.DATA_DIR / "models")
    if made is None:
        pytest.skip("the model's wheel exists for Linux on x86-64 alone")
    return made
