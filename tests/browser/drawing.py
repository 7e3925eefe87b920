"""`python -m tests.browser.drawing FILE`: the first screen of *Matches* as an SVG, for the README.

A picture that is text, so it can be kept beside the words it belongs to. It is drawn from the page as
Chromium has laid it out, with the made-up world of the browser tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

FILE = "SETU_DRAWING"
WIDTH, HEIGHT = 1280, 860
SCRIPT = Path(__file__).with_name("draw_as_svg.js")


def draw(page: Page) -> str:
    """The page's first screen as an SVG document."""
    drawing: str = page.evaluate(SCRIPT.read_text(encoding="utf-8"), [WIDTH, HEIGHT])
    return drawing


if __name__ == "__main__":
    os.environ[FILE] = sys.argv[1]
    sys.exit(pytest.main([str(Path(__file__).with_name("test_drawing.py")), "-q", "-p", "no:cacheprovider"]))
