"""What is unsure, answered by keyboard and without scripts, and taken back."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import barriers_on
from tests.factories.bulletins import SENSORS, opportunity_told_in

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def sensors(transactional_db: None) -> Opportunity:
    return opportunity_told_in(SENSORS)


def test_a_question_is_answered_by_keyboard_and_taken_back(
    window: OpenWindow, sensors: Opportunity, olga: User
) -> None:
    page = window(olga, java_script_enabled=False).new_page()
    page.goto("/office/inbox/")
    line = page.locator(".choice[href*=notice-]").first
    line.click()
    expect(line).to_have_attribute("aria-current", "true")

    page.get_by_label("What it should be").first.fill("Rs. 24 Cr.")
    page.get_by_label("What it should be").first.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Corrected.")
    page.goto(f"/opportunities/{sensors.pk}/")
    page.get_by_role("button", name="Take back the answer about").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Taken back: it is asked again.")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_questions_raise_no_barrier(
    width: int, window: OpenWindow, sensors: Opportunity, olga: User
) -> None:
    page = window(olga, viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
    page.goto("/office/inbox/")
    page.locator(".choice[href*=notice-]").first.click()
    expect(page.get_by_role("heading", name="open questions")).to_be_visible()
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    assert barriers_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
