"""Log-in in two steps: asked of the office, offered to everybody; and the account's other pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings: Settings) -> None:
    """As in production."""
    settings.OFFICE_SECOND_FACTOR = True


def log_in(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def code_for(secret: str) -> str:
    """What an app would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def turn_on(client: Client) -> tuple[str, list[str]]:
    """Turn on log-in in two steps, and return the app's secret and the recovery codes."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = BeautifulSoup(client.get("/accounts/two-steps/totp/activate/").content, "lxml")
    secret = page.select("main code")[0].get_text()
    client.post("/accounts/two-steps/totp/activate/", {"code": code_for(secret)})
    codes = BeautifulSoup(client.get("/accounts/two-steps/recovery-codes/").content, "lxml")
    return secret, [code.get_text() for code in codes.select("main code")]


@pytest.mark.usefixtures("asked")
def test_the_office_gets_nowhere_without_a_second_factor(olga: User) -> None:
    client = log_in(olga)

    answers = [client.get(path) for path in ("/office/inbox/", "/office/registrations/", "/opportunities/1/")]

    assert {answer.headers["Location"] for answer in answers} == {"/accounts/two-steps/totp/activate/"}


@pytest.mark.usefixtures("asked")
def test_the_office_turns_it_on_and_is_asked_for_a_code_from_then_on(
    olga: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    client = log_in(olga)
    with django_capture_on_commit_callbacks(execute=True):
        secret, _codes = turn_on(client)
    inside = client.get("/office/inbox/").status_code
    again = log_in(olga)

    before = again.get("/office/inbox/")
    again.post("/accounts/two-steps/authenticate/", {"code": "000000"})
    still = again.get("/office/inbox/")
    again.post("/accounts/two-steps/authenticate/", {"code": code_for(secret)})

    assert inside == 200
    assert [answer.status_code for answer in (before, still)] == [302, 302]
    assert "Inloggning i två steg har slagits på." in str(mail.outbox[0].body)


@pytest.mark.usefixtures("asked")
def test_a_recovery_code_opens_the_account_once(olga: User) -> None:
    _secret, codes = turn_on(log_in(olga))
    first, second = log_in(olga), log_in(olga)

    for client in (first, second):
        client.post("/accounts/two-steps/authenticate/", {"code": codes[0]})

    assert len(codes) == 10
    assert [client.get("/office/inbox/").status_code for client in (first, second)] == [200, 302]


@pytest.mark.usefixtures("asked")
def test_members_are_not_asked(alice: User) -> None:
    assert log_in(alice).get("/matches/").status_code == 200


def test_a_password_that_is_changed_is_told_of_and_logs_out_elsewhere(alice: User) -> None:
    here, elsewhere = log_in(alice), log_in(alice)
    new = "helt-nya-ord-i-rad"

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [client.get("/matches/").status_code for client in (here, elsewhere)] == [200, 302]
    assert "The password was changed." in str(mail.outbox[-1].body)
    assert ", Swedish time" in str(mail.outbox[-1].body)


def test_log_out_elsewhere(alice: User) -> None:
    here, elsewhere = log_in(alice), log_in(alice)
    page = here.get("/accounts/sessions/").content.decode()

    here.post("/accounts/sessions/")

    assert "this one" in page
    assert [client.get("/matches/").status_code for client in (here, elsewhere)] == [200, 302]


def test_a_new_address_counts_once_it_is_confirmed(alice: User) -> None:
    client = log_in(alice)
    client.post("/accounts/email/", {"email": "alice@vallar.example", "action_add": ""})
    before = User.objects.get(pk=alice.pk).email
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[0].body))
    assert link is not None

    client.post(link[1])

    assert mail.outbox[0].to == ["alice@vallar.example"]
    assert (before, User.objects.get(pk=alice.pk).email) == ("alice@example.org", "alice@vallar.example")
    assert mail.outbox[-1].to == ["alice@example.org"]
    assert "alice@vallar.example" in str(mail.outbox[-1].body)


def test_a_person_changes_name_and_language(alice: User) -> None:
    client = log_in(alice)

    page = client.post("/account/", {"name": "Alice Alm", "language": "sv"}, follow=True)

    assert User.objects.get(pk=alice.pk).name == "Alice Alm"
    assert '<html lang="sv">' in page.content.decode()


def test_guessing_passwords_is_limited(alice: User, client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": alice.email, "password": "wrong-password"})

    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})

    assert client.get("/matches/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/account/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/two-steps/",
        "/accounts/two-steps/totp/activate/",
        "/accounts/sessions/",
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_an_account_are_ours_in_both_languages(path: str, language: str, alice: User) -> None:
    client = log_in(alice)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.cookies["django_language"] = language

    page = client.get(path).content.decode()

    assert f'<html lang="{language}">' in page
    assert "portal/css/tokens" in page
