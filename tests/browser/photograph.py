"""`python -m tests.browser.photograph FOLDER`: every page as pictures, for people to look at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

FOLDER = "SETU_PHOTOGRAPHS"

if __name__ == "__main__":
    os.environ[FOLDER] = sys.argv[1]
    sys.exit(pytest.main([str(Path(__file__).with_name("pictures.py")), "-q", "-p", "no:cacheprovider"]))
