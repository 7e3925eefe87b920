"""What a language sounds like when it speaks of public works and purchases: the same phrases in both.

Vectors of one language lie in one direction, whatever they say: the mean over these phrases is it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

_FILE = Path(__file__).with_name("centring_phrases.txt")


def _read(text: str) -> dict[str, list[str]]:
    lines = [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]
    return {"en": [english for english, _ in lines], "sv": [swedish for _, swedish in lines]}


_TEXT = _FILE.read_text(encoding="utf-8")
CHECKSUM = hashlib.sha256(_TEXT.encode()).hexdigest()[:8]
PHRASES: Mapping[str, Sequence[str]] = _read(_TEXT)
