"""The inner loops, compiled where a compiler can be had."""

from __future__ import annotations

import importlib.util

IS_COMPILED = importlib.util.find_spec("numba") is not None

if IS_COMPILED:
    from matching.index.compiled import (
        add_lists,
        add_lists_to_block,
        add_products,
        keep_best_of_block,
    )
    from matching.index.compiled_search import find_best
else:
    from matching.index.plain import (
        add_lists,
        add_lists_to_block,
        add_products,
        find_best,
        keep_best_of_block,
    )

__all__ = [
    "IS_COMPILED",
    "add_lists",
    "add_lists_to_block",
    "add_products",
    "find_best",
    "keep_best_of_block",
]
