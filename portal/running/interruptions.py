"""Ctrl-C, once: the first asks us to stop, and impatience doesn't break off the cleaning up."""

from __future__ import annotations

import signal
from types import FrameType

_ASKS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop_calmly() -> None:
    """From now on the first Ctrl-C, TERM or HUP raises KeyboardInterrupt, and later ones do nothing."""
    for number in _ASKS_TO_STOP:
        # Under nohup a closed terminal is no reason to stop.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _first)


def _first(_number: int, _frame: FrameType | None) -> None:
    for number in _ASKS_TO_STOP:
        signal.signal(number, _later)
    raise KeyboardInterrupt


def _later(_number: int, _frame: FrameType | None) -> None:
    # A handler and not SIG_IGN, which children would inherit.
    return
