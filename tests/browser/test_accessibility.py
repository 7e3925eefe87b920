"""No barrier that a machine can find, on any page, in either language, theme or width."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow, Visit
from tests.browser.looks import SAMPLE
from tests.browser.shown_pages import Shown
from tests.factories.matching import MatchFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.world import World

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SETTINGS: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}

BARRIERS = """<!DOCTYPE html><html lang="en"><title>Barriers</title>
<main><h1>Barriers</h1><img src="x">
<p style="color:#ccc;background:#fff">Too pale to read</p></main></html>"""


def barriers_on(page: Page, settings: dict[str, Any] = SETTINGS) -> list[tuple[str, Any]]:
    results = page.evaluate("settings => axe.run(settings)", settings)
    return [(found["id"], [node["target"] for node in found["nodes"]]) for found in results["violations"]]


def test_each_page_has_no_barrier_fits_a_phone_and_asks_nobody_else(
    visit: Visit, shown: list[Shown], complaints: list[str]
) -> None:
    """A sample: each page in one look, and its neighbour in the other. test_quality.py has all."""
    found: list[tuple[object, ...]] = []
    for number, each in enumerate(shown):
        look = SAMPLE[number % len(SAMPLE)]
        # Without motion, or colours are measured while they change from light to dark.
        page = visit(each, language=look.language, reduced_motion="reduce")
        look.put_on(page)
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found += [(each.name, look, *barrier) for barrier in barriers_on(page)]
        page.set_viewport_size({"width": 320, "height": 800})
        open_details(page)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append((each.name, "scrolls sideways"))

    assert found == []
    assert complaints == []


def test_a_request_to_others_would_be_found(window: OpenWindow, complaints: list[str]) -> None:
    opened = window()
    page = opened.new_page()
    page.goto("/")

    with opened.expect_event("console"):
        page.evaluate("fetch('http://127.0.0.1:9/elsewhere').catch(() => null)")

    assert any("elsewhere" in complaint for complaint in complaints)


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


def test_a_barrier_would_be_found(window: OpenWindow) -> None:
    """Or the tests above would prove nothing."""
    page = window().new_page()
    page.set_content(BARRIERS)
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    assert {name for name, _where in barriers_on(page)} >= {"image-alt", "color-contrast"}


def test_words_without_an_end_widen_nothing(window: OpenWindow, world: World, alice: User) -> None:
    word = "Nagar_Nigam_" * 12
    opportunity = OpportunityFactory.create(
        title=word,
        buyer_name=word,
        process_id=word,
        description=word,
        reference=word,
        contact=word,
        city=word[:99],
    )
    MatchFactory.create(profile=world.profile, opportunity=opportunity, score=99)
    page = window(alice, viewport={"width": 320, "height": 800}).new_page()

    widths = []
    for path in ("/matches/", f"/opportunities/{opportunity.pk}/"):
        page.goto(path)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [320, 320]
