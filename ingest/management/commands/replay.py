from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ingest.services.replay import replay_archive


class Command(BaseCommand):
    help = "Rebuild all opportunities from the raw archive in a scratch schema and compare. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on the last line")

    def handle(self, **options: Any) -> None:
        replay = replay_archive(now=timezone.now())
        self.stderr.write(f"{replay.documents} documents, {replay.opportunities} opportunities")
        if options["json"]:
            self.stdout.write(json.dumps(asdict(replay), ensure_ascii=False))
        else:
            for d in replay.differences:
                self.stdout.write(f"{d.publisher} {d.process_id} {d.field}: {d.recorded} -> {d.replayed}")
            self.stdout.write(f"{replay.different} different" if replay.different else "identical")
        if replay.different:
            sys.exit(1)
