"""A member's way through Setu: by keyboard, without scripts, on a slow line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.weight import MOST_BYTES, sent_bytes
from tests.factories.accounts import PASSWORD
from tests.factories.world import World

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("own_cache")


def test_by_keyboard_from_the_log_in_to_an_opportunity(page_of: OpenPage, world: World, alice: User) -> None:
    page = page_of()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Log in").press("Enter")

    page.get_by_label("E-mail address").focus()
    page.keyboard.type(alice.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("9 opportunities fit your profile")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, world.sensors.title)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(world.sensors.title)
    expect(page.get_by_role("heading", name="Why it fits")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the link of that name has the focus; each stop on the way must be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
        if focused.inner_text() == name:
            return
    raise AssertionError(name)


def test_without_scripts_the_list_is_narrowed_and_its_language_changed(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, java_script_enabled=False).new_page()
    page.goto("/matches/")

    page.get_by_label("Early stage").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".card")).to_have_count(1)

    page.get_by_role("button", name="Vallar AB").click()
    page.get_by_role("button", name="Svenska").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 affärsmöjligheter passar er")
    expect(page.locator(".card")).to_have_count(1)

    page.get_by_role("link", name="Visa alla igen").first.click()
    expect(page.locator(".card")).to_have_count(9)
    page.get_by_role("link", name="Maharashtra: 2").click()
    expect(page.locator(".card")).to_have_count(2)


def test_without_scripts_the_office_discloses_and_the_member_sees_it(
    window: OpenWindow, world: World, alice: User, olga: User
) -> None:
    office = window(olga, java_script_enabled=False).new_page()
    member = window(alice, java_script_enabled=False).new_page()
    address = f"/opportunities/{world.poles.pk}/"
    before = member.goto(address)
    assert before is not None
    assert before.status == 404

    office.goto("/office/inbox/")
    office.get_by_role("link", name=world.poles.title).click()
    office.get_by_role("button", name="Disclose to all now").click()
    expect(office.get_by_role("status")).to_contain_text("Every member sees it now.")

    member.goto(address)
    expect(member.get_by_role("heading", level=1)).to_have_text(world.poles.title)


def test_the_first_visit_is_light(window: OpenWindow, world: World, alice: User) -> None:
    page = window(alice).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  Playwright marks what it is given

    page.goto("/matches/", wait_until="networkidle")

    assert len(answers) >= 6
    assert sum(map(sent_bytes, answers)) <= MOST_BYTES


def test_the_mail_is_shown_inside_the_page(window: OpenWindow, world: World, olga: User) -> None:
    page = window(olga).new_page()
    page.goto("/office/mail/")

    page.get_by_role("link", name="3 new opportunities fit Vallar AB").first.click()

    heading = page.frame_locator("iframe").get_by_role("heading", level=1)
    expect(heading).to_have_text("3 new opportunities fit Vallar AB")
