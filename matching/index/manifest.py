"""Which files make up one version of the index. The latest manifest is the current version."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from matching.index.columns import SUFFIX
from matching.index.records import SEGMENT_ROWS

# A run that began with an older version may still open it in a second process.
_KEPT = 3
# What sweeps note, and with which version, is in files called so.
NOTES = "sweep"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One version: never changed, and there as a whole or not at all."""

    number: int
    label: str  # who made the scores' terms and vectors: versions of the scorer and the encoder
    width: int  # of the vectors
    as_of: int  # seconds since 1970: what changed later isn't in it
    frozen: str
    segments: Mapping[str, Sequence[str]]  # by side, the oldest first; what stands in a later one counts
    removed: Mapping[str, Sequence[int]]  # ids, by side
    rows: int = SEGMENT_ROWS  # of a segment at most


def latest(folder: Path) -> Manifest | None:
    """The current version; None before the first."""
    numbers = _numbers(folder)
    return read_manifest(folder, numbers[-1]) if numbers else None


def read_manifest(folder: Path, number: int) -> Manifest:
    """One version. Raise FileNotFoundError if it has been cleared away."""
    return Manifest(**json.loads(_path(folder, number).read_text(encoding="ascii")))


def publish(folder: Path, manifest: Manifest) -> None:
    """Make it the current version, at one stroke. Its files have to be there. Clears away what is old."""
    half = folder / "manifest.half"
    with half.open("w", encoding="ascii") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    half.rename(_path(folder, manifest.number))
    _clear_away(folder)


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes. Readers never wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def file_name(what: str, number: int) -> str:
    """What a file that first belongs to version ``number`` is called."""
    return f"{what}-{number:08}{SUFFIX}"


def _numbers(folder: Path) -> list[int]:
    return sorted(int(path.stem.removeprefix("manifest-")) for path in folder.glob("manifest-*.json"))


def _path(folder: Path, number: int) -> Path:
    return folder / f"manifest-{number:08}.json"


def _clear_away(folder: Path) -> None:
    numbers = _numbers(folder)
    # An interrupted sweep goes on with the version it began with.
    noted = {int(path.name.split("-")[1]) for path in folder.glob(f"{NOTES}-*")}
    kept = [read_manifest(folder, number) for number in numbers if number in {*numbers[-_KEPT:], *noted}]
    for number in {*numbers} - {manifest.number for manifest in kept}:
        _path(folder, number).unlink(missing_ok=True)
    used = {manifest.frozen for manifest in kept}
    used |= {name for manifest in kept for names in manifest.segments.values() for name in names}
    # Also what a writer that was killed left behind.
    for path in [*folder.glob(f"*{SUFFIX}"), *folder.glob("*.half")]:
        if path.name not in used:
            path.unlink(missing_ok=True)
