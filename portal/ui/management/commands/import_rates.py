from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.ui.published_rates import UnreadableRates, newest_rates
from portal.ui.reference_rates import import_rates

RIKSBANK = "Sveriges riksbank"


class Command(BaseCommand):
    help = "Reckon kronor at the newest rates in a file, as the Riksbank publishes them, from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV: see docs/operations.md")
        parser.add_argument("--source", default=RIKSBANK, help=f"who published them: {RIKSBANK} unless told")

    def handle(self, *, file: Path, source: str, **options: Any) -> None:
        try:
            body = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}", returncode=2) from error
        try:
            published = newest_rates(body, today=timezone.localdate())
            imported = import_rates(published.values(), source=source)
        except UnreadableRates as error:
            raise CommandError(f"{file}: {error}. Nothing was changed.", returncode=1) from error
        for rate in sorted(imported, key=lambda rate: rate.currency):
            self.stdout.write(f"{rate.currency}: {rate.sek_per_unit:.4f} kr, {rate.on}, {rate.source}")
