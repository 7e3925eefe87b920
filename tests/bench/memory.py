from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread


def resident_megabytes() -> float:
    """What this process holds in memory now; on systems without /proc, the most it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


@contextmanager
def watched_memory() -> Iterator[list[float]]:
    """What the process holds in megabytes, at the beginning, often during the block, and at its end."""
    held, is_over = [resident_megabytes()], Event()

    def watch() -> None:
        while not is_over.wait(0.02):
            held.append(resident_megabytes())

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield held
    finally:
        is_over.set()
        watcher.join()
        held.append(resident_megabytes())


def most_megabytes() -> float:
    """The most that this process ever held in memory, mapped files included."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system counts otherwise begins with our parent's
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
