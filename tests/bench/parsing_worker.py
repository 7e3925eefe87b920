"""``python -m tests.bench.parsing_worker``: one of several processes that read whatever is waiting.

It prints ready, waits for a line on standard input, reads until nothing is left, and prints how many
megabytes it holds more than after its first document.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.utils import timezone  # noqa: E402  # Django has to be set up before

from ingest.models import RawDocument  # noqa: E402
from ingest.services import parse_document  # noqa: E402
from portal.celery import set_aside_what_stays  # noqa: E402
from tests.bench.memory import resident_megabytes  # noqa: E402


def main() -> None:
    waiting = list(RawDocument.objects.filter(parsed_at=None).order_by("pk").values_list("pk", flat=True))
    set_aside_what_stays()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    after_first = 0.0
    for document in waiting:
        # Those the other process holds, or has read, are passed over.
        if parse_document(document, now=timezone.now()) is not None:
            after_first = after_first or resident_megabytes()
    sys.stdout.write(f"{resident_megabytes() - after_first if after_first else 0.0}\n")


if __name__ == "__main__":
    main()
