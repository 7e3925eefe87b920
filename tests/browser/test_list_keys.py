"""The list by single keys: only while the focus is in it, and never while somebody writes."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from matching.models import Follow, Verdict
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import barriers_on
from tests.factories.world import World


@pytest.fixture
def page(window: OpenWindow, world: World, alice: User) -> Page:
    page = window(alice, reduced_motion="reduce").new_page()
    page.goto("/matches/")
    return page


def test_a_match_is_found_followed_and_dismissed_by_keys_alone(page: Page, world: World) -> None:
    page.locator(".card__title a").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator(".card__title a").first).to_be_focused()

    page.keyboard.press("s")
    expect(page.locator(".card").first.get_by_role("button", name="Stop following")).to_be_visible()
    expect(page.locator(".card__title a").first).to_be_focused()
    assert Follow.objects.standing().filter(opportunity=world.sensors).exists()

    page.keyboard.press("s")
    expect(page.locator(".card").first.get_by_role("button", name="Stop following")).to_have_count(0)

    page.keyboard.press("x")
    expect(page.locator(".card").first.get_by_label("Why not?")).to_be_focused()
    page.keyboard.press("n")  # "Not our field": a letter in a field is a letter
    page.keyboard.press("Tab")
    page.keyboard.press("s")
    page.keyboard.press("Enter")

    expect(page.locator(".message")).to_contain_text("SCADA")
    expect(page.locator(".card__title a").first).to_be_focused()
    assert Verdict.objects.dismissals().get().note == "s"


def test_keys_outside_the_list_do_nothing_and_the_slash_leads_to_the_search_field(page: Page) -> None:
    page.locator("#sort").focus()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()

    page.locator(".card__title a").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()

    page.keyboard.type("jk?x")
    expect(page.locator("#q")).to_have_value("jk?x")
    expect(page.locator("dialog")).to_be_hidden()


def test_the_keys_are_listed_by_a_key_and_by_a_button_without_a_barrier(page: Page) -> None:
    page.get_by_role("button", name="Keys for this list").click()
    expect(page.locator("dialog")).to_be_visible()
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    assert barriers_on(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()

    page.locator(".card__title a").first.focus()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_be_hidden()


def test_a_button_pressed_in_the_moment_it_appears_does_not_leave_the_page(page: Page) -> None:
    page.evaluate(
        """() => {
          const card = document.querySelector(".card");
          new MutationObserver((_, observer) => {
            const again = card.querySelector(".button--on[data-key=s]");
            if (!again) return;
            observer.disconnect();
            again.click();
            document.documentElement.dataset.pressed = "again";
          }).observe(card, { childList: true, subtree: true });
        }"""
    )

    page.locator(".card").first.get_by_role("button", name="Follow :").click()

    expect(page.locator("html[data-pressed=again]")).to_have_count(1)
    expect(page.locator(".card").first.get_by_role("button", name="Follow :")).to_be_visible()
    expect(page.locator("html[data-pressed=again]")).to_have_count(1)
