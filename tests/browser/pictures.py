"""Every page as pictures. Run by `python -m tests.browser.photograph FOLDER`, not with the tests."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.photograph import FOLDER
from tests.browser.shown_pages import Shown


@pytest.mark.parametrize(("width", "scheme"), tuple(product((1280, 320), ("light", "dark"))))
def test_photograph(width: int, scheme: str, visit: Visit, shown: list[Shown]) -> None:
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    gallery = next(Shown("gallery", "/gallery/", each.user) for each in shown if each.name == "sources")
    for language, each in product(("sv", "en"), [*shown, gallery]):
        look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        page = visit(each, language=language, **look)
        page.screenshot(path=folder / f"{each.name}-{language}-{width}-{scheme}.png", full_page=True)
