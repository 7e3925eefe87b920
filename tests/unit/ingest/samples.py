"""Documents made up in the anatomy of real ones, and what each adapter is expected to make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.reading.columns.plan import TableFound, TableState
from ingest.reading.description import describe_notice, describe_unreadable
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.pdfs import pdf_of_text

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
EXPECTED = ".expected.json"
# No binary file is kept here: a PDF is written from its text whenever it is needed.
PDF_AS_TEXT = ".pdf.txt"
_MEDIA_TYPES = {
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".eml": "message/rfc822",
}


@dataclass(frozen=True)
class Sample:
    kind: str
    path: Path

    @property
    def expected_path(self) -> Path:
        return self.path.with_suffix(EXPECTED)

    @property
    def host(self) -> str:
        return f"{self.kind.replace('_', '-')}.example.org"

    @property
    def source(self) -> SourceSettings:
        return SourceSettings(slug=self.kind, address=f"https://{self.host}/", publisher=self.host)

    @property
    def document(self) -> FetchedDocument:
        url = f"https://{self.host}/{self.path.name}"
        if self.path.name.endswith(PDF_AS_TEXT):
            return FetchedDocument(url, "application/pdf", pdf_of_text(self.path.read_text()))
        return FetchedDocument(url, _MEDIA_TYPES[self.path.suffix], self.path.read_bytes())

    def parse(self) -> Iterator[ParsedNotice | Unreadable]:
        return without_tables(ADAPTERS[self.kind].parse(self.document, self.source))

    def tables(self) -> list[TableFound]:
        """The tables whose columns were judged, though their rows may wait."""
        parts = ADAPTERS[self.kind].parse(self.document, self.source)
        return [part for part in parts if isinstance(part, TableFound)]

    def describe(self) -> dict[str, Any]:
        """What the adapter makes of the sample, as its expected.json has it."""
        try:
            parts, tables = list(self.parse()), self.tables()
        except IngestError as error:
            return {"raises": type(error).__name__, "because": str(error)}
        return {
            "notices": [describe_notice(part) for part in parts if isinstance(part, ParsedNotice)],
            "unreadable": [describe_unreadable(part) for part in parts if isinstance(part, Unreadable)],
            # Only where a person has a hand in it: all else reads as portals write it.
            **({"tables": [describe_table(table) for table in tables]} if _are_guessed(tables) else {}),
        }


def _are_guessed(tables: list[TableFound]) -> bool:
    return any(table.state is not TableState.KNOWN for table in tables)


def describe_table(table: TableFound) -> dict[str, Any]:
    return {
        "place": table.place,
        "state": str(table.state),
        "columns": [
            [name, guess.field, round(guess.confidence, 2)]
            for name, guess in zip(table.names, table.guesses, strict=True)
        ],
    }


def without_tables(
    parts: Iterable[ParsedNotice | Unreadable | TableFound],
) -> Iterator[ParsedNotice | Unreadable]:
    """What was read, or can't be: what most tests ask for."""
    return (part for part in parts if not isinstance(part, TableFound))


def samples_of(kind: str) -> list[Sample]:
    paths = sorted((SAMPLES / kind).glob("*")) if (SAMPLES / kind).is_dir() else []
    return [Sample(kind, path) for path in paths if not path.name.endswith(EXPECTED)]


def all_samples() -> list[Sample]:
    return [sample for kind in sorted(ADAPTERS) for sample in samples_of(kind)]
