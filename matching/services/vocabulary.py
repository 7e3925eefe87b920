"""The vocabulary in force: what ships, and what the office laid over it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Max

from matching.models import ConceptRevision
from matching.scoring.vocabulary import SHIPPED
from matching.scoring.vocabulary.changes import ConceptEntry, with_changes
from matching.scoring.vocabulary.in_force import Vocabulary, in_force
from matching.scoring.vocabulary.reading import VocabularyMistake
from matching.scoring.vocabulary.serialization import entry_from_json, entry_to_json
from portal.accounts.models import User

logger = logging.getLogger(__name__)

P = ParamSpec("P")
Result = TypeVar("Result")


# Whether a run has chosen the vocabulary that it goes by.
_is_chosen: ContextVar[bool] = ContextVar("a vocabulary is chosen", default=False)


class ChangedMeanwhile(Exception):
    """Someone else changed the concept after this person began."""


def current_vocabulary() -> Vocabulary:
    """What is in force now. One query; what it stands for is kept until it changes."""
    latest: int | None = ConceptRevision.objects.aggregate(latest=Max("pk"))["latest"]
    return SHIPPED if latest is None else _as_of(latest)


def with_current_vocabulary(function: Callable[P, Result]) -> Callable[P, Result]:
    """Run with the vocabulary that is in force at the beginning, to the end. Within such a run: with its."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Result:
        if _is_chosen.get():
            return function(*args, **kwargs)
        token = _is_chosen.set(True)
        try:
            with in_force(current_vocabulary()):
                return function(*args, **kwargs)
        finally:
            _is_chosen.reset(token)

    return run


def standing_changes(*, until: int | None = None) -> dict[str, ConceptEntry]:
    """The concepts that the office changed, by slug, as they stand or stood with revision ``until``."""
    rows = ConceptRevision.objects.order_by("slug", "-pk").distinct("slug")
    if until is not None:
        rows = rows.filter(pk__lte=until)
    return {row.slug: entry_from_json(row.content) for row in rows if row.content is not None}


def vocabulary_with(changes: Mapping[str, ConceptEntry], *, version: str) -> Vocabulary:
    """The shipped vocabulary with these changes. Raise ``VocabularyMistake`` where it would break a rule."""
    return Vocabulary(version, with_changes(SHIPPED.order, changes.values()))


@dataclass(frozen=True, slots=True)
class ProposedRevision:
    """A concept as it shall be; ``entry`` None: back as it ships."""

    slug: str
    entry: ConceptEntry | None
    based_on: int | None  # the latest revision its author saw; None: none
    note: str = ""


@transaction.atomic
def revise_concept(proposed: ProposedRevision, *, by: User, now: datetime) -> ConceptRevision | None:
    """Put a concept in force as proposed, and have every profile scored anew. Going back is a revision too.

    The same again changes nothing, and is None. Raise ``VocabularyMistake`` where the whole would break a
    rule, and ``ChangedMeanwhile`` where there is a later revision than its author saw. Then nothing changes.
    """
    slug, entry = proposed.slug, proposed.entry
    with connection.cursor() as cursor:  # one at a time: each is checked against the whole
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('vocabulary', 0))")
    latest = ConceptRevision.objects.filter(slug=slug).last()
    content = None if entry is None else entry_to_json(entry)
    before = None if latest is None else latest.content
    if before == content:
        return None
    if (latest.pk if latest else None) != proposed.based_on:
        raise ChangedMeanwhile
    changes = {name: each for name, each in standing_changes().items() if name != slug}
    vocabulary_with(changes if entry is None else changes | {slug: entry}, version="checked")
    return ConceptRevision.objects.create(
        slug=slug, content=content, note=proposed.note, made_by=by, made_at=now
    )


@lru_cache(maxsize=2)
def _as_of(latest: int) -> Vocabulary:
    # Kept by each worker: revisions never change.
    try:
        return vocabulary_with(standing_changes(until=latest), version=str(latest))
    except VocabularyMistake as mistake:
        # What ships has changed under the office's changes; scoring goes on without them.
        logger.error("the office's vocabulary can't be used", extra={"reason": str(mistake)})
        return Vocabulary(f"{latest}!", SHIPPED.order)
