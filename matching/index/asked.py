"""What the inner loops are told: a segment and a query as plain arrays, which a compiler can take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.index.records import Floats, Numbers

LINES = 4  # of ceilings are read at once: a group


class Held(NamedTuple):
    """One segment's arrays; see ``Segment`` for what they say."""

    until: Numbers
    dense: NDArray[np.int8]
    scale: Floats
    list_rows: NDArray[np.int32]
    list_weights: Floats
    ceilings: NDArray[np.uint8]
    listed_before: NDArray[np.int32]
    # Told and not compiled in: a kernel that is kept from before would go by another.
    stretch: int


class Asked(NamedTuple):
    """A query beside one segment. It names each term once, those without a line of ceilings first."""

    dense: Floats
    weights: Floats
    begin: Numbers  # each term's list
    end: Numbers
    lines: Numbers  # of the ceilings, for the last of the terms, filled up to whole groups
    steps: Floats  # what a step of each line counts for the query; nothing where it only fills up
    rare: int  # so many terms have no line


class Sought(NamedTuple):
    """A segment that is to be searched. Its row 0 has the number ``first``."""

    held: Held
    asked: Asked
    first: int
