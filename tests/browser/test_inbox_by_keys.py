"""A coordinator's morning: twenty things of every kind, by keyboard alone."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ingest.models import QuarantinedPart, RawDocument
from opportunities.models import Merge, Opportunity, Ruling
from portal.accounts.models import Registration, User
from tests.browser.conftest import OpenWindow
from tests.factories.accounts import RegistrationFactory
from tests.factories.bulletins import SENSORS, opportunity_told_in
from tests.factories.ingest import QuarantinedPartFactory, RawDocumentFactory
from tests.integration.inbox.lines import hidden_opportunity
from tests.integration.sameness.world import compare_all, in_a_bulletin, on_the_portal, record

pytestmark = pytest.mark.usefixtures("own_cache")

DISCLOSED, ASIDE, PEOPLE, PARTS, DOCUMENTS = 6, 2, 3, 5, 2


@pytest.fixture
def morning(transactional_db: None) -> None:
    """Things to disclose, things too vague, people, a pair, readings in doubt, and what can't be read."""
    now = timezone.now()
    opportunity_told_in(SENSORS)
    record(on_the_portal(), in_a_bulletin(reference=None), at=now)
    compare_all(now)
    for number in range(DISCLOSED + ASIDE):
        hidden_opportunity(f"Smart poles in ward {number}")
    RegistrationFactory.create_batch(PEOPLE)
    QuarantinedPartFactory.create_batch(PARTS)
    RawDocumentFactory.create_batch(DOCUMENTS, rejected_because="not a page we know")


@pytest.fixture
def inbox(window: OpenWindow, morning: None, olga: User) -> Page:
    page = window(olga, viewport={"width": 1480, "height": 900}, reduced_motion="reduce").new_page()
    page.goto("/office/inbox/")
    return page


def left(page: Page, count: int) -> int:
    """So many lines wait; one of them is open and has the focus."""
    expect(page.locator(".line")).to_have_count(count)
    if count:
        expect(page.locator(".choice[aria-current]")).to_be_focused()
    return count


def settle(page: Page, because: str) -> None:
    page.keyboard.press("r")
    page.keyboard.type(because)
    page.keyboard.press("Enter")


def test_twenty_things_are_handled_by_keys_alone(inbox: Page) -> None:
    page, count = inbox, 20
    expect(page.locator(".line")).to_have_count(count)
    expect(page.locator(".choice").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#desk")).to_contain_text("Smart poles in ward 7")

    for _ in range(DISCLOSED):
        page.keyboard.press("p")
        count = left(page, count - 1)
    for _ in range(ASIDE):
        settle(page, "Too vague yet")
        count = left(page, count - 1)
    for _ in range(PEOPLE):
        page.keyboard.press("p")
        count = left(page, count - 1)
    page.keyboard.press("m")
    left(page, count - 1)
    page.keyboard.press("u")
    left(page, count)
    page.keyboard.press("m")
    count = left(page, count - 1)
    for _ in range(PARTS):
        settle(page, "A heading, no tender")
        count = left(page, count - 1)
    page.keyboard.press("e")
    page.keyboard.type("Rs. 24 Cr.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Corrected.")
    left(page, count)
    page.keyboard.press("y")
    count = left(page, count - 1)
    for _ in range(DOCUMENTS):
        settle(page, "A newsletter")
        count = left(page, count - 1)

    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    hidden = Opportunity.objects.filter(disclosed_from=None)
    assert hidden.count() == ASIDE
    assert Registration.objects.filter(is_approved=True).count() == PEOPLE
    assert Merge.objects.in_force().count() == 1
    assert Ruling.objects.in_force().count() == 2
    assert QuarantinedPart.objects.filter(settled_because="A heading, no tender").count() == PARTS
    assert RawDocument.objects.filter(settled_because="A newsletter").count() == DOCUMENTS
