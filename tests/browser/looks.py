"""In which looks a page is tried: a sample in the ordinary run, and all of them in the slow one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Look:
    """How a person has set the browser."""

    language: str
    width: int
    scheme: str

    def put_on(self, page: Page) -> None:
        page.set_viewport_size({"width": self.width, "height": 800})
        page.emulate_media(color_scheme="dark" if self.scheme == "dark" else "light")


WIDE, NARROW = Look("sv", 1280, "light"), Look("en", 320, "dark")
# Between them both languages, every colour and both ways of laying out are seen.
SAMPLE = (WIDE, NARROW)
_ALL = [Look(*each) for each in product(("sv", "en"), (1280, 390, 320), ("light", "dark"))]


def in_every_look(*ordinary: Look) -> pytest.MarkDecorator:
    """Mark a test that wants a ``look``: these are tried in the ordinary run, all others in the slow one."""
    return pytest.mark.parametrize(
        "look",
        [
            pytest.param(
                look,
                id=f"{look.language}-{look.width}-{look.scheme}",
                marks=() if look in ordinary else pytest.mark.slow,
            )
            for look in _ALL
        ],
    )
