"""Made-up days that pass: what is planned happens in the order of its time, whoever planned it and when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Happen = Callable[[], object]


class Days:
    """What happens may plan more, for later."""

    def __init__(self) -> None:
        self._ahead: list[tuple[datetime, int, Happen]] = []
        self._numbers = count()  # of two at the same moment the first that was planned comes first

    def plan(self, at: datetime, happen: Happen) -> None:
        heapq.heappush(self._ahead, (at, next(self._numbers), happen))

    def pass_by(self) -> int:
        """Let everything happen. Return how much that was."""
        happened = 0
        while self._ahead:
            _, _, happen = heapq.heappop(self._ahead)
            happen()
            happened += 1
        return happened
