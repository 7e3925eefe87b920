from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

from matching.dense.kept_file import kept_file

BODY = b"weights" * 1_000
SPAWN = multiprocessing.get_context("spawn")  # a fork would take the tests' own locks with it


def refuse() -> bytes:
    raise AssertionError("made a second time")


def keep_and_count(folder: Path) -> None:
    """Make the file; every making leaves a file of its own."""

    def make() -> bytes:
        (folder / f"made-by-{os.getpid()}").touch()
        return BODY

    kept_file(folder, "model", ".onnx", make=make)


def stop_half_way(folder: Path, begun: Event) -> None:
    def make() -> bytes:
        (folder / "model.half").write_bytes(BODY[:10])
        begun.set()
        signal.pause()
        return BODY

    kept_file(folder, "model", ".onnx", make=make)


def test_it_is_made_once(tmp_path: Path) -> None:
    first = kept_file(tmp_path, "model", ".onnx", make=lambda: BODY)

    second = kept_file(tmp_path, "model", ".onnx", make=refuse)

    assert first == second
    assert second.read_bytes() == BODY


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    path = kept_file(tmp_path, "model", ".onnx", make=lambda: BODY)
    path.write_bytes(BODY[:-1])

    again = kept_file(tmp_path, "model", ".onnx", make=lambda: BODY)

    assert again.read_bytes() == BODY


def test_another_version_does_not_take_its_place(tmp_path: Path) -> None:
    kept_file(tmp_path, "model-1", ".onnx", make=lambda: b"old")

    new = kept_file(tmp_path, "model-2", ".onnx", make=lambda: BODY)

    assert new.read_bytes() == BODY


def test_four_processes_at_once_make_one(tmp_path: Path) -> None:
    processes = [SPAWN.Process(target=keep_and_count, args=(tmp_path,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert len(list(tmp_path.glob("made-by-*"))) == 1


def test_one_killed_half_way_leaves_the_making_to_the_next(tmp_path: Path) -> None:
    begun = SPAWN.Event()
    process = SPAWN.Process(target=stop_half_way, args=(tmp_path, begun))
    process.start()
    assert begun.wait(60)
    process.kill()
    process.join(60)

    made = kept_file(tmp_path, "model", ".onnx", make=lambda: BODY)

    assert made.read_bytes() == BODY
