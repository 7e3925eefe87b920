from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from portal.accounts.models import User
from tests.factories.opportunities import OpportunityFactory
from tests.integration.pages.test_explore_page import page, titles
from tests.integration.signing_in import SignIn


def exported(client: Client, address: str) -> bytes:
    return client.get(f"/explore/{address}").getvalue()


def lines(client: Client, address: str, separator: str = ",") -> list[list[str]]:
    text = exported(client, address).decode().removeprefix("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=separator))


@pytest.fixture
def three(db: None) -> None:
    OpportunityFactory.create(title="LED street lights", state="MH")
    OpportunityFactory.create(title="=HYPERLINK(1)", state="KA", value_amount=None, value_currency="")
    OpportunityFactory.create(title="Street light poles", state="MH")


@pytest.mark.parametrize("query", ["", "?q=gatubelysning", "?state=MH&sort=newest", "?q=lihgts&sort=value"])
def test_a_file_holds_the_rows_of_the_page(query: str, three: None, alice: User, as_: SignIn) -> None:
    client = as_(alice)

    in_file = [line[0].removeprefix("'") for line in lines(client, f"export.csv{query}")[1:]]

    assert in_file == titles(page(client, query))


def test_swedish_excel_gets_semicolons_and_swedish_words(three: None, bob: User, as_: SignIn) -> None:
    client = as_(bob)
    client.cookies["django_language"] = "sv"

    heading, first, *_ = lines(client, "export-se.csv?state=MH", ";")

    assert heading[:3] == ["Rubrik", "Skede", "Köpare"]
    assert (first[4], first[5]) == ("Maharashtra", "845000000,00")


def test_a_workbook_has_typed_cells(three: None, alice: User, as_: SignIn) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(exported(as_(alice), "export.xlsx")))

    rows = book.get_sheet_by_index(0).to_python()
    assert {type(row[5]) for row in rows[1:]} == {float, str}
    assert {row[0] for row in rows[1:]} == {"LED street lights", "'=HYPERLINK(1)", "Street light poles"}


def test_it_is_a_file_with_a_name(three: None, alice: User, as_: SignIn) -> None:
    answer = as_(alice).get("/explore/export.xlsx")

    assert answer["Content-Disposition"].startswith('attachment; filename="setu-opportunities-2')


def test_what_is_withdrawn_meanwhile_is_left_out(three: None, alice: User, as_: SignIn) -> None:
    answer = as_(alice).get("/explore/export.csv")
    OpportunityFactory._meta.model.objects.filter(title="LED street lights").update(disclosed_from=None)

    assert "LED street lights" not in answer.getvalue().decode()


def test_the_number_of_questions_does_not_grow(three: None, alice: User, as_: SignIn) -> None:
    client = as_(alice)
    with CaptureQueriesContext(connection) as few:
        exported(client, "export.csv?q=street")
    for number in range(20):
        OpportunityFactory.create(title=f"Street lights {number}")
    with CaptureQueriesContext(connection) as many:
        exported(client, "export.csv?q=street")

    assert len(many) == len(few)
