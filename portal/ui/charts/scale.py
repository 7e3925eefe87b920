"""A scale that people can read off: whole numbers, in steps of 1, 2 or 5."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    step: int
    steps: int

    @property
    def top(self) -> int:
        return self.step * self.steps

    @property
    def ticks(self) -> tuple[int, ...]:
        """Above nought, which is the axis itself."""
        return tuple(self.step * number for number in range(1, self.steps + 1))


def scale_for(highest: int) -> Scale:
    """The finest with at most four steps that ``highest``, a count, fits under. Of nothing: one step to 1."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * MOST_STEPS >= highest:
                return Scale(step, max(1, -(-highest // step)))
        power *= 10
