"""Open data into a file or onto standard output: the same as the site's addresses give."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from opportunities.exports.flat import HEADING, row
from opportunities.exports.oc4ids import project_package
from opportunities.exports.ocds import release_lines
from opportunities.exports.told import Republisher, ToldProcess, ToldProject
from opportunities.project_selectors import projects_told
from opportunities.selectors import processes_told
from portal.lib.spreadsheet import Row, csv_file
from portal.open_data.republisher import republisher

_FORMATS = ("ocds", "oc4ids", "csv")
_TOLD_EVERY = 1_000  # processes


class Command(BaseCommand):
    help = "Write what everyone may know of: releases (JSON Lines), projects (JSON) or a table (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=_FORMATS)
        parser.add_argument("--out", type=Path, metavar="FILE", help="else standard output")
        parser.add_argument("--since", type=_day, metavar="DAY", help="told on that day of UTC or later")
        parser.add_argument("--until", type=_day, metavar="DAY", help="told on that day of UTC or earlier")

    def handle(self, **options: Any) -> None:
        since, until = options["since"], options["until"]
        if since and until and until < since:
            raise CommandError(f"--until {until} comes before --since {since}.")
        pieces = self._pieces(options["format"], since, until)
        out: Path | None = options["out"]
        if out is None:
            _write_out(pieces)
            return
        try:
            with _whole(out) as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{out} can't be written: {error.strerror}.") from error
        self.stderr.write(f"{out}: {out.stat().st_size:,} bytes")

    def _pieces(self, kind: str, since: date | None, until: date | None) -> Iterator[bytes]:
        now, by = timezone.now(), republisher()
        if kind == "oc4ids":
            told = projects_told(at=now)
            yield _package([one for one in told if _is_between(one.updated_at, since, until)], by)
            return
        processes = self._counted(processes_told(at=now), since, until)
        yield from csv_file(_rows(processes, by)) if kind == "csv" else _lines(processes, by)

    def _counted(
        self, told: Iterator[ToldProcess], since: date | None, until: date | None
    ) -> Iterator[ToldProcess]:
        count = 0
        for process in told:
            if _is_between(process.disclosed_from, since, until):
                count += 1
                yield process
                if count % _TOLD_EVERY == 0:
                    self.stderr.write(f"{count:,} processes")
        self.stderr.write(f"{count:,} processes in all")


def _package(told: Sequence[ToldProject], by: Republisher) -> bytes:
    if not told:
        raise CommandError(
            "No such project is disclosed to everyone, and OC4IDS knows no package without one: "
            "nothing is written."
        )
    package = project_package(told, by, path=reverse("open_data:projects"))
    return json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n"


def _write_out(pieces: Iterator[bytes]) -> None:
    """Onto standard output, until whoever reads it has enough."""
    out = sys.stdout.buffer
    try:
        for piece in pieces:
            out.write(piece)
        out.flush()
    except BrokenPipeError:
        # What is still held goes nowhere, or Python would complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _lines(processes: Iterator[ToldProcess], by: Republisher) -> Iterator[bytes]:
    for process in processes:
        yield "".join(release_lines(process, by)).encode()


def _rows(processes: Iterator[ToldProcess], by: Republisher) -> Iterator[Row]:
    yield HEADING
    yield from (cells for process in processes if (cells := row(process, by)))


def _is_between(at: datetime, since: date | None, until: date | None) -> bool:
    begins = since is None or at >= datetime(since.year, since.month, since.day, tzinfo=UTC)
    return begins and (
        until is None or at < datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=1)
    )


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"“{words}” isn't a day: write it as 2026-11-22.") from None


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is finished. What was there before stays until then."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.replace(file.name, path)  # noqa: PTH105  within one folder, and so at once
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
