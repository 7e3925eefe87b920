"""One share of a sweep, as a process of its own: FOLDER VERSION SHARE OF. Prints its figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from matching.index.reader import open_index
from matching.index.sweep import Share, sweep
from tests.bench.memory import most_megabytes

COUNT = 200
NOW = 0


def main() -> None:
    folder, version, number, of = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    reader = open_index(folder, number=version)
    if reader is None:
        raise SystemExit("there is no index")
    began = time.process_time()
    sweep(reader, Share(number, of), count=COUNT, now=NOW, folder=folder)
    told = {"seconds": time.process_time() - began, "megabytes": most_megabytes()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
