"""The six pages as pictures. Run by `python -m tests.browser.photograph FOLDER`, not with the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.photograph import FOLDER
from tests.browser.six_pages import six_pages
from tests.factories.world import World


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark")])
def test_photograph(
    language: str, width: int, scheme: str, window: OpenWindow, world: World, alice: User, olga: User
) -> None:
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    for shown in six_pages(world, member=alice, office=olga):
        look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        page = window(shown.user, language=language, **look).new_page()
        page.goto(shown.path)
        page.screenshot(path=folder / f"{shown.name}-{language}-{width}-{scheme}.png", full_page=True)
