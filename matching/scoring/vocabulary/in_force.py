"""Which vocabulary the scorer reads: the shipped one, or one with changes, for as long as a run lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from matching.scoring.vocabulary.reading import read_domains
from matching.scoring.vocabulary.records import Concept, Domain

Entry = TypeVar("Entry", bound=Domain | Concept)


@dataclass(frozen=True)
class Vocabulary:
    """All domains. ``version`` is "" for what ships; two of one version are the same."""

    version: str
    order: tuple[Domain, ...]

    @cached_property
    def domains(self) -> Mapping[str, Domain]:
        return {domain.slug: domain for domain in self.order}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        return {concept.slug: concept for domain in self.order for concept in domain.concepts}


SHIPPED = Vocabulary("", read_domains())
_in_force: ContextVar[Vocabulary] = ContextVar("vocabulary in force", default=SHIPPED)


@contextmanager
def in_force(vocabulary: Vocabulary) -> Iterator[None]:
    """Score with this vocabulary inside the block, in this thread alone."""
    token = _in_force.set(vocabulary)
    try:
        yield
    finally:
        _in_force.reset(token)


def version_in_force() -> str:
    """What is made from the vocabulary and kept goes by this."""
    return _in_force.get().version


class InForce(Mapping[str, Entry], Generic[Entry]):
    """A part of the vocabulary in force, by slug."""

    def __init__(self, part: Callable[[Vocabulary], Mapping[str, Entry]]) -> None:
        self._part = part

    def __getitem__(self, slug: str) -> Entry:
        return self._part(_in_force.get())[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._part(_in_force.get()))

    def __len__(self) -> int:
        return len(self._part(_in_force.get()))
