"""The office's own roads in, as a person goes them: without scripts, and by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from ingest.models import RawDocument
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import barriers_on
from tests.factories.world import World

PROSE = "Bulletin CII-SC/2026-46\n\n1. Mysuru: Bus depot. The DPR is under preparation.\n"

pytestmark = pytest.mark.usefixtures("own_cache")


def test_a_mail_s_words_are_pasted_and_kept(window: OpenWindow, world: World, olga: User) -> None:
    page = window(olga, java_script_enabled=False).new_page()
    page.goto("/office/sources/")

    page.get_by_label("Text", exact=True).fill(PROSE)
    page.get_by_role("button", name="Hand in the text").press("Enter")

    expect(page.get_by_role("status")).to_have_text("The text is stored and will be read within a minute.")
    document = RawDocument.objects.latest("pk")
    assert bytes(document.body) == PROSE.replace("\n", "\r\n").encode()


def test_what_no_reader_reads_is_typed_in_by_keyboard(window: OpenWindow, world: World, olga: User) -> None:
    page = window(olga, java_script_enabled=False).new_page()
    page.goto("/office/inbox/?kind=document")
    page.locator("a.choice").first.click()
    expect(page.locator("a.choice").first).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Read it by hand").press("Enter")

    page.get_by_label("Title").fill("Bus depot")
    page.get_by_label("Stage").select_option("tender")
    page.get_by_label("Value").fill("forty-two crore or so")
    page.get_by_label("Value").press("Enter")
    expect(page.locator(".field__error")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Bus depot")

    page.get_by_label("Value").fill("Rs. 42 Cr.")
    page.get_by_label("Value").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Recorded, with your name")
    page.get_by_role("link", name="Bus depot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bus depot")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_form_beside_the_original_has_no_barrier(
    language: str, width: int, window: OpenWindow, world: World, olga: User
) -> None:
    document = RawDocument.objects.rejected().get()
    look = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
    page = window(olga, language=language, **look).new_page()
    page.goto(f"/office/inbox/document-{document.pk}/read/")
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    barriers = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        barriers += barriers_on(page)

    assert barriers == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
