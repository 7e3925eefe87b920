"""The page on which the office says what the columns of a table hold."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ingest.models import ColumnMapping, DocumentTable, RawDocument
from ingest.services import parse_document, receive_upload
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.ingest import SourceFactory
from tests.integration.ingest.test_columns import WORKS
from tests.integration.signing_in import SignIn


@pytest.fixture
def table(db: None) -> DocumentTable:
    source = SourceFactory.create(kind="upload", publisher="the channel", name="Files of the office")
    now = timezone.now()
    document, _ = receive_upload(source, name="works.csv", media_type="text/csv", body=WORKS, now=now)
    parse_document(document.pk, now=now)
    return DocumentTable.objects.get()


def page_of(answer: Any) -> BeautifulSoup:  # the stubs keep the type of Client's answers to themselves
    return BeautifulSoup(answer.content, "lxml")


def chosen(page: BeautifulSoup) -> dict[str, str]:
    """What a browser would send if nobody touched the form."""
    form = page.select_one("form[data-live-preview]")
    assert isinstance(form, Tag)
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}
    for select in form.select("select"):
        option = select.select_one("option[selected]") or select.select_one("option")
        fields[str(select["name"])] = str(option["value"]) if option else ""
    if form.select_one("input[type=checkbox][checked]"):
        fields["is_by_title"] = "on"
    return fields


def open_page(client: Client, table: DocumentTable) -> dict[str, str]:
    return chosen(page_of(client.get(f"/office/columns/{table.pk}/")))


def test_the_page_shows_the_guess_with_its_reasons_and_the_values(
    table: DocumentTable, olga: User, as_: SignIn
) -> None:
    page = page_of(as_(olga).get(f"/office/columns/{table.pk}/"))

    assert chosen(page)["f2"] == "title"
    words = page.select("li.mapping__column")[3].get_text(" ", strip=True)
    assert "12.5 1140" in words
    assert "small numbers without a unit: lakh or crore?" in words
    assert "Nobody has said yet" in page.get_text()


def test_the_inbox_leads_to_it(table: DocumentTable, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    inbox = page_of(client.get("/office/inbox/"))
    desk = page_of(client.get(f"/office/inbox/?item=columns-{table.pk}"))

    assert [badge.get_text(strip=True) for badge in inbox.select(".choice .badge")] == ["Columns to map"]
    assert "Nothing is lost" in desk.get_text()
    assert desk.select_one(f"a[href='/office/columns/{table.pk}/']")


def test_the_preview_reads_as_it_would_be_read_and_saves_nothing(
    table: DocumentTable, olga: User, as_: SignIn
) -> None:
    client = as_(olga)
    said = open_page(client, table) | {"f1": "process_id", "f3": "value", "h3": "crore", "do": "preview"}
    page = page_of(client.post(f"/office/columns/{table.pk}/", said))

    preview = page.select_one("[data-live=preview]")
    assert preview is not None
    words = preview.get_text(" ", strip=True)
    assert "row 2 " in words
    assert "₹ 12.5 crore" in words.replace("\xa0", " ")
    assert "NMC/7" in words
    assert ColumnMapping.objects.count() == 0
    assert page.select_one("select[name=h3]") is not None


def test_what_cannot_be_read_is_marked_in_the_preview(table: DocumentTable, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    said = open_page(client, table) | {"f1": "process_id", "f4": "submission_deadline", "do": "preview"}
    page = page_of(client.post(f"/office/columns/{table.pk}/", said))

    doubts = [
        doubt.get_text(" ", strip=True) for doubt in page.select("[data-live=preview] .message--warning li")
    ]
    assert doubts[0].startswith("Bids close : Nagpur")


def test_saving_makes_a_version_and_the_page_says_what_came_of_it(
    table: DocumentTable, olga: User, as_: SignIn
) -> None:
    client = as_(olga)
    said = open_page(client, table) | {"f1": "process_id", "f3": "value", "h3": "lakh", "do": "save"}
    said.pop("is_by_title", None)
    answer = client.post(f"/office/columns/{table.pk}/", said, follow=True)

    assert "Version 1 is saved. 1 document is read by it within a minute." in answer.content.decode()
    assert "waits to be read again" in answer.content.decode()
    parse_document(RawDocument.objects.get().pk, now=timezone.now())
    page = page_of(client.get(f"/office/columns/{table.pk}/"))
    assert "mapping 1 · 2 notices · 0 rows in quarantine" in " ".join(page.get_text(" ").split())
    assert Opportunity.objects.count() == 2
    mapping = ColumnMapping.objects.get()
    assert (mapping.version, mapping.made_by) == (1, olga)
    assert chosen(page)["h3"] == "lakh"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"f1": "title"}, "Column B “Work code” is said to hold this already: Title."),
        ({"f2": ""}, "No column holds the title."),
        ({"is_by_title": ""}, "No column holds the tender ID."),
        ({"f2": "password"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_meant_is_said(
    change: dict[str, str], error: str, table: DocumentTable, olga: User, as_: SignIn
) -> None:
    client = as_(olga)
    answer = client.post(f"/office/columns/{table.pk}/", open_page(client, table) | {"do": "save"} | change)

    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert ColumnMapping.objects.count() == 0


def test_of_two_coordinators_the_later_is_told_and_may_insist(
    table: DocumentTable, olga: User, as_: SignIn
) -> None:
    other = UserFactory.create(name="Ove Ek", email="ove@example.org", role=User.Role.OFFICE)
    first, second = as_(olga), as_(other)
    hers, his = open_page(first, table), open_page(second, table)
    first.post(f"/office/columns/{table.pk}/", hers | {"do": "save"})

    answer = second.post(f"/office/columns/{table.pk}/", his | {"f4": "", "do": "save"})
    assert answer.status_code == 409
    assert "Olga Öberg has saved version 1 meanwhile." in answer.content.decode()
    second.post(f"/office/columns/{table.pk}/", chosen(page_of(answer)) | {"do": "save"})

    assert list(ColumnMapping.objects.values_list("version", "made_by")) == [(2, other.pk), (1, olga.pk)]


def test_going_back_makes_a_new_version(table: DocumentTable, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    client.post(f"/office/columns/{table.pk}/", open_page(client, table) | {"do": "save"})
    client.post(f"/office/columns/{table.pk}/no-notices/")
    client.post(f"/office/columns/{table.pk}/restore/1/")

    third, second, first = ColumnMapping.objects.all()
    assert (third.version, third.uses) == (3, first.uses)
    assert second.uses == []
    assert client.post(f"/office/columns/{table.pk}/restore/9/").status_code == 404


def test_a_file_that_is_gone_or_says_something_else_is_told(
    table: DocumentTable, olga: User, as_: SignIn
) -> None:
    RawDocument.objects.update(body=b"<html>")
    answer = as_(olga).get(f"/office/columns/{table.pk}/")

    assert answer.status_code == 200
    assert "The file no longer shows this table" in answer.content.decode()
    assert as_(olga).get("/office/columns/999999/").status_code == 404


def test_every_header_is_listed_in_one_question(table: DocumentTable, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    with CaptureQueriesContext(connection) as few:
        assert "works.csv" in client.get("/office/columns/").content.decode()
    for n in range(5):
        DocumentTable.objects.create(
            document=table.document,
            place=f"sheet {n}",
            signature=f"s{n}",
            state="known",
            read_at=table.read_at,
        )
    with CaptureQueriesContext(connection) as many:
        assert "Known columns" in client.get("/office/columns/").content.decode()

    assert len(many) == len(few)
