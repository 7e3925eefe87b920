"""Every component in every state: no barrier, and nothing wider than a phone."""

from __future__ import annotations

from itertools import product

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import barriers_on

# Of some components a page has one, and the gallery several: what tells them apart is then told twice.
ONE_ON_A_PAGE = {"duplicate-id-aria", "landmark-unique"}
# Where every colour, both languages and both ways of laying out are seen.
SAMPLE = (("sv", 1280, "light"), ("en", 320, "dark"))
THE_REST = tuple(
    look for look in product(("sv", "en"), (1280, 390, 320), ("light", "dark")) if look not in SAMPLE
)


@pytest.mark.parametrize(("language", "width", "scheme"), SAMPLE)
def test_no_state_of_a_component_has_a_barrier(
    language: str, width: int, scheme: str, window: OpenWindow, live_server: object, olga: User
) -> None:
    assert_no_barrier(gallery_in(window, olga, language, width, scheme), width)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width", "scheme"), THE_REST)
def test_nor_in_any_other_look(
    language: str, width: int, scheme: str, window: OpenWindow, live_server: object, olga: User
) -> None:
    assert_no_barrier(gallery_in(window, olga, language, width, scheme), width)


def gallery_in(window: OpenWindow, office: User, language: str, width: int, scheme: str) -> Page:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = window(office, language=language, **look).new_page()
    page.goto("/gallery/")
    return page


def assert_no_barrier(page: Page, width: int) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    barriers = [barrier for barrier in barriers_on(page) if barrier[0] not in ONE_ON_A_PAGE]

    assert barriers == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
