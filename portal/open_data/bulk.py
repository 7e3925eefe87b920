"""A month of releases or records in one file: JSON lines, packed with gzip."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

from opportunities.exports.ocds import record, release_lines
from opportunities.exports.told import Republisher, ToldProcess
from opportunities.selectors import months_told, processes_told
from portal.open_data.republisher import republisher

# Part of every file's name: files that were written before the format changed aren't served.
FORMAT = 2
_QUICK = 4  # of gzip's nine levels: twice as quick as the usual six, for a tenth more bytes
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_AT_ONCE = 200  # lines
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line of a file holds."""

    name: str
    lines: Callable[[ToldProcess, Republisher], Iterator[str]]


@dataclass(frozen=True, slots=True)
class BulkFile:
    """A file as it stood at one moment. ``state`` changes with what is in it, and with nothing else."""

    path: Path
    state: str


def _record(process: ToldProcess, by: Republisher) -> Iterator[str]:
    yield _ENCODER.encode(record(process, by)) + "\n"


RELEASES, RECORDS = Kind("releases", release_lines), Kind("records", _record)
KINDS = {kind.name: kind for kind in (RELEASES, RECORDS)}


def bulk_file(kind: Kind, month: date, *, at: datetime) -> BulkFile | None:
    """The month's file as it is to be now; None where nothing of that month may be told.

    It is written when somebody asks for it, and kept for as long as nothing in it changes. What its state
    is follows from the database at each request: a file that holds something withdrawn is never served.
    """
    for _ in range(_TRIES):
        state = _state(kind, month, at=at)
        if state is None:
            return None
        path = _folder() / f"{kind.name}-{month:%Y-%m}-{state}.jsonl.gz"
        if path.exists():
            return BulkFile(path, state)
        write_bulk(kind, path, month=month, at=at)
        if _state(kind, month, at=at) == state:
            _forget_others(path, kind, month)
            return BulkFile(path, state)
        path.unlink(missing_ok=True)  # something was told or withdrawn while it was written
    raise TimeoutError(f"{kind.name} of {month:%Y-%m} change faster than they are written")


def write_bulk(kind: Kind, path: Path, *, at: datetime, month: date | None = None) -> int:
    """Write all there is, or a month, and return how many lines. The file is there once it is whole."""
    written = 0
    with (
        _whole(path) as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_QUICK, mtime=0) as packed,
    ):
        for piece, count in _pieces(kind, at=at, month=month):
            packed.write(piece)
            written += count
    return written


def state_of(kind: Kind, state: str) -> str:
    """What a month's state means for the file of a kind, under the names we sign with."""
    named = f"{FORMAT} {kind.name} {republisher()} {state}"
    return sha256(named.encode()).hexdigest()[:32]


def _state(kind: Kind, month: date, *, at: datetime) -> str | None:
    found = months_told(at=at, month=month)
    return state_of(kind, found[0].state) if found else None


def _pieces(kind: Kind, *, at: datetime, month: date | None) -> Iterator[tuple[bytes, int]]:
    by, lines = republisher(), list[str]()
    for process in processes_told(at=at, month=month):
        lines += kind.lines(process, by)
        if len(lines) >= _AT_ONCE:
            yield "".join(lines).encode(), len(lines)
            lines = []
    if lines:
        yield "".join(lines).encode(), len(lines)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is finished, whoever else writes the same meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            yield file
            file.flush()
            Path(file.name).chmod(0o644)
            os.replace(file.name, path)  # noqa: PTH105  Path.replace would do, and return a path nobody wants
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _forget_others(path: Path, kind: Kind, month: date) -> None:
    for other in path.parent.glob(f"{kind.name}-{month:%Y-%m}-*.jsonl.gz"):
        if other != path:
            other.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "open-data"
