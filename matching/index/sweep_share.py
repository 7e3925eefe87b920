"""One share of a sweep, as a process of its own: FOLDER VERSION SHARE."""

from __future__ import annotations

import sys
from pathlib import Path

from matching.index.shares import read_plan, run_share


def main() -> None:
    folder, version, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    run_share(folder, read_plan(folder, version), number)


if __name__ == "__main__":
    main()
