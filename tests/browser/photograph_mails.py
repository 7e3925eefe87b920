"""`python -m tests.browser.photograph_mails FOLDER`: every kind of mail as .eml and as pictures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.browser.photograph import FOLDER

if __name__ == "__main__":
    os.environ[FOLDER] = sys.argv[1]
    sys.exit(pytest.main([str(Path(__file__).with_name("mail_pictures.py")), "-q", "-p", "no:cacheprovider"]))
