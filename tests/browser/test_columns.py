"""A spreadsheet with odd columns, from the office's hand to a member's list, and the preview on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ingest.models import DocumentTable, RawDocument
from ingest.services import parse_document, receive_upload
from matching.services import score_opportunity
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.browser.conftest import OpenWindow
from tests.factories.ingest import SourceFactory
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.office_morning import ODD_COLUMNS

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def table(live_server: LiveServer) -> DocumentTable:
    del live_server  # what it serves must be committed, and it sees to that
    source, now = SourceFactory.create(kind="upload", name="Spreadsheets"), timezone.now()
    document, _ = receive_upload(source, name="works.csv", media_type="text/csv", body=ODD_COLUMNS, now=now)
    parse_document(document.pk, now=now)
    return DocumentTable.objects.get()


def read_what_waits() -> None:
    """What the worker does every minute."""
    for pk in RawDocument.objects.unparsed_at(timezone.now()).values_list("pk", flat=True):
        parse_document(pk, now=timezone.now())


def test_each_choice_shows_at_once_what_would_be_read(
    page_of: Callable[..., Page], table: DocumentTable, olga: User
) -> None:
    page = page_of(olga)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/office/columns/{table.pk}/")
    preview = page.get_by_role("region", name="The first rows, as they would be read")
    expect(preview).to_contain_text("₹ 12.5")

    page.locator("select[name=f1]").select_option(label="Tender ID")
    expect(preview).to_contain_text("NMC/7")
    page.locator("select[name=h3]").select_option(label="in crore")
    expect(preview).to_contain_text("₹ 12.5 crore")
    page.locator("select[name=f3]").focus()
    page.keyboard.press("Home")  # "not read"
    expect(preview).not_to_contain_text("crore")

    expect(page.locator("select[name=f3]")).to_be_focused()
    expect(page.locator("select[name=h3]")).to_have_count(0)
    assert complaints == []
    assert not Opportunity.objects.exists()


def test_a_list_with_odd_columns_ends_on_a_member_s_matches(
    window: OpenWindow, live_server: LiveServer, vallar: Company, alice: User, olga: User, tmp_path: Path
) -> None:
    del live_server
    SourceFactory.create(kind="upload", address="", name="Spreadsheets")
    CapabilityProfileFactory.create(
        company=vallar, summary="Water meters, leak detection", capabilities=["Water meters"], minimum_score=1
    )
    file = tmp_path / "works.csv"
    file.write_bytes(ODD_COLUMNS)
    office = window(olga, java_script_enabled=False).new_page()

    office.goto("/office/sources/")
    office.get_by_label("File", exact=True).set_input_files(file)
    office.get_by_role("button", name="Hand in", exact=True).click()
    expect(office.get_by_role("status")).to_contain_text("will be read within a minute")
    read_what_waits()
    assert not Opportunity.objects.exists()

    office.get_by_role("link", name="Inbox").click()
    office.locator("a.choice", has_text="Columns to map").click()
    office.get_by_role("link", name="To the columns").click()
    office.locator("select[name=f1]").select_option(label="Tender ID")
    office.locator("select[name=h3]").select_option(label="in lakh")
    office.get_by_label("No column numbers the tenders").uncheck()
    office.get_by_role("button", name="Save and read").click()
    expect(office.get_by_role("status")).to_contain_text("Version 1 is saved.")
    read_what_waits()
    for pk in Opportunity.objects.values_list("pk", flat=True):
        score_opportunity(pk, now=timezone.now())

    member = window(alice, java_script_enabled=False).new_page()
    member.goto("/matches/")
    card = member.locator(".card", has_text="Metering of water in wards 4 to 9")
    expect(card).to_contain_text("₹ 11.4 crore")
    office.goto("/office/inbox/")
    expect(office.locator(".choice .badge", has_text="Columns to map")).to_have_count(0)
