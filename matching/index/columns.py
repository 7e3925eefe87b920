"""Dataclasses of columns, in one file each: what a column is and where it begins, and then the columns."""

from __future__ import annotations

import json
import mmap
import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Columns = TypeVar("Columns", bound="DataclassInstance")

SUFFIX = ".columns"
# A column begins where a processor likes to read.
_ALIGNED = 64
_HEAD = 4_096


def write_columns(columns: DataclassInstance, path: Path) -> None:
    """Write such that the file exists only once it is whole."""
    arrays = [np.ascontiguousarray(getattr(columns, field.name)) for field in fields(columns)]
    head, at = [], _HEAD
    for array in arrays:
        head.append([array.dtype.str, array.shape, at])
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    half = path.with_suffix(".half")
    with half.open("wb") as file:
        file.write(json.dumps(head).encode().ljust(_HEAD))
        for array in arrays:
            file.write(array.data)
            file.write(bytes(-array.nbytes % _ALIGNED))
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def open_columns(kind: type[Columns], path: Path) -> Columns:
    """Map what was written: what isn't touched takes no memory. Raise FileNotFoundError if it is gone."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return kind(*(_column(mapped, *described) for described in json.loads(mapped[:_HEAD])))


def _column(mapped: mmap.mmap, dtype: str, shape: list[int], at: int) -> NDArray[Any]:
    return np.frombuffer(mapped, dtype, int(np.prod(shape)), at if np.prod(shape) else 0).reshape(shape)
