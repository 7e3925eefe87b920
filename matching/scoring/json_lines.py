"""Reads files of one JSON object a line, and says which line is at fault."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class UnreadableLines(Exception):
    """The file can't be read, or a line isn't what it should be. The message names file and line."""


def read_json_lines(path: Path, *, needed: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield each object with its line number; empty lines are passed over.

    Raise ``UnreadableLines`` where a line isn't an object or lacks the key ``needed``.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _read_line(line, f"{path}, line {number}", needed=needed)
    except OSError as refused:
        raise UnreadableLines(f"{path}: {refused.strerror}") from refused
    except UnicodeDecodeError as mistake:
        raise UnreadableLines(f"{path}: not UTF-8 ({mistake.reason})") from mistake


def _read_line(line: str, place: str, *, needed: str) -> Mapping[str, Any]:
    try:
        content = json.loads(line)
    except json.JSONDecodeError as mistake:
        raise UnreadableLines(f"{place}: not JSON ({mistake.msg})") from mistake
    if not isinstance(content, dict):
        raise UnreadableLines(f"{place}: not an object")
    if not isinstance(content.get(needed), str) or not content[needed]:
        raise UnreadableLines(f"{place}: no {needed}")
    return content
