"""``python -m tests.bench.digest_worker decide|write``: one of several processes at a day's digests.

It prints ready, waits for a line on standard input, and prints how many megabytes it holds more than after
the first mails, or before it decided, and how many queries it asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.db import connection  # noqa: E402  # Django has to be set up before
from django.test.utils import override_settings  # noqa: E402

from matching.delivery.owing import owe_daily_digests  # noqa: E402
from matching.delivery.services import AT_A_TIME, send_deliveries  # noqa: E402
from matching.models import Delivery  # noqa: E402
from portal.celery import set_aside_what_stays  # noqa: E402
from portal.lib.batches import batched  # noqa: E402
from tests.bench.digest_world import NOON  # noqa: E402
from tests.bench.memory import resident_megabytes  # noqa: E402

PERIOD = date(2026, 11, 23)


class Counter:
    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.queries += 1
        return execute(*asked)


def decide() -> float:
    before = resident_megabytes()
    owe_daily_digests(PERIOD, now=NOON)
    return before


def write() -> float:
    """Those that the other process sends, or has sent, are passed over."""
    after_first = 0.0
    waiting = Delivery.objects.unsent().order_by("pk").values_list("pk", flat=True)
    for some in batched(waiting.iterator(), AT_A_TIME):
        if send_deliveries(some, now=NOON).sent:
            after_first = after_first or resident_megabytes()
    return after_first or resident_megabytes()


def main() -> None:
    work = {"decide": decide, "write": write}[sys.argv[1]]
    set_aside_what_stays()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    counter = Counter()
    with (
        connection.execute_wrapper(counter),
        override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"),
    ):
        before = work()
    sys.stdout.write(f"{resident_megabytes() - before} {counter.queries}\n")


if __name__ == "__main__":
    main()
