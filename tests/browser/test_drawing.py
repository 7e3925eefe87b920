from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from pathlib import Path

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.drawing import FILE, HEIGHT, WIDTH, draw
from tests.factories.world import World


def test_the_first_screen_can_be_drawn_for_the_readme(window: OpenWindow, world: World, alice: User) -> None:
    page = window(alice, viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    page.goto("/matches/")

    drawing = draw(page)

    if FILE in os.environ:
        Path(os.environ[FILE]).write_text(drawing, encoding="utf-8")
    words = " ".join(ET.fromstring(drawing).itertext())  # noqa: S314  # our own drawing
    assert world.sensors.title.split()[0] in words
    assert "<script" not in drawing
