"""The whole quality bar, over every page in every look. Slow: the ordinary run takes a sample."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, Page, Response
from pytest_django.live_server_helper import LiveServer

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow, Visit
from tests.browser.shown_pages import Shown
from tests.browser.shown_rarer import rarer_pages
from tests.browser.test_accessibility import SETTINGS, barriers_on, open_details
from tests.browser.weight import MOST_BYTES, sent_bytes
from tests.factories.world import World

VISITS = tuple(product(("sv", "en"), ("scripts", "no scripts")))
# A theme changes colours and nothing else; a phone a little wider than the narrowest, where things stand.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
PLACES = {
    "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"],
    "resultTypes": ["violations"],
}
WIDTHS = ((1280, SETTINGS, COLOURS), (390, PLACES, COLOURS), (320, SETTINGS, COLOURS))
NUMBER_CONTROLS = Path(__file__).with_name("keyboard_walk.js").read_text(encoding="utf-8")
FOCUSED = """() => {
  const focused = document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(focused);
  const {top, bottom} = focused.getBoundingClientRect();
  const hasRing = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  return {
    control: focused.dataset.control ?? null,
    isSeen: (hasRing || focused.tagName === 'IFRAME') && bottom > 0 && top < innerHeight,
  };
}"""

pytestmark = pytest.mark.slow


@pytest.fixture
def every_page(shown: list[Shown], world: World, alice: User, olga: User) -> list[Shown]:
    return [*shown, *rarer_pages(world, member=alice, office=olga)]


@pytest.mark.parametrize(("language", "scripts"), VISITS)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    language: str, scripts: str, window: OpenWindow, every_page: list[Shown]
) -> None:
    """Each of the four visits is looked at in light and in dark: eight looks."""
    users = {each.user for each in every_page}
    windows = {user: window(user, language=language, reduced_motion="reduce") for user in users}
    if scripts == "no scripts":  # axe needs a browser that runs them, so it is the page that gets none
        for opened in windows.values():
            opened.route("**/*.js", lambda route: route.abort())
    found: list[tuple[object, ...]] = []
    pages = {user: opened.new_page() for user, opened in windows.items()}
    for each in every_page:
        page = pages[each.user]
        page.goto(each.path)
        found += [(each.name, *fault) for fault in faults_of_the_visit(page)]

    assert found == []


def faults_of_the_visit(page: Page) -> Iterator[tuple[object, ...]]:
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    for width, of_the_light, of_the_dark in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        yield from ((width, "light", *barrier) for barrier in barriers_on(page, of_the_light))
        page.emulate_media(color_scheme="dark")
        yield from ((width, "dark", *barrier) for barrier in barriers_on(page, of_the_dark))
    open_details(page)
    for width, *_ in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield (width, "scrolls sideways")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_control_is_reached_by_keyboard_and_seen_to_be(
    width: int, visit: Visit, every_page: list[Shown]
) -> None:
    faults = {}
    for each in every_page:
        page = visit(each, viewport={"width": width, "height": 800}, reduced_motion="reduce")
        if found := faults_of_the_walk(page):
            faults[each.name] = found

    assert faults == {}


def faults_of_the_walk(page: Page) -> list[str]:
    """Press Tab through the page; what is passed by, or has the focus unseen."""
    controls: list[str] = page.evaluate(NUMBER_CONTROLS)
    missed = dict(enumerate(controls))
    faults = []
    for _ in range(len(controls) + 40):  # and those within frames
        page.keyboard.press("Tab")
        focused: dict[str, Any] = page.evaluate(FOCUSED)
        if focused["control"] is None:
            continue
        control = int(focused["control"])
        if missed.pop(control, None) is not None and not focused["isSeen"]:
            faults.append(f"unseen: {controls[control]}")
        if not missed:
            break
    return faults + [f"not reached: {control}" for control in missed.values()]


def test_every_first_visit_is_light_and_asks_nobody_else(
    window: OpenWindow, every_page: list[Shown], live_server: LiveServer
) -> None:
    visits = {each.name: first_visit(window(each.user), each.path) for each in every_page}

    weights = {name: sum(map(sent_bytes, answers)) for name, answers in visits.items()}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}
    asked = {urlsplit(answer.url).netloc for answers in visits.values() for answer in answers}
    assert asked == {urlsplit(live_server.url).netloc}


def first_visit(context: BrowserContext, path: str) -> list[Response]:
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  Playwright marks what it is given
    page.goto(path, wait_until="networkidle")
    return answers
