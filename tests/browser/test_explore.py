from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories.world import World


def test_a_choice_narrows_what_is_found_and_keeps_its_place(
    world: World, alice: User, page_of: Callable[..., Page]
) -> None:
    page = page_of(alice)
    page.goto("/explore/?q=sensors")
    first = page.locator("#facet-state input").first
    state = first.get_attribute("value")
    first.focus()

    page.keyboard.press("Space")

    expect(page.locator(".chosen__one")).to_have_count(1)
    expect(page.locator("#explore-status")).to_contain_text("open opportunit")
    expect(page.locator("#facet-state input:focus")).to_be_checked()
    expect(page).to_have_url(re.compile(rf"/explore/\?q=sensors&state={state}$"))
    page.go_back()
    expect(page.locator(".chosen__one")).to_have_count(0)


def test_it_is_searched_and_narrowed_without_scripts(
    world: World, alice: User, page_of: Callable[..., Page]
) -> None:
    page = page_of(alice, java_script_enabled=False)
    page.goto("/explore/")

    page.get_by_role("searchbox").fill("sensorer")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile("q=sensorer"))
    page.locator("#facet-stage input").first.check()
    page.locator("#narrow button").click()

    expect(page.locator(".chosen__one")).to_have_count(1)
    expect(page.locator(".found").first).to_be_visible()
