"""A bulletin's notices: numbered items of prose, rows of tables, or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bs4 import Tag

from ingest.errors import IngestError
from ingest.reading.channel_draft import ChannelDraft
from ingest.reading.channel_words import channel_fact
from ingest.reading.markup import HeadedTable, cells_of, words_of
from ingest.reading.words import excerpt, says_nothing
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.items import split_items
from ingest.sources.cii_mailbox.message import Attachment, Message, excerpt_of
from ingest.sources.cii_mailbox.prose import read_item
from ingest.sources.files import read_file
from opportunities.parsed_notice import ParsedNotice, Unreadable

LONGEST_ITEM = 10_000  # characters; real ones have some hundreds


def read_bulletin(message: Message, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    """Yield each notice of a bulletin, and each part that should be one and can't be read."""
    publisher = source.publisher
    items = split_items(message.lines)
    for item in items:
        if len(item.text) > LONGEST_ITEM:
            yield Unreadable(f"item {item.number}", excerpt(item.text), "this is too long for one item")
            continue
        draft = read_item(item)
        yield draft.finish(
            publisher=publisher,
            notice_id=_numbered(message, str(item.number)),
            published_at=message.sent_at,
        )
    for count, table in enumerate(message.tables, start=1):
        # With prose beside it, or another table, a row's number alone would name two notices.
        prefix = f"T{count}-" if items or len(message.tables) > 1 else ""
        yield from _read_table(table, f"table {count}", prefix, message, publisher)
    for attachment in message.attachments:
        yield from _read_attachment(attachment, source)
    if not (items or message.tables or message.attachments):
        reason = "the message holds no numbered item and no table of notices"
        yield Unreadable("message", excerpt_of(message), reason)


def _read_table(
    table: HeadedTable, name: str, prefix: str, message: Message, publisher: str
) -> Iterator[ParsedNotice | Unreadable]:
    for number, row in enumerate(table.rows, start=1):
        place = f"{name}, row {number}"
        cells = cells_of(row)
        if len(cells) != len(table.columns):
            reason = f"the row has {len(cells)} cells, its header {len(table.columns)}"
            yield Unreadable(place, excerpt(words_of(row)), reason)
            continue
        draft = _read_row(table, row, place)
        yield draft.finish(
            publisher=publisher,
            notice_id=_numbered(message, f"{prefix}{draft.own.get('row_no', number)}"),
            published_at=message.sent_at,
        )


def _read_row(table: HeadedTable, row: Tag, place: str) -> ChannelDraft:
    draft = ChannelDraft(place, row.get_text(" "))
    for column, cell in zip(table.columns, cells_of(row), strict=True):
        fact, words = channel_fact(column), words_of(cell)
        if fact and not says_nothing(words):
            draft.read(fact, words, f"{place}, {column}")
    return draft


def _read_attachment(attachment: Attachment, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    """What a file says that was sent along, each part with its place in that file."""
    name = f"attachment {attachment.name}"[:200]
    document = FetchedDocument(attachment.name, attachment.media_type, attachment.body)
    try:
        for part in read_file(document, source):
            if isinstance(part, Unreadable):
                yield replace(part, place=f"{name}, {part.place}")
            else:
                origins = (replace(origin, place=f"{name}, {origin.place}") for origin in part.origins)
                doubts = (replace(doubt, place=f"{name}, {doubt.place}") for doubt in part.doubts)
                yield replace(part, origins=tuple(origins), doubts=tuple(doubts))
    except IngestError as reason:
        yield Unreadable(name, "", str(reason))


def _numbered(message: Message, number: str) -> str | None:
    return f"{message.bulletin}/{number}" if message.bulletin else None
