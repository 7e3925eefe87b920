"""What a process holds in memory that searches the index: FOLDER. Prints megabytes, mapped files included."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from matching.index.reader import open_index
from matching.index.records import Item, ItemVector, Side
from tests.bench.memory import most_megabytes


def held_megabytes(folder: Path) -> float:
    """Measured in a process of its own, which has searched in both directions."""
    words = [sys.executable, "-m", "tests.bench.match_memory", str(folder)]
    root = Path(__file__).parents[2]
    said = subprocess.check_output(words, cwd=root, text=True)  # noqa: S603  # our own module
    return float(said)


def main() -> None:
    reader = open_index(Path(sys.argv[1]))
    if reader is None:
        raise SystemExit("there is no index")
    # The commonest words, whose lists are the longest.
    asked = Item(1, ItemVector({f"w{word}": 1.0 for word in range(2_000)}, {"d1": 1.0}))
    for side, other in ((Side.WANTED, Side.OFFERED), (Side.OFFERED, Side.WANTED)):
        reader.best(side, reader.query(asked, other), count=200, now=0)
    sys.stdout.write(f"{most_megabytes()}\n")


if __name__ == "__main__":
    main()
