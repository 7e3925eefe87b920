from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.usefixtures("own_cache")


def test_a_member_logs_in_and_out(alice: User, client: Client) -> None:
    signed_in = client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD}, follow=True)
    signed_out = client.post("/accounts/logout/", follow=True)

    assert [step for step, _status in signed_in.redirect_chain] == ["/", "/matches/"]
    assert signed_out.redirect_chain[-1][0] == "/accounts/login/"


def test_a_person_is_met_in_their_own_language(bob: User, client: Client) -> None:
    page = client.post("/accounts/login/", {"login": bob.email, "password": PASSWORD}, follow=True)

    assert '<html lang="sv">' in page.content.decode()
    # No word of the log-in is left over, from before his language was known.
    assert "Successfully" not in page.content.decode()


def test_a_browser_that_has_chosen_a_language_keeps_it(bob: User, client: Client) -> None:
    client.post("/language/setlang/", {"language": "en"})

    page = client.post("/accounts/login/", {"login": bob.email, "password": PASSWORD}, follow=True)

    assert '<html lang="en">' in page.content.decode()


def test_a_wrong_password_is_told_without_saying_which_was_wrong(alice: User, client: Client) -> None:
    answers = [
        client.post("/accounts/login/", {"login": login, "password": "wrong-password"}).content.decode()
        for login in (alice.email, "nobody@example.org")
    ]

    said = [answer.partition('role="alert"')[2].partition("</div>")[0] for answer in answers]
    assert said[0] == said[1] != ""


def test_a_swede_is_told_in_swedish_as_swedes_speak_it(bob: User, client: Client) -> None:
    client.post("/language/setlang/", {"language": "sv"})

    page = client.post("/accounts/login/", {"login": bob.email, "password": "wrong-password"})

    assert "E-postadressen eller lösenordet stämmer inte." in page.content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accounts/login/", "Forgotten your password?"),
        ("/accounts/password/reset/", "Send the link"),
        ("/accounts/password/reset/done/", "Look in your mail"),
        ("/accounts/password/reset/key/1-abc/", "The link no longer works"),
        ("/accounts/password/reset/key/done/", "Your password is changed"),
        ("/accounts/inactive/", "Account closed"),
        ("/accounts/signup/", "Accounts begin with a registration"),
    ],
)
def test_the_pages_around_the_log_in_are_ours(path: str, said: str, client: Client, db: None) -> None:
    page = client.get(path).content.decode()

    assert said in page
    assert "portal/css/tokens" in page


def test_whoever_has_no_password_is_asked_for_one_in_our_words(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(password=None))

    page = client.get("/accounts/password/set/").content.decode()

    assert "New password, once more" in page
    assert "A few words in a row are easy to remember." in page
    assert "too similar" not in page


def test_nobody_makes_an_account_for_themselves(client: Client, db: None) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})

    assert not User.objects.exists()
