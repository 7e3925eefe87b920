"""The office sees that a company's people share, and nothing of what they share."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Company, User
from tests.factories.matching import ShareFactory
from tests.integration.signing_in import SignIn


def test_the_office_sees_for_which_company_mail_was_sent_and_its_state(
    vallar: Company, olga: User, as_: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    ShareFactory.create(company=vallar, sent_at=now)
    ShareFactory.create(company=vallar, last_error="SMTPDataError(451)")
    ShareFactory.create(company=vallar, dropped_because="no longer colleagues", shared_at=now)
    client = as_(olga)

    with django_assert_max_num_queries(7):
        page = BeautifulSoup(client.get("/office/mail/shares/").content, "lxml")

    assert [badge.get_text(strip=True) for badge in page.select("main .badge")] == [
        "Not sent",
        "Failed, tried again",
        "Sent",
    ]
    assert [name.get_text() for name in page.select("main li .strong")] == ["Vallar AB"] * 3


def test_who_what_and_in_which_words_is_the_companys_own(vallar: Company, olga: User, as_: SignIn) -> None:
    share = ShareFactory.create(
        company=vallar,
        message="Can we bid below the price of last year?",
        last_error="SMTPDataError(451, 'bo@vallar.example')",
        by__name="Sigrid Sjö",
        to__name="Torsten Tall",
        to__email="torsten@vallar.example",
    )

    shown = as_(olga).get("/office/mail/shares/").content.decode()

    own = (share.message, "451", "bo@", share.by.name, share.to.name, share.to.email, share.opportunity.title)
    assert [each for each in own if each in shown] == []


def test_before_the_first_share_the_page_says_when_one_comes(olga: User, as_: SignIn) -> None:
    assert "Nothing has been shared yet" in as_(olga).get("/office/mail/shares/").content.decode()
