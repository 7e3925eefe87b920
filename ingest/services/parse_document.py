from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DataError, IntegrityError, transaction

from ingest.errors import IngestError
from ingest.models import Extraction, QuarantinedPart, RawDocument, Replay
from ingest.reading.columns.plan import ConfirmedPlans, TableFound
from ingest.reading.place import with_place
from ingest.reading.requirements.notice import with_requirements
from ingest.services.archive import fetched
from ingest.services.columns import (
    is_mapped_anew,
    lock_columns,
    note_tables,
    plans_in_force,
    plans_of_document,
)
from ingest.services.layouts import remembered_layout
from ingest.services.questions import asking
from ingest.services.source_settings import settings_of
from ingest.services.tries import counted_try, is_deadly
from ingest.sources import ADAPTERS
from ingest.sources.base import PARSER_VERSION
from opportunities.parsed_notice import ParsedNotice, Unreadable
from opportunities.serialization import doubts_to_json, origins_to_json
from opportunities.services import record_notices, supersede_notices
from portal.lib.batches import batched
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

# Large enough to be quick, small enough that a table of 35,000 rows needs no more memory than one of 300.
BATCH = 400


@dataclass(slots=True)
class ParseCounts:
    """What one parse of a document came to."""

    notices: int = 0
    new_notices: int = 0
    new_opportunities: int = 0
    new_revisions: int = 0
    doubts: int = 0
    quarantined: int = 0


def parse_document(document_id: int, *, now: datetime) -> ParseCounts | None:
    """Read a document's notices and record them; return None if it is done already or in other hands.

    Each few hundred notices are committed together and the mark last, so a long table holds no lock for
    long: killed half-way, the document is read again from its start, and what was recorded stays as it is.
    A document that isn't what we know is marked with the reason and never tried again, for the same bytes
    can't read differently until the parser does. So is one whose reading ended the process again and again.
    One whose columns were mapped anew while it was read stays due.
    """
    # Not a row lock: the batches below each commit, which would let a row lock go.
    with try_advisory_lock(f"parse:{document_id}") as held:
        document = RawDocument.objects.select_related("source").filter(pk=document_id, parsed_at=None).first()
        if not held or document is None:
            return None
        if is_deadly(document):
            _give_up(document, now=now)
            return ParseCounts()
        with counted_try(document):
            return _read(document, now=now)


def reread_document(document_id: int, *, replay: Replay, now: datetime) -> None:
    """Read a document once more for an accepted replay: what it says now stands, instead of what it said.

    Reading it again for the same replay does nothing. Killed half-way it is read from its start.
    """
    with try_advisory_lock(f"parse:{document_id}") as held:
        waiting = RawDocument.objects.exclude(parsed_at=None).exclude(parser_version="")
        document = waiting.select_related("source").filter(pk=document_id).first()
        if not held or document is None or document.reread_for_id == replay.pk:
            return
        # One that ends its readers keeps what was read of it before.
        if not is_deadly(document):
            reading = _Reading(document, ParseCounts(), now=now, is_news=False)
            with counted_try(document):
                _read_into(reading, document, now=now)
        RawDocument.objects.filter(pk=document_id).update(reread_for=replay)


def _read(document: RawDocument, *, now: datetime) -> ParseCounts:
    counts = ParseCounts()
    # Read before by other columns: what comes of it corrects us, and is nothing that anybody has published.
    _read_into(_Reading(document, counts, now=now, is_news=not is_mapped_anew(document)), document, now=now)
    return counts


def _read_into(reading: _Reading, document: RawDocument, *, now: datetime) -> None:
    columns = plans_in_force(document.source_id)
    try:
        for batch in batched(read_document(document, columns), BATCH):
            reading.record(batch)
        document.rejected_because = ""
    except IngestError as error:
        document.rejected_because = str(error) or type(error).__name__
    reading.settle_what_reads_now()
    document.layout = remembered_layout(document, now=now)
    _mark_as_read(document, reading, columns, now=now)


@transaction.atomic
def _mark_as_read(
    document: RawDocument, reading: _Reading, columns: ConfirmedPlans, *, now: datetime
) -> None:
    lock_columns(document.source_id)
    in_force = plans_in_force(document.source_id)
    signatures = {table.signature for table in reading.tables}
    if any(in_force.plan_for(signature) != columns.plan_for(signature) for signature in signatures):
        return  # mapped anew meanwhile: it is read again in the next sweep
    note_tables(document, reading.tables, now=now)
    if not reading.is_news:
        reading.forget_what_it_no_longer_says()
    document.parsed_at = now
    document.parser_version = PARSER_VERSION
    document.save(update_fields=["layout", "parsed_at", "parser_version", "rejected_because"])


def _give_up(document: RawDocument, *, now: datetime) -> None:
    logger.error("document ends its readers", extra={"document": document.pk})
    document.rejected_because = (
        f"reading it was cut off {document.unfinished_tries} times: it needs too much time or memory"
    )
    document.parsed_at = now
    document.parser_version = ""
    document.save(update_fields=["parsed_at", "parser_version", "rejected_because"])


