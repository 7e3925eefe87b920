"""The way around on a phone, by keyboard and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.factories.world import World


def test_on_a_phone_the_menu_opens_by_keyboard_without_scripts_and_closes_with_escape(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, viewport={"width": 320, "height": 700}, java_script_enabled=False).new_page()
    page.goto("/matches/")
    partners = page.get_by_role("link", name="Partners")

    page.get_by_role("button", name="Menu").press("Enter")
    expect(partners).to_be_visible()
    page.keyboard.press("Escape")
    expect(partners).to_be_hidden()

    page.get_by_role("button", name="Menu").press("Enter")
    expect(partners).to_be_visible()
    partners.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_masthead_is_one_line_and_logging_out_is_behind_the_name(
    width: int, window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, viewport={"width": width, "height": 700}, language="sv").new_page()
    page.goto("/matches/")
    masthead = page.locator(".masthead").bounding_box()

    page.get_by_role("button", name="Vallar AB").click()
    log_out = page.get_by_role("button", name="Logga ut")

    assert masthead is not None
    assert masthead["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") == width
    log_out.click()
    expect(page.get_by_label("Lösenord")).to_be_visible()


def test_on_paper_there_is_nothing_to_press_and_links_tell_where_they_lead(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, color_scheme="dark").new_page()
    page.goto(f"/opportunities/{world.sensors.pk}/")

    page.emulate_media(media="print")

    expect(page.get_by_role("button").locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")


def test_what_the_office_needs_more_seldom_is_behind_more_by_keyboard_without_scripts(
    window: OpenWindow, olga: User
) -> None:
    page = window(olga, viewport={"width": 1280, "height": 700}, java_script_enabled=False).new_page()
    page.goto("/office/sources/")
    ledger = page.get_by_role("link", name="Ledger")

    page.get_by_role("button", name="More").press("Enter")
    expect(ledger).to_be_visible()
    page.keyboard.press("Escape")
    expect(ledger).to_be_hidden()

    page.get_by_role("button", name="More").press("Enter")
    expect(ledger).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/office/ledger/$"))


def test_on_a_phone_all_pages_of_the_office_stand_in_one_menu(window: OpenWindow, olga: User) -> None:
    page = window(olga, viewport={"width": 320, "height": 900}, java_script_enabled=False).new_page()
    page.goto("/office/sources/")

    page.get_by_role("button", name="Menu").press("Enter")

    for name in ("Inbox", "Reports", "Ledger", "Vocabulary"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="More")).to_be_hidden()
