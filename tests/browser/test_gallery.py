"""Every component in every state: no barrier, and nothing wider than a phone."""

from __future__ import annotations

from axe_playwright_python.base import AXE_FILE_PATH

from portal.accounts.models import User
from tests.browser.conftest import OpenWindow
from tests.browser.looks import SAMPLE, Look, in_every_look
from tests.browser.test_accessibility import barriers_on

# Of some components a page has one, and the gallery several: what tells them apart is then told twice.
ONE_ON_A_PAGE = {"duplicate-id-aria", "landmark-unique"}


@in_every_look(*SAMPLE)
def test_no_state_of_a_component_has_a_barrier(
    look: Look, window: OpenWindow, live_server: object, olga: User
) -> None:
    page = window(olga, language=look.language, reduced_motion="reduce").new_page()
    look.put_on(page)
    page.goto("/gallery/")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))

    barriers = [barrier for barrier in barriers_on(page) if barrier[0] not in ONE_ON_A_PAGE]

    assert barriers == []
    assert page.evaluate("document.documentElement.scrollWidth") == look.width
