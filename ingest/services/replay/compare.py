from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ingest.errors import IngestError
from ingest.models import RawDocument
from ingest.selectors.canary import CANARY
from ingest.services.parse_document import BATCH, read_document
from ingest.services.read_by_hand import record_hand_readings
from ingest.services.replay.scratch import real_tables, scratch_tables
from ingest.services.replay.snapshot import ProcessKey, State, digests, states
from opportunities.parsed_notice import ParsedNotice
from opportunities.selectors import merges_in_force
from opportunities.services import record_notices, repeat_merges, repeat_statements
from portal.lib.batches import batched

# Of each field, enough to see what a new parser does; the count says how many there are in all.
SHOWN = 5
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the archive tells differently. ``field`` is "" where one side lacks the opportunity."""

    publisher: str
    process_id: str
    field: str
    recorded: str
    replayed: str


@dataclass(frozen=True, slots=True)
class FieldDifferences:
    """How many opportunities differ in one field, and the first few. ``field`` as in Difference."""

    field: str
    count: int
    examples: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``digest`` is of everything replayed: equal archives and parsers give equal digests."""

    documents: int
    opportunities: int
    different: int
    fields: tuple[FieldDifferences, ...]  # those that differ most first
    digest: str


def replay_archive(*, now: datetime) -> Comparison:
    """Parse every document that was parsed before and compare what comes of it with what is recorded.

    Leaves no trace. Disclosure takes no part, for no document says so; what was merged is merged again.
    """
    recorded = digests()
    merged = merges_in_force()
    with scratch_tables():
        documents = _record_archive(now=now)
        repeat_merges(merged, now=now)
        replayed = digests()
        different = sorted(
            key for key in recorded.keys() | replayed.keys() if recorded.get(key) != replayed.get(key)
        )
        fields = _by_field(different)
    return Comparison(
        documents=documents,
        opportunities=len(replayed),
        different=len(different),
        fields=fields,
        digest=_digest_of_all(replayed),
    )


def _by_field(different: Sequence[ProcessKey]) -> tuple[FieldDifferences, ...]:
    """The differences of all these opportunities, a few hundred in memory at a time."""
    counts: Counter[str] = Counter()
    examples: defaultdict[str, list[Difference]] = defaultdict(list)
    for keys in batched(different, AT_A_TIME):
        with real_tables():
            recorded = states(keys)
        replayed = states(keys)
        for key in keys:
            for difference in _differences(key, recorded.get(key), replayed.get(key)):
                counts[difference.field] += 1
                if len(examples[difference.field]) < SHOWN:
                    examples[difference.field].append(difference)
    return tuple(
        FieldDifferences(field, count, tuple(examples[field])) for field, count in counts.most_common()
    )


def archived_documents() -> QuerySet[RawDocument]:
    """Every document that was read to its end, but for canaries: old ones are cleared away."""
    # Without a parser's version: reading it ended the reader, and would end us.
    read = RawDocument.objects.exclude(parsed_at=None).exclude(parser_version="")
    return read.exclude(source__kind=CANARY)


def _record_archive(*, now: datetime) -> int:
    keys = archived_documents().order_by("as_of", "pk").values_list("pk", flat=True)
    for pk in keys:
        document = RawDocument.objects.select_related("source").get(pk=pk)
        try:
            for batch in batched(read_document(document), BATCH):
                notices = [row for row in batch if isinstance(row, ParsedNotice)]
                record_notices(notices, seen_at=document.as_of, now=now)
        except IngestError:
            continue  # rejected, as it was when it came
    record_hand_readings(now=now)
    repeat_statements(now=now)
    return len(keys)


def _differences(key: ProcessKey, recorded: State | None, replayed: State | None) -> Iterator[Difference]:
    if recorded is None or replayed is None:
        yield Difference(
            *key, "", "absent" if recorded is None else "present", "absent" if replayed is None else "present"
        )
        return
    for field, was in recorded.items():
        if was != replayed[field]:
            yield Difference(*key, field, was, replayed[field])


def _digest_of_all(opportunities: dict[ProcessKey, bytes]) -> str:
    whole = hashlib.sha256()
    for key in sorted(opportunities):
        whole.update(repr(key).encode() + opportunities[key])
    return whole.hexdigest()
