"""A message's own words: its lines, its tables, what is attached."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from ingest.errors import SourceChanged
from ingest.reading.channel_words import channel_fact
from ingest.reading.decoding import decode
from ingest.reading.markup import HeadedTable, cells_of, headed_tables, words_of
from ingest.reading.nesting import is_too_deep
from ingest.reading.words import excerpt
from ingest.sources.files.row import BadRow, Row
from opportunities.parsed_notice import Unreadable

# Ours is the bulletin's own number, as its subject or its first lines give it: CII-SC/2026-46.
_BULLETIN = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]+)*/\d{4}-\d{1,3}\b(?!/)")
_BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "br"})
_BLOCK_ENDS = "end of a block"
# A table with fewer labels that we know is there for its looks.
_FEWEST_LABELS = 3


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # within the message's text, or the page, from 1
    words: str
    page: int | None = None

    @property
    def place(self) -> str:
        return f"line {self.number}" if self.page is None else f"page {self.page}, line {self.number}"


@dataclass(frozen=True, slots=True)
class TableRow:
    place: str  # for a person
    words: str
    cells: tuple[str, ...]
    reason: str = ""  # why its cells can't be told apart, if they can't


@dataclass(frozen=True, slots=True)
class Table:
    """A table of notices under the channel's own headings."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    bulletin: str | None
    sent_at: datetime | None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    # Rows under a portal's headings, and what can't be read at all: PDFs hold such.
    listed: tuple[Row | BadRow, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.words for line in self.lines)


def read_message(body: bytes) -> Message:
    """Raise SourceChanged if the bytes aren't a message with anything in it."""
    parsed = email.message_from_bytes(body, policy=email.policy.default)
    if not isinstance(parsed, EmailMessage) or parsed["From"] is None:
        raise SourceChanged("this isn't an e-mail message: it has no sender")
    texts: list[str] = []
    tables: list[HeadedTable] = []
    attachments: list[Attachment] = []
    for part in _bodies(parsed):
        if part.get_content_type() == "text/html" and not part.is_attachment():
            page = _page(_decoded(part))
            tables += _take_tables(page)
            texts.append(_text_of(page))
        elif part.get_content_type() == "text/plain" and not part.is_attachment():
            texts.append(_decoded(part))
        elif not _is_part_of_the_text(part):
            attachments.append(_attachment(part))
    lines = _lines("\n".join(texts))
    return Message(
        bulletin=bulletin_number(str(parsed["Subject"] or ""), lines),
        sent_at=_sent_at(parsed),
        lines=lines,
        tables=_tables(tables),
        attachments=tuple(attachments),
    )


def message_of_page(markup: str) -> Message:
    """A page that somebody has copied out of a message or off a site."""
    page = _page(markup)
    tables = _take_tables(page)
    return replace(message_of_text(_text_of(page)), tables=_tables(tables))


def message_of_text(text: str) -> Message:
    """Text that somebody has copied out of a message: without sender, date and attachments."""
    lines = _lines(text)
    return Message(bulletin_number("", lines), sent_at=None, lines=lines)


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(n, words) for n, words in enumerate(text.splitlines(), start=1))


def _is_part_of_the_text(part: EmailMessage) -> bool:
    """Whether this is a picture that the text shows: a logo, not a scanned notice."""
    return part.get_content_maintype() == "image" and not part.is_attachment() and bool(part["Content-ID"])


def _attachment(part: EmailMessage) -> Attachment:
    body = part.get_payload(decode=True)
    media_type = part.get_content_type()
    return Attachment(part.get_filename() or media_type, media_type, body if isinstance(body, bytes) else b"")


def _bodies(part: EmailMessage) -> Iterator[EmailMessage]:
    """The parts a reader sees. Of alternatives that say the same it is the HTML, which keeps tables."""
    if not part.is_multipart():
        yield part
        return
    parts = [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
    if part.get_content_type() == "multipart/alternative":
        rich = [inner for inner in parts if inner.get_content_type() != "text/plain"]
        parts = rich[-1:] or parts
    for inner in parts:
        yield from _bodies(inner)


def _decoded(part: EmailMessage) -> str:
    """The part's text, also where it names an encoding that doesn't exist."""
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    try:
        return body.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(body)


def _page(markup: str) -> BeautifulSoup:
    if is_too_deep(markup):
        raise SourceChanged("the message's tags are nested deeper than any that people write")
    page = BeautifulSoup(markup, "lxml")
    for unseen in page(["style", "script", "head"]):
        unseen.decompose()
    return page


def _take_tables(page: BeautifulSoup) -> list[HeadedTable]:
    """The tables of notices, taken out of the page so that they aren't read as prose too."""
    found = [table for table in headed_tables(page) if names_notices(table.columns)]
    for table in found:
        table.tag.extract()
    return found


def _tables(tables: list[HeadedTable]) -> tuple[Table, ...]:
    return tuple(_table(table, f"table {count}") for count, table in enumerate(tables, start=1))


def _table(table: HeadedTable, name: str) -> Table:
    return Table(
        table.columns,
        tuple(
            TableRow(f"{name}, row {number}", words_of(row), tuple(map(words_of, cells_of(row))))
            for number, row in enumerate(table.rows, start=1)
        ),
    )


def names_notices(columns: Iterable[str]) -> bool:
    """Whether these are the channel's headings for a table of notices."""
    facts = {fact for column in columns if (fact := channel_fact(column))}
    return "title" in facts and len(facts) >= _FEWEST_LABELS


def _text_of(page: BeautifulSoup) -> str:
    """The page's prose: a line for each block, numbered items with their numbers."""
    words: list[str] = []
    numbers: dict[int, int] = {}
    ahead: list[PageElement | str] = [page]
    while ahead:
        element = ahead.pop()
        if isinstance(element, Tag):
            if element.name in _BLOCKS:
                words.append("\n" + _number_of(element, numbers))
                ahead.append(_BLOCK_ENDS)
            ahead += reversed(element.contents)
        elif element is _BLOCK_ENDS:
            words.append("\n")
        elif type(element) is NavigableString:
            # Line ends in the source of a page mean nothing; those of its blocks do.
            words.append(re.sub(r"\s+", " ", element))
    return "".join(words)


def _number_of(element: Tag, numbers: dict[int, int]) -> str:
    """What a browser writes before an item of a numbered list."""
    parent = element.parent
    if element.name != "li" or parent is None or parent.name != "ol":
        return ""
    start = str(parent.get("start") or 1)
    numbers.setdefault(id(parent), int(start) if start.isdecimal() else 1)
    numbers[id(parent)] += 1
    return f"{numbers[id(parent)] - 1}. "


def bulletin_number(subject: str, lines: tuple[Line, ...]) -> str | None:
    """The number that a bulletin gives itself, in its subject or its first lines."""
    head = "\n".join([subject, *(line.words for line in lines[:10])])
    match = _BULLETIN.search(head)
    return match[0] if match else None


def _sent_at(message: EmailMessage) -> datetime | None:
    sent_at = getattr(message["Date"], "datetime", None)
    if not isinstance(sent_at, datetime):
        return None
    return sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)


def excerpt_of(message: Message) -> str:
    return excerpt(message.text)
