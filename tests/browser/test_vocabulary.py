"""The office's vocabulary: no barrier in any state, and usable without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import WIDE, Look, in_every_look
from tests.browser.test_accessibility import barriers_on
from tests.factories.world import World
from tests.integration.vocabulary.conftest import GLOW


@in_every_look(WIDE)
@pytest.mark.parametrize("shown", ["list", "concept", "preview", "mistake"])
def test_the_vocabulary_has_no_barrier(
    look: Look, shown: str, window: OpenWindow, world: World, olga: User
) -> None:
    page = window(olga, language=look.language, reduced_motion="reduce").new_page()
    page.goto("/office/vocabulary/")
    if shown != "list":
        with page.expect_event("load"):
            page.locator("main .panel a").first.click()
    if shown == "preview":
        page.locator("#id_en").fill("water-quality sensors")
    if shown == "mistake":
        page.locator("#id_sv").fill("")
    if shown in ("preview", "mistake"):
        with page.expect_event("load"):
            page.locator("button[name=preview]").click()
        expect(page.locator(".message")).to_be_visible()
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    look.put_on(page)

    assert barriers_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == look.width


def test_a_concept_is_added_without_scripts(window: OpenWindow, world: World, olga: User) -> None:
    page = window(olga, java_script_enabled=False).new_page()
    page.goto("/office/vocabulary/")

    page.get_by_role("link", name="New concept").click()
    page.get_by_label("Its lasting short name").fill(GLOW.slug)
    page.get_by_label("Name in Swedish").fill(GLOW.name_sv)
    page.get_by_label("Name in English").fill(GLOW.name_en)
    page.get_by_label("Swedish terms that surely").fill("lyspollare")
    page.get_by_label("English terms that surely").fill("glow bollard")
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator(".message")).to_contain_text("Nothing is saved yet")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("link", name=GLOW.name_en)).to_have_count(1)
