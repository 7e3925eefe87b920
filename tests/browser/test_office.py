"""The office's own roads in, as a person goes them: without scripts, and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ingest.models import RawDocument
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
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
