"""The nightly sweep as a process that can be killed: FOLDER LABEL COUNT NOW."""

from __future__ import annotations

import sys
from pathlib import Path

from matching.index.shares import sweep_in_shares

if __name__ == "__main__":
    sweep_in_shares(Path(sys.argv[1]), label=sys.argv[2], count=int(sys.argv[3]), now=int(sys.argv[4]))
