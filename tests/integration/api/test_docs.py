"""The pages on which the API is read and tried."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.api.manual import Operation
from portal.api.reading_document import chapters
from portal.ui.templatetags.formatting import breakable

DOCS = "/api/v1/docs"


@pytest.fixture
def operations() -> list[Operation]:
    return [one for chapter in chapters() for one in chapter.operations]


def test_the_page_lists_every_address(operations: list[Operation], db: None) -> None:
    page = Client().get(DOCS).content.decode()

    assert [told.address for told in operations if f"{DOCS}/{told.slug}" not in page] == []


def test_each_address_has_a_page_with_all_that_it_takes_and_tells(
    operations: list[Operation], db: None
) -> None:
    for told in operations:
        page = Client().get(f"{DOCS}/{told.slug}").content.decode()

        asked = [f'name="{each.name}"' for each in (*told.in_address, *told.in_query)]
        answered = [f"<code>{breakable(each.name)}</code>" for each in told.told]
        assert [each for each in (*asked, *answered) if each not in page] == []
        assert answered or told.method == "DELETE"


def test_what_has_to_be_sent_is_told_apart(db: None) -> None:
    page = Client().get(f"{DOCS}/postProfileList", headers={"Accept-Language": "sv"}).content.decode()

    needed = '<span class="soft" lang="sv">krävs</span>'
    assert f"<code>name</code> {needed}" in page
    assert f"<code>summary</code> {needed}" not in page


def test_its_form_leads_to_the_address_that_is_asked(db: None) -> None:
    form = Client().get(f"{DOCS}/getOpportunityList/ask?q=sensors+pumps&state=MH&state=KA&jv=&unknown=1")

    assert form.status_code == 302
    assert form["Location"] == "/api/v1/opportunities?q=sensors+pumps&state=MH&state=KA"


def test_what_is_a_part_of_the_address_stays_one_part_of_it(db: None) -> None:
    form = Client().get(f"{DOCS}/getCityDetail/ask?slug=pune/../x?y&fields=name")

    assert form["Location"] == "/api/v1/cities/pune%2F..%2Fx%3Fy?fields=name"


def test_without_a_part_of_the_address_it_leads_back(db: None) -> None:
    form = Client().get(f"{DOCS}/getCityDetail/ask?slug=")

    assert form["Location"] == f"{DOCS}/getCityDetail"


def test_what_changes_something_is_led_there_with_its_method_and_body(db: None) -> None:
    form = Client().patch(f"{DOCS}/patchProfileDetail/ask?profile_id=7", b"{}", "application/json")

    assert (form.status_code, form["Location"]) == (307, "/api/v1/profiles/7")


def test_nothing_is_changed_without_the_forms_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"{DOCS}/postFollowList/ask", b"{}", "application/json").status_code == 403


def test_it_is_asked_by_its_own_method_alone(db: None) -> None:
    assert Client().post(f"{DOCS}/getCityDetail/ask?slug=pune").status_code == 405


@pytest.mark.parametrize("address", ["getNothing", "getNothing/ask"])
def test_what_there_is_not_has_no_page(address: str, db: None) -> None:
    assert Client().get(f"{DOCS}/{address}").status_code == 404
