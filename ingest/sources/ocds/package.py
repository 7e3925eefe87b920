"""The releases of a document, however they are packed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.errors import SourceChanged
from ingest.reading.decoding import decode
from ingest.reading.words import tidy
from ingest.sources.files.unpacking import unpacked
from ingest.sources.ocds.branch import Branch

# It is held in memory whole; a month of a large publisher takes a few megabytes.
LARGEST_PACKAGE = 64 * 1024 * 1024
# Numbers stay as they are written: 80.50 must not become 80.5, nor a long ID a rounded one.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str)


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that is no JSON object, among others that are. Its words aren't kept: they may name bidders."""

    place: str
    reason: str


def read_package(body: bytes) -> Iterator[Branch | BrokenLine]:
    """Yield the JSON object in a document, or each of several: one a line, or the elements of a list.

    The document may be packed with gzip, as bulk downloads are. Raise SourceChanged if there is nothing in
    it that could hold releases.
    """
    plain = unpacked(body, most=LARGEST_PACKAGE)
    text = decode(plain).strip("\ufeff \t\r\n\x00")
    if not text:
        raise SourceChanged("the document is empty")
    if not text.startswith(("{", "[")):
        raise SourceChanged(f"this isn't JSON; it begins with: {tidy(text[:300])}")
    first, _, rest = text.partition("\n")
    if rest.strip() and isinstance(_decoded(first), dict):
        return _lines(text)
    whole = _decoded(text)
    if isinstance(whole, str):
        raise SourceChanged(f"the JSON breaks off or is damaged: {whole}")
    parts = [Branch(part) for part in (whole if isinstance(whole, list) else [whole])]
    if not any(part.has("releases", "records", "ocid") for part in parts):
        raise SourceChanged("this JSON holds no releases, no records and no ocid")
    return iter(parts)


def releases_in(part: Branch, number: int) -> Iterator[tuple[str, Branch]]:
    """Yield each release of a package, of a package of records, or the release that the part is itself."""
    if part.has("releases"):
        for count, release in enumerate(part.each("releases"), start=1):
            yield f"release {count}", release
    elif part.has("records"):
        for count, record in enumerate(part.each("records"), start=1):
            yield from _releases_of_record(record, f"record {count}")
    else:
        yield f"release {number}", part


def publisher_of(part: Branch) -> str | None:
    """Who publishes a package: the host of its address, else its name."""
    uri = part.words("publisher/uri")
    host = urlsplit(uri).hostname if uri.startswith(("http://", "https://")) else None
    return host or tidy(part.words("publisher/name")).casefold() or None


def _releases_of_record(record: Branch, place: str) -> Iterator[tuple[str, Branch]]:
    """The releases themselves where the record holds them; where it only links to them, their sum."""
    whole = [release for release in record.each("releases") if release.has("tag") and release.has("ocid")]
    if whole:
        for count, release in enumerate(whole, start=1):
            yield f"{place}, release {count}", release
    else:
        compiled = record.at("compiledRelease")
        yield f"{place}, compiled release", compiled if compiled.value is not None else record


def _lines(text: str) -> Iterator[Branch | BrokenLine]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        value = _decoded(line)
        if isinstance(value, dict):
            yield Branch(value)
        else:
            reason = value if isinstance(value, str) else "it is another kind of value"
            yield BrokenLine(f"line {number}", f"the line isn't a JSON object: {reason}")


def _decoded(text: str) -> dict[str, object] | list[object] | str:
    """The object or list in a text; else, in words, why there is none."""
    try:
        value = _DECODER.decode(text.strip())
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as error:
        return str(error)
    return value if isinstance(value, dict | list) else "it is neither an object nor a list"
