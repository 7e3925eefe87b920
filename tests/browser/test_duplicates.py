"""Two records side by side: without barriers, on a phone, and by keyboard without scripts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from opportunities.models import Merge, MergeProposal
from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import NARROW, Look, in_every_look
from tests.browser.photograph import FOLDER
from tests.browser.test_accessibility import barriers_on
from tests.integration.sameness.world import compare_all, in_a_bulletin, in_a_sheet, on_the_portal, record


@pytest.fixture
def proposal(live_server: LiveServer) -> MergeProposal:
    """One that waits, and beside it one that was merged by rule."""
    del live_server  # what it serves must be committed, and it sees to that
    now = timezone.now()
    record(on_the_portal(), in_a_bulletin(reference=None), in_a_sheet(), at=now)
    compare_all(now)
    return MergeProposal.objects.undecided().get()


@in_every_look(NARROW)
def test_the_pages_have_no_barrier(
    look: Look, window: OpenWindow, proposal: MergeProposal, olga: User
) -> None:
    paths = {
        "inbox-duplicate": f"/office/inbox/?item=duplicate-{proposal.pk}",
        "merges": "/office/merges/",
        "merged": f"/office/merges/{Merge.objects.get().pk}/",
    }
    page = window(olga, language=look.language, reduced_motion="reduce").new_page()
    look.put_on(page)
    found = []
    for name, path in paths.items():
        page.goto(path, timeout=60_000)  # the first page of all waits for everything to be loaded
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found += [(name, *barrier) for barrier in barriers_on(page)]
        assert page.evaluate("document.documentElement.scrollWidth") == look.width
        _photograph(page, f"{name}-{look.language}-{look.width}-{look.scheme}")

    assert found == []


def test_the_office_merges_by_keyboard_without_scripts(
    window: OpenWindow, proposal: MergeProposal, olga: User
) -> None:
    page = window(olga, java_script_enabled=False).new_page()
    page.goto(f"/office/duplicates/{proposal.pk}/")

    page.get_by_role("button", name="They are one: merge").focus()
    page.keyboard.press("Enter")

    page.get_by_text("Merged: the two are one opportunity now.").wait_for()
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == ("merged", olga)


def _photograph(page: Page, name: str) -> None:
    if FOLDER in os.environ:
        folder = Path(os.environ[FOLDER])
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
