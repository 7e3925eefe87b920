from __future__ import annotations

import json
import mimetypes
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.errors import IngestError
from ingest.reading.columns.plan import TableFound, TableState
from ingest.reading.description import describe_notice
from ingest.reading.place import with_place
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.parsed_notice import Unreadable


class Command(BaseCommand):
    help = "Read one file and print each notice in it as JSON, a line each. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--source", required=True, choices=sorted(ADAPTERS), metavar="KIND")
        parser.add_argument("--url", default="", help="where the page was fetched, for the links in it")

    def handle(self, *, path: Path, **options: Any) -> None:
        kind = options["source"]
        try:
            body = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}", returncode=2) from error
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        document = FetchedDocument(url=options["url"] or path.name, media_type=media_type, body=body)
        source = SourceSettings(slug=kind, address="", publisher=kind)
        try:
            for row in ADAPTERS[kind].parse(document, source):
                if isinstance(row, TableFound):
                    if row.state is TableState.WAITING:
                        self.stderr.write(f"{row.place or 'the table'}: its columns have to be mapped first")
                elif isinstance(row, Unreadable):
                    self.stderr.write(f"{row.place}: {row.reason}")
                else:
                    self.stdout.write(json.dumps(describe_notice(with_place(row)), ensure_ascii=False))
        except IngestError as error:
            raise CommandError(f"{path}: {error}", returncode=1) from error
