"""What ./setu runs once its environment is there."""

from __future__ import annotations

import sys

from portal.running.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
