"""What is not kept for good: see docs/operations.md for what is, how long, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from ingest.models import Poll, RawDocument, Replay
from ingest.services.canary import tidy_canaries

# How each visit to a source went: longer than anybody asks, and than what is usual is made of.
POLLS_KEPT = timedelta(days=90)
# What servers said beside a document (their software, its session, its times), and what a comparison showed.
BESIDE_KEPT = timedelta(days=400)
# Asked for with each fetch, and saying nothing of anybody.
_HEADERS_KEPT = ("etag", "last-modified")
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much went."""

    polls: int
    headers: int  # documents that lost some
    comparisons: int
    canaries: int


def tidy_history(*, now: datetime) -> Tidied:
    """Remove what is kept for a while only. No document goes but canaries, and nothing that a fact stands on.

    Called again it finds nothing more to do. A thousand documents at a time lose their headers.
    """
    polls, _ = Poll.objects.filter(polled_at__lt=now - POLLS_KEPT, counted_at__isnull=False).delete()
    comparisons = Replay.objects.filter(decided_at__lt=now - BESIDE_KEPT).exclude(fields=[]).update(fields=[])
    return Tidied(
        polls=polls,
        headers=_trim_headers(before=now - BESIDE_KEPT),
        comparisons=comparisons,
        canaries=tidy_canaries(now=now),
    )


def _trim_headers(*, before: datetime) -> int:
    names = "|".join(_HEADERS_KEPT)
    has_more = RawSQL(
        'jsonb_path_exists("ingest_rawdocument"."headers", %s::jsonpath)',
        [f'strict $[*] ? (!(@[0] like_regex "^({names})$" flag "i"))'],
        output_field=BooleanField(),
    )
    aged = RawDocument.objects.alias(has_more=has_more).filter(fetched_at__lt=before, has_more=True)
    documents = list(aged.only("headers")[:_AT_ONCE])
    for document in documents:
        document.headers = [pair for pair in document.headers if pair[0].lower() in _HEADERS_KEPT]
    RawDocument.objects.bulk_update(documents, ["headers"])
    return len(documents)
