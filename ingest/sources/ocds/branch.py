"""A part of a JSON document, read with mistrust."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Branch:
    """Whatever is absent, or of another type than asked for, says nothing. Paths are as ``tender/title``."""

    value: object

    def at(self, path: str) -> Branch:
        value = self.value
        for name in path.split("/"):
            value = value.get(name) if isinstance(value, dict) else None
        return Branch(value)

    def words(self, path: str) -> str:
        """The text or number there, as it is written; "" for anything else."""
        value = self.at(path).value
        return value if isinstance(value, str) else ""

    def each(self, path: str) -> list[Branch]:
        """The elements of the list there."""
        value = self.at(path).value
        return [Branch(element) for element in value] if isinstance(value, list) else []

    def has(self, *names: str) -> bool:
        return isinstance(self.value, dict) and any(name in self.value for name in names)
