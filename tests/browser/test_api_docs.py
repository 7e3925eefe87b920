"""Trying the API on its pages: with scripts in place, and without them at the address itself."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from matching.models import Follow
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import Look
from tests.browser.test_accessibility import barriers_on
from tests.factories.buyers import pune
from tests.factories.world import World

CITY = "/api/v1/docs/getCityDetail"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("look", [Look("sv", 1280, "dark"), Look("en", 320, "light")])
def test_the_answer_is_shown_beneath_the_form(
    look: Look, window: OpenWindow, world: World, complaints: list[str]
) -> None:
    pune()
    page = window(language=look.language, reduced_motion="reduce").new_page()
    look.put_on(page)
    page.goto(CITY)

    ask(page, slug="pune", fields="name,state")

    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("[data-answer=status]")).to_have_text("200")
    expect(page.locator("[data-answer=body]")).to_have_text('{ "name": "Pune", "state": "MH" }')
    expect(page.locator("[data-answer=shell]")).to_contain_text("/api/v1/cities/pune?fields=name%2Cstate")
    assert complaints == []
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    assert barriers_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width


def test_a_token_is_sent_and_stands_in_no_address(window: OpenWindow, world: World, alice: User) -> None:
    page = window(alice).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/v1/docs/getProfileList")

    page.locator("#ask-token").fill("setu_nobodys")
    ask(page)

    expect(page.locator("[data-answer=status]")).to_have_text("401")
    assert [url for url in asked if "nobodys" in url] == []

    page.locator("#ask-token").fill("")
    ask(page)

    expect(page.locator("[data-answer=status]")).to_have_text("200")


def test_what_changes_something_can_be_tried_as_whoever_is_logged_in(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice).new_page()
    page.goto("/api/v1/docs/postFollowList")

    page.locator("#ask-body").fill(f'{{"opportunity": {world.sensors.pk}}}')
    page.locator("[data-header=Idempotency-Key]").fill("a-key-of-ours")
    ask(page)

    expect(page.locator("[data-answer=status]")).to_have_text("201")
    expect(page.locator("[data-answer=shell]")).to_contain_text("/api/v1/follows")
    assert Follow.objects.standing().filter(company=world.profile.company, opportunity=world.sensors).exists()


def test_where_nothing_answers_it_says_so(window: OpenWindow, world: World) -> None:
    page = window().new_page()
    page.goto(CITY)
    page.route("**/ask*", lambda route: route.abort())

    ask(page, slug="pune")

    expect(page.locator("#no-answer")).to_be_visible()


def test_without_scripts_the_form_leads_to_the_address(window: OpenWindow, world: World) -> None:
    pune()
    page = window(java_script_enabled=False).new_page()
    page.goto(CITY)

    expect(page.locator("#ask-token")).to_be_hidden()
    ask(page, slug="pune")

    expect(page).to_have_url(re.compile("/api/v1/cities/pune$"))
    expect(page.locator("body")).to_contain_text("Pune")


def ask(page: Page, **filled: str) -> None:
    for name, value in filled.items():
        page.locator(f"#ask-{name}").fill(value)
    page.locator("form[data-try] button").click()
