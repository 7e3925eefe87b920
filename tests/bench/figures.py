"""A measured figure, and how it is shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement beside its goal and beside a named peer that ran in the same process.

    ``ratio`` is ours to the peer's, such that more than 1 is better for us.
    """

    name: str
    value: float
    unit: str
    goal: float | None
    better: Literal["more", "less"]
    peer: str = ""
    ratio: float | None = None

    @property
    def ok(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better == "more" else self.value <= self.goal

    def as_row(self) -> dict[str, Any]:
        row = asdict(self)
        del row["better"]
        row["value"] = round(self.value, 3)
        row["ratio"] = None if self.ratio is None else round(self.ratio, 2)
        return row | {"ok": self.ok}

    def as_line(self) -> str:
        sign = "≥" if self.better == "more" else "≤"
        goal = "" if self.goal is None else f"goal {sign} {self.goal:g}"
        verdict = {True: "ok", False: "MISSED", None: ""}[self.ok]
        peer = f"{self.ratio:.2f} × {self.peer}" if self.ratio is not None else ""
        return f"{self.name:34} {self.value:>12,.1f} {self.unit:10} {goal:16} {verdict:7} {peer}".rstrip()
