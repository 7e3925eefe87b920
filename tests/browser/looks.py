"""In which looks a page is tried: a sample in the ordinary run, and all of them in the slow one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

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


# Both languages, every colour and both ways of laying out are seen.
SAMPLE = (Look("sv", 1280, "light"), Look("en", 320, "dark"))
_ALL = [Look(*each) for each in product(("sv", "en"), (1280, 390, 320), ("light", "dark"))]


def _named(look: Look, *marks: Any) -> Any:
    return pytest.param(look, id=f"{look.language}-{look.width}-{look.scheme}", marks=marks)


# As a mark: a test that has it wants a ``look``.
in_every_look = pytest.mark.parametrize(
    "look", [*map(_named, SAMPLE), *(_named(look, pytest.mark.slow) for look in _ALL if look not in SAMPLE)]
)
