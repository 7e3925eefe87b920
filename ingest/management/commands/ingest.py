from __future__ import annotations

import json
import mimetypes
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ingest.models import RawDocument, Source
from ingest.services import parse_document, receive_upload
from ingest.sources import ADAPTERS


class Command(BaseCommand):
    help = "Store, parse and record files by one kind of source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files"
        )
        parser.add_argument("--source", required=True, metavar="KIND", help=", ".join(sorted(ADAPTERS)))
        parser.add_argument("--json", action="store_true", help="one JSON object on the last line")

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        source = source_named(options["source"])
        counts: Counter[str] = Counter()
        quarantine: list[dict[str, str]] = []
        for name, path in files_in(paths):
            try:
                body = path.read_bytes()
            except OSError as error:
                raise CommandError(f"{path} can't be read: {error.strerror}", returncode=2) from error
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            now = timezone.now()
            document, is_new = receive_upload(source, name=name, media_type=media_type, body=body, now=now)
            del body  # a large file is held once, by the parser
            counts["documents"] += 1
            counts["new_documents"] += is_new
            parsed = parse_document(document.pk, now=now)
            if parsed is not None:
                counts["rows"] += parsed.notices + parsed.quarantined
                counts["notices"] += parsed.new_notices
                counts["opportunities"] += parsed.new_opportunities
                counts["revisions"] += parsed.new_revisions
                counts["doubts"] += parsed.doubts
                quarantine += _quarantined_in(document)
            self.stderr.write(f"{name}: {_summary(document.pk)}")
        names = ("documents", "new_documents", "rows", "notices", "opportunities", "revisions", "doubts")
        outcome: dict[str, object] = {key: counts[key] for key in names}
        outcome |= {"quarantined": len(quarantine), "quarantine": quarantine}
        self._print(outcome, as_json=options["json"])

    def _print(self, outcome: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            return
        for name, value in outcome.items():
            if name != "quarantine":
                self.stdout.write(f"{name}: {value}")
        for part in outcome["quarantine"]:
            self.stdout.write(f"  {part['document']}, {part['place']}: {part['reason']}")


def source_named(name: str) -> Source:
    """The source of that name, or the one that stands for files handed in by hand of that kind."""
    known = Source.objects.filter(slug=name).first()
    if known is not None:
        return known
    if name not in ADAPTERS:
        raise CommandError(f"no source kind {name!r}; there are {', '.join(sorted(ADAPTERS))}", returncode=2)
    return Source.objects.get_or_create(
        slug=name, defaults={"kind": name, "name": f"Files ({name})", "publisher": name}
    )[0]


def files_in(paths: list[Path]) -> Iterator[tuple[str, Path]]:
    """Each file and the name it is kept under: its own, or its path from the folder that was given."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            yield from ((str(p.relative_to(path.parent)), p) for p in inside)
        elif path.exists():
            yield path.name, path
        else:
            raise CommandError(f"{path} isn't there", returncode=2)


def _quarantined_in(document: RawDocument) -> list[dict[str, str]]:
    document.refresh_from_db(fields=["rejected_because"])
    parts = [
        {"document": document.url, "place": part.place, "reason": part.reason}
        for part in document.quarantined_parts.filter(settled_at=None).order_by("pk")
    ]
    if document.rejected_because:
        parts.append(
            {"document": document.url, "place": "the whole document", "reason": document.rejected_because}
        )
    return parts


def _summary(document_id: int) -> str:
    document = RawDocument.objects.defer("body").get(pk=document_id)
    return document.rejected_because or f"{document.extractions.count()} notices"
