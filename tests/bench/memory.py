from __future__ import annotations

import os
import resource
import sys
from pathlib import Path


def resident_megabytes() -> float:
    """What this process holds in memory now; on systems without /proc, the most it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)
