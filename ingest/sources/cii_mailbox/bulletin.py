"""A bulletin's notices: numbered items of prose, rows of tables, or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import IngestError, SourceChanged
from ingest.reading.channel_draft import ChannelDraft
from ingest.reading.channel_words import channel_fact
from ingest.reading.columns.plan import TableFound
from ingest.reading.words import excerpt, says_nothing
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.items import split_items
from ingest.sources.cii_mailbox.message import Attachment, Message, Table, TableRow, excerpt_of
from ingest.sources.cii_mailbox.pdf import message_of_pdf
from ingest.sources.cii_mailbox.pdf_pages import is_pdf
from ingest.sources.cii_mailbox.prose import read_item
from ingest.sources.files import read_file, read_rows
from opportunities.parsed_notice import ParsedNotice, Unreadable

LONGEST_ITEM = 10_000  # characters; real ones have some hundreds


def read_bulletin(
    message: Message, source: SourceSettings, *, prefix: str = ""
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """Yield each notice of a bulletin, and each part that should be one and can't be read.

    ``prefix`` goes before the items' numbers where another part of the same bulletin has such numbers too.
    """
    publisher = source.publisher
    items = split_items(message.lines)
    for item in items:
        if len(item.text) > LONGEST_ITEM:
            yield Unreadable(f"item {item.number}", excerpt(item.text), "this is too long for one item")
            continue
        draft = read_item(item)
        yield draft.finish(
            publisher=publisher,
            notice_id=_numbered(message, f"{prefix}{item.number}"),
            published_at=message.sent_at,
        )
    for count, table in enumerate(message.tables, start=1):
        # With prose beside it, or another table, a row's number alone would name two notices.
        own = f"T{count}-" if items or len(message.tables) > 1 else ""
        yield from _read_table(table, prefix + own, message, publisher)
    if message.listed:
        yield from read_rows(iter(message.listed), source)
    yield from message.unreadable
    for count, attachment in enumerate(message.attachments, start=1):
        yield from _read_attachment(attachment, count, message, source)
    if not (items or message.tables or message.listed or message.attachments):
        reason = "the message holds no numbered item and no table of notices"
        yield Unreadable("message", excerpt_of(message), reason)


def read_pdf(
    body: bytes, source: SourceSettings, *, mail: Message | None = None, count: int = 1
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """Yield what a PDF says, as a bulletin does, with the page and line of each fact.

    ``mail`` brought it, as attachment number ``count``: its date, and its number where the PDF has none, are
    the PDF's too. Raise SourceChanged, with the reason in words, if there is nothing in it to read.
    """
    message, prefix = message_of_pdf(body), ""
    if not (split_items(message.lines) or message.tables or message.listed):
        raise SourceChanged("the PDF holds no numbered item and no table of notices: type it in by hand")
    if mail is not None:
        message = replace(message, bulletin=message.bulletin or mail.bulletin, sent_at=mail.sent_at)
        if message.bulletin == mail.bulletin and not _brings_only_one_part(mail):
            prefix = f"A{count}-"
    yield from read_bulletin(message, source, prefix=prefix)


def _brings_only_one_part(mail: Message) -> bool:
    """Whether a PDF that came along is the whole bulletin, so that its numbers need nothing before them."""
    pdfs = sum(is_pdf(attachment.body) for attachment in mail.attachments)
    return pdfs == 1 and not mail.tables and not split_items(mail.lines)


def _read_table(
    table: Table, prefix: str, message: Message, publisher: str
) -> Iterator[ParsedNotice | Unreadable]:
    for number, row in enumerate(table.rows, start=1):
        reason = row.reason
        if len(row.cells) != len(table.columns):
            reason = f"the row has {len(row.cells)} cells, its header {len(table.columns)}"
        if reason:
            yield Unreadable(row.place, excerpt(row.words), reason)
            continue
        draft = _read_row(table, row)
        yield draft.finish(
            publisher=publisher,
            notice_id=_numbered(message, f"{prefix}{draft.own.get('row_no', number)}"),
            published_at=message.sent_at,
        )


def _read_row(table: Table, row: TableRow) -> ChannelDraft:
    draft = ChannelDraft(row.place, row.words)
    for column, words in zip(table.columns, row.cells, strict=True):
        fact = channel_fact(column)
        if fact and not says_nothing(words):
            draft.read(fact, words, f"{row.place}, {column}")
    return draft


def _read_attachment(
    attachment: Attachment, count: int, mail: Message, source: SourceSettings
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """What a file says that was sent along, each part with its place in that file."""
    name = f"attachment {_name_of(attachment, count, mail)}"[:200]
    try:
        for part in _parts_of(attachment, count, mail, source):
            if isinstance(part, TableFound):
                yield replace(part, place=f"{name}, {part.place}" if part.place else name)
            elif isinstance(part, Unreadable):
                yield replace(part, place=f"{name}, {part.place}")
            else:
                origins = (replace(origin, place=f"{name}, {origin.place}") for origin in part.origins)
                doubts = (replace(doubt, place=f"{name}, {doubt.place}") for doubt in part.doubts)
                yield replace(part, origins=tuple(origins), doubts=tuple(doubts))
    except IngestError as reason:
        yield Unreadable(name, "", str(reason))


def _name_of(attachment: Attachment, count: int, mail: Message) -> str:
    """Its name, with its number where several have the same: what can't be read is known by its place."""
    names = [other.name for other in mail.attachments]
    return f"{count}, {attachment.name}" if names.count(attachment.name) > 1 else attachment.name


def _parts_of(
    attachment: Attachment, count: int, mail: Message, source: SourceSettings
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    if is_pdf(attachment.body):
        return read_pdf(attachment.body, source, mail=mail, count=count)
    return read_file(FetchedDocument(attachment.name, attachment.media_type, attachment.body), source)


def _numbered(message: Message, number: str) -> str | None:
    return f"{message.bulletin}/{number}" if message.bulletin else None
