from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.people import PEOPLE
from portal.demo.world import load_world


class Command(BaseCommand):
    help = "Make the demo's companies, people and sources. Doing it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="print the log-ins and do nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off: the made-up world and its known passwords don't belong here")
        if options["list"]:
            for person in PEOPLE:
                self.stdout.write(f"{person.email:<28}{person.password}  {person.name}, {person.place}")
            return
        load_world(
            simulator_url=settings.SIMULATOR_URL,
            folder=settings.DATA_DIR / "channel",
            now=timezone.now(),
            say=self.stdout.write,
        )
