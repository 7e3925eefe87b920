"""What a process holds in memory that builds the index from PostgreSQL: OPPORTUNITIES [PROFILES].

Fills the database that the environment names, which has to be empty and isn't emptied afterwards. No part of
``./setu bench``: a million opportunities take a quarter of an hour.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # Django has to be set up before
from django.test.utils import override_settings  # noqa: E402

from matching.index.manifest import latest  # noqa: E402
from matching.services import refresh_index, refresh_term_statistics  # noqa: E402
from matching.services.encoder import current_encoder  # noqa: E402
from matching.services.match_index import index_folder  # noqa: E402
from tests.bench.match_world import (  # noqa: E402
    NOON,
    keep_made_up_vectors,
    make_opportunities,
    make_profiles,
)
from tests.bench.memory import most_megabytes, resident_megabytes  # noqa: E402

PROFILES = 10_000
BUILD = "--build"


def main() -> None:
    if sys.argv[1] == BUILD:
        _build()
        return
    call_command("migrate", verbosity=0)
    make_profiles(int(sys.argv[2]) if sys.argv[2:] else PROFILES)
    make_opportunities(int(sys.argv[1]))
    encoder = current_encoder()
    if encoder is not None:
        keep_made_up_vectors(encoder)
    refresh_term_statistics(now=NOON)
    # A process of its own, which has held nothing else.
    subprocess.check_call(  # noqa: S603  # our own module
        [sys.executable, "-m", "tests.bench.match_builder", BUILD], cwd=Path(__file__).parents[2]
    )


def _build() -> None:
    current_encoder()  # from the folder that everybody shares
    before = resident_megabytes()
    began = time.process_time()
    # With DEBUG on Django remembers thousands of queries, and vectors with them.
    with (
        TemporaryDirectory(prefix="setu-bench-") as folder,
        override_settings(DATA_DIR=Path(folder), DEBUG=False),
    ):
        refresh_index(now=NOON)
        manifest = latest(index_folder())
        told = {
            "megabytes": most_megabytes(),
            "before": before,
            "seconds": time.process_time() - began,
            "segments": manifest and {side: len(names) for side, names in manifest.segments.items()},
        }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
