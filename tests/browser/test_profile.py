"""Writing a profile as a person does: by keyboard, on a phone, without scripts, beside colleagues."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from matching.models import CapabilityProfile
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import NARROW, Look, in_every_look
from tests.browser.test_accessibility import barriers_on
from tests.factories.world import World


def _with_mistakes(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("#id_employees").fill("många")
    page.locator("#id_code_search").fill("vatten")
    page.locator("#id_turnover-0-year").fill("i fjol")
    _save(page)


def _clashing(page: Page, path: str) -> None:
    page.goto(path)
    CapabilityProfile.objects.update(version=7, summary="A colleague's text")
    page.locator("#id_summary").fill("Another text")
    _save(page)


def _save(page: Page) -> None:
    with page.expect_event("load"):
        page.locator("button[value=save]").click()


@in_every_look(NARROW)
def test_the_profile_pages_have_no_barrier_and_fit_a_phone(
    look: Look, window: OpenWindow, world: World, alice: User
) -> None:
    path = f"/profile/{world.profile.pk}/"
    states: dict[str, Callable[[Page], object]] = {
        "list": lambda page: page.goto("/profile/"),
        "new": lambda page: page.goto("/profile/new/"),
        "saved": lambda page: page.goto(path),
        "mistakes": lambda page: _with_mistakes(page, path),
        "retire": lambda page: page.goto(f"{path}retire/"),
        "clash": lambda page: _clashing(page, path),
    }
    found = []
    for name, come_to in states.items():
        page = window(alice, language=look.language, reduced_motion="reduce").new_page()
        come_to(page)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        look.put_on(page)
        found += [(name, *barrier) for barrier in barriers_on(page)]
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            found.append((name, "scrolls sideways", []))

    assert found == []


def test_a_row_is_added_filled_and_saved_without_scripts(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice, java_script_enabled=False).new_page()
    page.goto("/profile/new/")
    page.get_by_label("Name of the profile").fill("Pumps")
    page.get_by_label("What you can do").fill("Pumps for drinking water")
    page.get_by_role("button", name="Add a year").click()

    page.locator("#id_turnover-1-year").fill("2024")
    page.locator("#id_turnover-1-sek_millions").fill("131,5")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status")).to_contain_text("Saved.")
    kept = CapabilityProfile.objects.get(name="Pumps")
    assert [row.year for row in kept.yearly_turnovers.all()] == [2024]


def test_the_draft_counts_while_it_is_written(window: OpenWindow, world: World, alice: User) -> None:
    page = window(alice).new_page()
    page.goto("/profile/new/")

    page.get_by_label("What you can do").fill("Water quality sensors\nSCADA")
    page.get_by_label("Name of the profile").focus()

    expect(page.locator("#finds .finds__line").first).to_be_visible()
    expect(page.locator("#proposals")).to_contain_text("Field:")
    assert not CapabilityProfile.objects.filter(name="").exists()


def test_enter_in_a_field_saves_nothing_and_keeps_what_is_typed(
    window: OpenWindow, world: World, alice: User
) -> None:
    page = window(alice).new_page()
    page.goto(f"/profile/{world.profile.pk}/")

    page.get_by_label("Staff").fill("99")
    with page.expect_event("load"):
        page.keyboard.press("Enter")

    expect(page.get_by_label("Staff")).to_have_value("99")
    assert CapabilityProfile.objects.get(pk=world.profile.pk).version == 1


def test_the_opportunity_page_leads_to_the_field_that_would_answer(
    window: OpenWindow, world: World, alice: User
) -> None:
    CapabilityProfile.objects.filter(pk=world.profile.pk).update(certifications=[])
    page = window(alice).new_page()
    page.goto(f"/opportunities/{world.sensors.pk}/")

    page.get_by_role("link", name="Your profile doesn't say.").first.click()

    expect(page.locator("#id_certifications")).to_be_in_viewport()
