"""Pages on the first day, when there is nothing to show yet."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from portal.accounts.models import Company, User
from tests.browser.conftest import Visit
from tests.browser.looks import Look
from tests.browser.shown import Shown
from tests.browser.test_accessibility import barriers_on

OF_A_MEMBER = (
    *("matches", "followed", "explore", "early", "calendar", "searches", "partners", "buyers", "profile"),
    *("notifications", "notifications/sent", "webhooks", "ledger", "account/tokens"),
)
OF_THE_OFFICE = (
    *("inbox", "inbox/done", "digests", "deliveries", "suppressed", "mail", "mail/shares", "sources"),
    *("projects", "merges", "columns", "replays", "members", "registrations", "ledger", "reports"),
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("look", [Look("sv", 320, "light"), Look("en", 1280, "dark")])
def test_no_empty_page_has_a_barrier_or_scrolls_sideways(
    look: Look, visit: Visit, vallar: Company, alice: User, olga: User, complaints: list[str]
) -> None:
    pages = [Shown(path, f"/{path}/", alice) for path in OF_A_MEMBER]
    pages += [Shown(f"office/{path}", f"/office/{path}/", olga) for path in OF_THE_OFFICE]
    found: list[tuple[object, ...]] = []
    for each in [*pages, Shown("open-data", "/open-data/", None)]:
        page = visit(each, language=look.language, reduced_motion="reduce")
        look.put_on(page)
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found += [(each.name, *barrier) for barrier in barriers_on(page)]
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            found.append((each.name, "scrolls sideways"))

    assert found == []
    assert complaints == []
