"""Run the simulator until it is told to stop: python -m portal.demo.simulator --port 8900 --folder DIR

With CII_PAGES_USER and CII_PAGES_PASSWORD in the environment the channel's pages ask for that log-in.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from portal.demo.simulator.members import Member
from portal.demo.simulator.server import Simulator

# How often the mail folder is looked after.
_SECONDS_BETWEEN_LOOKS = 2.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.demo.simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--folder", type=Path, required=True, help="for the mail and the edition's beginning")
    parser.add_argument(
        "--later-after", type=float, default=90, metavar="SECONDS", help="until changes come out (90)"
    )
    options = parser.parse_args(arguments)

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    user = os.environ.get("CII_PAGES_USER", "")
    member = Member(user, os.environ.get("CII_PAGES_PASSWORD", "")) if user else None
    later_after = timedelta(seconds=options.later_after)
    with Simulator(options.folder, port=options.port, later_after=later_after, member=member) as simulator:
        sys.stdout.write(f"{simulator.address}\n")
        sys.stdout.flush()
        while not stopped.wait(_SECONDS_BETWEEN_LOOKS):
            simulator.drop_mail()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
