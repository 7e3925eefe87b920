"""What everybody may read, signed in or not, in either language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from portal.accounts.models import User
from tests.integration.signing_in import SignIn

PAGES = {
    "/": ("while there is still time to act", "medan det går att hinna"),
    "/about/": ("while there is still time to act", "medan det går att hinna"),
    "/accessibility/": ("What is not tested", "Det som inte är testat"),
    "/privacy/": ("for how long", "hur länge"),
}


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_reads_it_in_either_language(path: str, client: Client, db: None) -> None:
    english, swedish = (
        client.get(path, headers={"accept-language": language}).content.decode() for language in ("en", "sv")
    )

    assert PAGES[path][0] in english
    assert PAGES[path][1] in swedish


def test_every_page_leads_to_them(alice: User, as_: SignIn) -> None:
    footer = as_(alice).get("/profile/").content.decode().partition("<footer")[2]

    assert [path in footer for path in ("/about/", "/accessibility/", "/privacy/")] == [True, True, True]


def test_the_statements_say_whom_to_write_to(client: Client, db: None) -> None:
    pages = [client.get(path).content.decode() for path in ("/accessibility/", "/privacy/")]

    assert all(f"mailto:{settings.CONTACT_EMAIL}" in page for page in pages)


def test_a_member_who_looks_at_what_setu_is_is_not_asked_to_log_in(alice: User, as_: SignIn) -> None:
    page = as_(alice).get("/about/").content.decode()

    assert "/accounts/login/" not in page
