"""Tries at reading a document that end without a word, because the process was killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db.models import F

from ingest.models import RawDocument

# A worker's children inherit it; a worker that is started anew has another.
WORKER = uuid4().hex
# A document that ends the child reading it, while the worker lives on, gets as many tries.
MOST_DEATHS = 3
# Where whole workers went down the document may be innocent: power cuts and restarts count for less.
MOST_OUTAGES = 10


@contextmanager
def counted_try(document: RawDocument) -> Iterator[None]:
    """Count a try before it begins, and forget the count if it ends in any way that we live to see."""
    this_one = RawDocument.objects.filter(pk=document.pk)
    this_one.update(unfinished_tries=F("unfinished_tries") + 1, tried_by=WORKER)
    try:
        yield
    except Exception:
        this_one.update(unfinished_tries=0, tried_by="")
        raise
    this_one.update(unfinished_tries=0, tried_by="")


def is_deadly(document: RawDocument) -> bool:
    """Whether reading it has ended the reader too often to try again."""
    most = MOST_DEATHS if document.tried_by == WORKER else MOST_OUTAGES
    return document.unfinished_tries >= most
