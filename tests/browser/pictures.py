"""Every page as pictures. Run by `python -m tests.browser.photograph FOLDER`, not with the tests."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import pytest

from portal.accounts.models import User
from tests.browser.conftest import Visit
from tests.browser.photograph import FOLDER
from tests.browser.shown_pages import Shown
from tests.browser.shown_rarer import rarer_pages
from tests.factories.world import World


@pytest.mark.parametrize(("width", "scheme"), tuple(product((1280, 320), ("light", "dark"))))
def test_photograph(
    width: int, scheme: str, visit: Visit, shown: list[Shown], world: World, alice: User, olga: User
) -> None:
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    rarer = rarer_pages(world, member=alice, office=olga)
    every = [*shown, *rarer, Shown("gallery", "/gallery/", olga)]
    for language, each in product(("sv", "en"), every):
        look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        page = visit(each, language=language, **look)
        name = each.name.replace("/", "-")
        page.screenshot(path=folder / f"{name}-{language}-{width}-{scheme}.png", full_page=True)
