"""Registering with mistakes, and the second factor's picture, as a person meets them."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import barriers_on
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.usefixtures("own_cache")


def test_mistakes_are_listed_and_each_leads_to_its_field(window: OpenWindow, live_server: LiveServer) -> None:
    page = window(reduced_motion="reduce").new_page()
    page.goto("/register/")
    page.get_by_label("Organisation number").fill("556036-0794")
    with page.expect_event("load"):
        page.get_by_role("button", name="Register").click()
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    barriers = barriers_on(page)

    page.get_by_role("link", name="Organisation number").click()

    assert barriers == []
    expect(page.locator("[name=organisation_number]")).to_be_focused()


def test_a_phone_can_read_the_picture_in_the_dark(window: OpenWindow, alice: User) -> None:
    page = window(alice, color_scheme="dark", viewport={"width": 320, "height": 800}).new_page()
    page.goto("/accounts/two-steps/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    behind = page.locator(".second-factor").evaluate("image => getComputedStyle(image).backgroundColor")

    assert behind == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") == 320
