"""Ctrl-C, once: the first asks us to stop, and impatience doesn't break off the cleaning up."""

from __future__ import annotations

import signal
import threading
from types import FrameType

_ASKS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_asked = threading.Event()


def stop_calmly() -> None:
    """From now on the first Ctrl-C, TERM or HUP raises KeyboardInterrupt, and later ones do nothing."""
    for number in _ASKS_TO_STOP:
        # Under nohup a closed terminal is no reason to stop.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _ask)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt if somebody has asked us to stop.

    Whatever waits or loops calls it: an exception that a signal raises while Python forks or frees an
    object is printed and forgotten.
    """
    if _asked.is_set():
        raise KeyboardInterrupt


def _ask(_number: int, _frame: FrameType | None) -> None:
    if not _asked.is_set():
        _asked.set()
        raise KeyboardInterrupt