class _Reading:
    """One document being recorded, batch by batch."""

    def __init__(
        self, document: RawDocument, counts: ParseCounts, *, now: datetime, is_news: bool = True
    ) -> None:
        self.document = document
        self.counts = counts
        self.now = now
        self.is_news = is_news
        self.notice_ids: set[int] = set()
        self.tables: list[TableFound] = []
        self._unreadable_places: list[str] = []

    def record(self, batch: Sequence[ParsedNotice | Unreadable | TableFound]) -> None:
        self.tables += [part for part in batch if isinstance(part, TableFound)]
        self._record_rows([part for part in batch if not isinstance(part, TableFound)])

    def _record_rows(self, batch: Sequence[ParsedNotice | Unreadable]) -> None:
        try:
            self._record_together(batch)
        except (DataError, IntegrityError, ValueError) as error:
            # One row the database can't hold must not cost the others their place.
            if len(batch) > 1:
                for row in batch:
                    self._record_rows([row])
            elif isinstance(row := batch[0], ParsedNotice):
                reason = f"the database refused it: {error}".strip()
                self._quarantine([Unreadable(_place_of(row), "", _without_nul(reason))])

    @transaction.atomic
    def _record_together(self, batch: Sequence[ParsedNotice | Unreadable]) -> None:
        parsed = [row for row in batch if isinstance(row, ParsedNotice)]
        recording = record_notices(parsed, seen_at=self.document.as_of, now=self.now, is_news=self.is_news)
        # Several rows may say the same: the last one counts.
        read = {notice.pk: (row, notice) for row, notice in zip(parsed, recording.notices, strict=True)}
        with_questions = asking(read.values())
        Extraction.objects.bulk_create(
            (
                Extraction(
                    document=self.document,
                    notice=notice,
                    origins=origins_to_json(row.origins),
                    doubts=doubts_to_json(row.doubts),
                    asks_since=self.now if notice.pk in with_questions else None,
                )
                for row, notice in read.values()
            ),
            # Read again, a notice may have been found in another place.
            update_conflicts=True,
            unique_fields=["document", "notice"],
            update_fields=["origins", "doubts", "asks_since"],
        )
        self.notice_ids |= read.keys()
        self._quarantine([row for row in batch if isinstance(row, Unreadable)])
        self.counts.notices += len(parsed)
        self.counts.doubts += sum(len(row.doubts) for row in parsed)
        self.counts.new_notices += recording.new_notices
        self.counts.new_opportunities += recording.new_opportunities
        self.counts.new_revisions += recording.new_revisions

    def _quarantine(self, rows: Sequence[Unreadable]) -> None:
        QuarantinedPart.objects.bulk_create(
            (
                QuarantinedPart(
                    document=self.document,
                    place=row.place[:300],
                    excerpt=_without_nul(row.excerpt),
                    reason=row.reason,
                    quarantined_at=self.now,
                )
                for row in rows
            ),
            ignore_conflicts=True,
        )
        self._unreadable_places += [row.place[:300] for row in rows]
        self.counts.quarantined += len(rows)

    @transaction.atomic
    def forget_what_it_no_longer_says(self) -> None:
        """What was read out of the document before and isn't now counts only if another says it.

        What a person read in it stays: no reader ever did.
        """
        typed = self.document.hand_readings.values("notice")
        stale = self.document.extractions.exclude(notice__in=self.notice_ids).exclude(notice__in=typed)
        notice_ids = list(stale.values_list("notice_id", flat=True))
        stale.delete()
        still_said = Extraction.objects.filter(notice__in=notice_ids).values_list("notice_id", flat=True)
        supersede_notices(set(notice_ids) - set(still_said), now=self.now)

    def settle_what_reads_now(self) -> None:
        """A better parser may read what an earlier one couldn't."""
        waiting = self.document.quarantined_parts.filter(settled_at=None)
        waiting.exclude(place__in=self._unreadable_places).update(
            settled_at=self.now, settled_because="read since"
        )


def _place_of(row: ParsedNotice) -> str:
    place = next((origin.place for origin in row.origins), "")
    return f"{place} ({row.process_id})".strip()


def _without_nul(text: str) -> str:
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def read_document(
    document: RawDocument, columns: ConfirmedPlans | None = None
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """Every notice in a stored document, with its place on the map and what it asks for. Writes nothing.

    ``columns`` are the mappings to read its tables by; None: those by which it was read last.
    """
    columns = plans_of_document(document.pk) if columns is None else columns
    source = replace(settings_of(document.source), columns=columns)
    for parsed in ADAPTERS[document.source.kind].parse(fetched(document), source):
        yield with_requirements(with_place(parsed)) if isinstance(parsed, ParsedNotice) else parsed
