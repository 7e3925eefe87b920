from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ingest.models import Replay
from ingest.services.replay import (
    Comparison,
    ReplayOutdated,
    accept_replay,
    apply_accepted,
    compare_requested,
    refuse_replay,
    replay_archive,
    request_replay,
)
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Rebuild all opportunities from the raw archive in a scratch schema and compare. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--keep", action="store_true", help="keep the comparison, for the office to decide")
        what.add_argument("--accept", type=int, metavar="NUMBER", help="record the new readings")
        what.add_argument("--refuse", type=int, metavar="NUMBER", help="leave all as it is")
        parser.add_argument("--by", metavar="E-MAIL", help="who decides")

    def handle(self, **options: Any) -> None:
        if options["accept"] or options["refuse"]:
            self._decide(**options)
        elif options["keep"]:
            self._keep()
        else:
            self._compare(as_json=options["json"])

    def _compare(self, *, as_json: bool) -> None:
        comparison = replay_archive(now=timezone.now())
        self.stderr.write(f"{comparison.documents} documents, {comparison.opportunities} opportunities")
        if as_json:
            self.stdout.write(json.dumps(asdict(comparison), ensure_ascii=False))
        else:
            self._write(comparison)
        if comparison.different:
            sys.exit(1)

    def _write(self, comparison: Comparison) -> None:
        for field in comparison.fields:
            self.stdout.write(f"{field.field or 'the whole opportunity'}: {field.count}")
            for d in field.examples:
                self.stdout.write(f"  {d.publisher} {d.process_id}: {d.recorded} -> {d.replayed}")
        self.stdout.write(f"{comparison.different} different" if comparison.different else "identical")

    def _keep(self) -> None:
        request_replay(by=None, now=timezone.now())
        replay = compare_requested(now=timezone.now())
        if replay is None:
            raise CommandError("another replay is being made or applied", returncode=2)
        self.stdout.write(f"replay {replay.pk}: {replay.different} different of {replay.opportunities}")

    def _decide(self, **options: Any) -> None:
        by = User.objects.filter(email=options["by"] or "", role=User.Role.OFFICE, is_active=True).first()
        if by is None:
            raise CommandError("--by has to name a person of the office", returncode=2)
        now = timezone.now()
        number: int = options["accept"] or options["refuse"]
        if not Replay.objects.filter(pk=number, compared_at__isnull=False).exists():
            raise CommandError(f"there is no replay {number} to decide on", returncode=2)
        if options["refuse"]:
            refuse_replay(number, by=by, now=now)
            return
        try:
            accept_replay(number, by=by, now=now)
        except ReplayOutdated:
            raise CommandError("the readers have changed since: compare again", returncode=1) from None
        self.stdout.write(f"{apply_accepted(now=now)} documents read again")
