"""``./setu bench [NAME] [--json]``: figures against their goals, each beside a peer in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # Django has to be set up before

from tests.bench import (  # noqa: E402
    api_figures,
    desk_figures,
    digest_figures,
    download_figures,
    ingest_figures,
    ledger_figures,
    match_figures,
    opendata_figures,
    page_figures,
)

BENCHES = {
    "ingest": ingest_figures.measure,
    "digest": digest_figures.measure,
    "ledger": ledger_figures.measure,
    "match": match_figures.measure,
    "pages": page_figures.measure,
    "opendata": opendata_figures.measure,
    "desk": desk_figures.measure,
    "api": api_figures.measure,
    "downloads": download_figures.measure,
}


def main() -> int:
    """Run the named benches, or all. Exit 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="./setu bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", action="store_true", help="one JSON list on the last line")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHES]
    if unknown:
        parser.error(f"no bench called {', '.join(unknown)}; there are {', '.join(BENCHES)}")

    call_command("migrate", verbosity=0)
    figures = [figure for name in options.names or BENCHES for figure in BENCHES[name]()]
    if options.json:
        sys.stdout.write(json.dumps([figure.as_row() for figure in figures], ensure_ascii=False) + "\n")
    else:
        for figure in figures:
            sys.stdout.write(figure.as_line() + "\n")
    return 0 if all(figure.ok is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
