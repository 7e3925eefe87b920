from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

from portal.accounts.models import User
from tests.integration.signing_in import SignIn


def broken(request: HttpRequest) -> HttpResponse:
    return defaults.server_error(request)


def not_understood(request: HttpRequest) -> HttpResponse:
    return defaults.bad_request(request, ValueError())


@pytest.mark.parametrize(
    ("answer", "language", "said"),
    [
        (broken, "en", "Something went wrong here"),
        (broken, "sv", "Något gick fel här hos oss"),
        (not_understood, "en", "be understood"),
        (not_understood, "sv", "Det gick inte att förstå"),
    ],
)
def test_a_failure_is_told_in_the_reader_s_language_without_the_database(
    answer: Callable[[HttpRequest], HttpResponse], language: str, said: str
) -> None:
    with translation.override(language):
        page = answer(RequestFactory().get("/")).content.decode()

    assert said in page
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize(
    ("path", "said"),
    [("/office/inbox/", "Den här sidan är inte för dig"), ("/no/such/page/", "Sidan finns inte")],
)
def test_a_refusal_is_told_in_the_reader_s_language(path: str, said: str, alice: User, as_: SignIn) -> None:
    assert said in as_(alice).get(path, headers={"accept-language": "sv"}).content.decode()


def test_a_form_that_has_gone_stale_says_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/setlang/", {"language": "sv"})

    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()
