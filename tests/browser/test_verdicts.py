"""Judging matches as a person does: without scripts, by keyboard, and with no barrier in any state."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from matching.models import Match, Verdict
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import NARROW, WIDE, Look, in_every_look
from tests.browser.test_accessibility import barriers_on
from tests.factories.matching import VerdictFactory
from tests.factories.world import World


@pytest.fixture
def judged(world: World, alice: User) -> World:
    for match in Match.objects.filter(profile=world.profile).order_by("pk")[1:3]:
        VerdictFactory.create(profile=match.profile, opportunity=match.opportunity, person=alice)
    match = Match.objects.filter(profile=world.profile, opportunity=world.sensors).get()
    VerdictFactory.create(
        profile=match.profile, opportunity=match.opportunity, person=alice, is_relevant=True, reason=""
    )
    return world


@in_every_look(WIDE)
def test_what_is_said_of_matches_has_no_barrier(
    look: Look, window: OpenWindow, judged: World, alice: User
) -> None:
    found = []
    for path in ("/matches/", "/matches/dismissed/", f"/opportunities/{judged.sensors.pk}/"):
        page = window(alice, language=look.language, reduced_motion="reduce").new_page()
        page.goto(path)
        _open_forms(page)
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        look.put_on(page)
        found += [(path, *barrier) for barrier in barriers_on(page)]
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            found.append((path, "scrolls sideways", []))

    assert found == []


@in_every_look(NARROW)
def test_the_answer_why_something_is_not_shown_has_no_barrier(
    look: Look, window: OpenWindow, judged: World, alice: User
) -> None:
    found = []
    for text in ("", judged.sensors.process_id, "Supply of water-quality sensors\nand SCADA " * 20):
        page = window(alice, language=look.language, reduced_motion="reduce").new_page()
        page.goto("/matches/why-not/")
        if text:
            page.locator("#id_text").fill(text)
            with page.expect_event("load"):
                page.locator("main button[type=submit]").click()
            expect(page.locator("#answer-title")).to_be_visible()
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        look.put_on(page)
        found += [(text[:9], *barrier) for barrier in barriers_on(page)]
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            found.append((text[:9], "scrolls sideways", []))

    assert found == []


def test_a_match_is_dismissed_and_brought_back_without_scripts(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, java_script_enabled=False).new_page()
    page.goto("/matches/")
    card = page.locator(".card").first
    title = card.locator(".card__title").inner_text()

    card.get_by_text("Nothing for us").click()
    card.get_by_label("Why not?").select_option("no_time")
    card.get_by_role("button", name="Dismiss").click()

    expect(page.locator(".card__title", has_text=title)).to_have_count(0)
    page.locator(".message").get_by_role("button", name="Undo").click()
    expect(page.locator(".card__title", has_text=title)).to_have_count(1)


def test_a_match_is_dismissed_by_keyboard(window: OpenWindow, world: World, alice: User) -> None:
    page = window(alice).new_page()
    page.goto("/matches/")
    card = page.locator(".card").first

    card.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the first reason
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".message")).to_contain_text("Not our field")
    assert Verdict.objects.get().reason == Verdict.Reason.WRONG_FIELD


def _open_forms(page: Page) -> None:
    for details in page.locator("details.verdict__against").all()[:2]:
        details.locator("summary").click()
