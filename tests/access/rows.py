"""The matrix as it is written down, and the routes that there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

MATRIX = Path(__file__).with_name("matrix.txt")
ROLES = ("visitor", "owner", "member", "rival", "alone", "waiting", "office", "observer")
METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Row:
    """How one method of one route answers each of ``ROLES``, in their order."""

    method: str
    route: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        answers = self.answers[:1] if len(set(self.answers)) == 1 else self.answers
        return f"{self.method:<5} {self.route:<60} " + " ".join(f"{answer:<8}" for answer in answers).strip()

    def answer_to(self, role: str) -> str:
        return self.answers[ROLES.index(role)]

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(\w+)>", self.route)

    def path(self, values: Iterable[tuple[str, str]]) -> str:
        """The address, with its parameters filled in."""
        path = self.route
        for name, value in values:
            path = path.replace(f"<{name}>", value)
        return path


def rows_written() -> list[Row]:
    return [
        _row(line) for line in MATRIX.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    ]


def place(row: Row) -> tuple[str, str]:
    """Where in the matrix a row stands."""
    return row.route, row.method


def write_rows(new: list[Row]) -> None:
    """Put rows where they belong in the matrix."""
    head = [line for line in MATRIX.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = sorted([*rows_written(), *new], key=place)
    MATRIX.write_text("\n".join([*head, *map(str, rows)]) + "\n", encoding="utf-8")


def routes() -> Iterator[str]:
    """Every route of the site, as the matrix spells them: ``/profile/<profile_id>/``."""
    for route in _below(get_resolver().url_patterns, "/"):
        plain = re.sub(r"\(\?P<(\w+)>(?:[^()\\]|\\.)*\)", r"<\1>", route)
        yield re.sub(r"<\w+:(\w+)>", r"<\1>", plain).replace("^", "").removesuffix("$")


def _row(line: str) -> Row:
    method, route, *answers = line.split()
    return Row(method, route, tuple(answers * len(ROLES) if len(answers) == 1 else answers))


def _below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _below(each.url_patterns, route)
        else:
            yield route
