"""Takes the official list of CPV codes: their names, and a lexicon learnt from names in two languages."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.models import CapabilityProfile
from matching.scoring.cpv_file import read_cpv
from matching.scoring.imported_cpv import keep
from matching.scoring.json_lines import UnreadableLines


class Command(BaseCommand):
    help = "Learn from a table of CPV codes with the columns code, sv and en; every profile is scored anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            labels = read_cpv(options["file"])
        except UnreadableLines as unreadable:
            raise CommandError(str(unreadable), returncode=2) from unreadable
        words = keep(labels, settings.DATA_DIR)
        CapabilityProfile.objects.update(scored_at=None)
        self.stdout.write(
            f"Kept {len(labels)} codes and learnt {words} Swedish words. "
            "Start Setu again, so that its programs know them."
        )
