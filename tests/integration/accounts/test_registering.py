"""From a stranger's form to a member: the mail, the office's decision, and what is told to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile
from portal.accounts.models import Company, Membership, Registration, User
from portal.accounts.registering import KEPT_UNCONFIRMED, forget_unconfirmed
from portal.accounts.telling import tell_registration, untold_registrations
from tests.factories.accounts import PASSWORD, CompanyFactory, RegistrationFactory
from tests.factories.matching import MatchFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
NUMBER = "556036-0793"
FORM = {
    "name": "Nora Nyberg",
    "email": "Nora@Nyberg.example",
    "password": PASSWORD,
    "language": "sv",
    "company_name": "Nyberg Pumpar AB",
    "organisation_number": NUMBER,
    "about": "Vi bygger pumpar och styrsystem för avloppsreningsverk.",
}


def register(client: Client, **other: str) -> str:
    """Fill in the form, and return where one is led."""
    return str(client.post("/register/", FORM | other).headers.get("Location", ""))


def confirm(client: Client) -> None:
    """Follow the link of the latest mail, and press the button there."""
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    client.get(link[1])
    client.post(link[1])


def log_in(client: Client, email: str = "nora@nyberg.example") -> str:
    """Log in, and return the address where one ends up."""
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD}, follow=True)
    return str(answer.redirect_chain[-1][0])


@pytest.fixture
def nora(client: Client) -> User:
    """Registered, and her address is confirmed."""
    register(client)
    confirm(client)
    return User.objects.get(email="nora@nyberg.example")


def test_a_stranger_registers_and_waits_for_the_office(client: Client) -> None:
    assert register(client) == "/register/sent/"
    assert log_in(client) == "/accounts/confirm-email/"

    confirm(client)

    assert log_in(client) == "/register/waiting/"
    registration = Registration.objects.waiting().get()
    assert (registration.organisation_number, registration.company_name) == ("5560360793", "Nyberg Pumpar AB")


def test_the_first_mail_is_in_the_language_that_was_chosen(client: Client) -> None:
    register(client)

    assert mail.outbox[0].subject == "Bekräfta din e-postadress"


def test_confirming_twice_is_confirming_once(client: Client, nora: User) -> None:
    confirm(client)

    assert (Company.objects.count(), nora.memberships.count()) == (1, 1)


def test_whoever_waits_describes_the_company_and_is_shown_no_opportunity(nora: User, client: Client) -> None:
    log_in(client)
    page = client.get("/profile/new/").content.decode()
    match = MatchFactory.create(profile__company=nora.companies.get(), score=99)

    pages = [
        client.post(f"/profile/{match.profile_id}/", {"do": "preview", "summary": "sensors"}),
        client.get(f"/profile/{match.profile_id}/"),
        client.get("/profile/"),
    ]

    assert "pumpar och styrsystem" in page
    assert [answer.status_code for answer in pages] == [200, 200, 200]
    assert match.opportunity.title not in "".join(answer.content.decode() for answer in pages)
    assert client.get("/matches/").status_code == 403
    assert client.get(f"/opportunities/{match.opportunity_id}/").status_code == 403


def test_the_office_approves_and_the_person_is_told_in_her_language(
    nora: User, olga: User, as_: SignIn, client: Client
) -> None:
    registration = Registration.objects.get()
    page = as_(olga).get("/office/registrations/").content.decode()

    as_(olga).post(f"/office/registrations/{registration.pk}/approve/")
    now = timezone.now()
    told = [tell_registration(pk, now=now) for pk in untold_registrations(now=now, count=9) * 2]

    assert NUMBER in page
    company = nora.companies.get()
    assert (company.is_approved, company.organisation_number) == (True, "5560360793")
    assert told == [True, False]
    assert mail.outbox[-1].subject == "Nyberg Pumpar AB finns nu på Setu"
    assert log_in(client) == "/matches/"


def test_the_office_refuses_with_a_reason(nora: User, olga: User, as_: SignIn, client: Client) -> None:
    registration = Registration.objects.get()
    refuse = f"/office/registrations/{registration.pk}/refuse/"

    without_reason = as_(olga).post(refuse, {"because": ""})
    as_(olga).post(refuse, {"because": "We could not reach you at the company."})
    now = timezone.now()
    tell_registration(registration.pk, now=now)

    assert without_reason.status_code == 422
    assert "could not reach you" in str(mail.outbox[-1].body)
    assert not Company.objects.exists()
    assert log_in(client) == "/register/waiting/"
    assert "could not reach you" in client.get("/register/waiting/").content.decode()


def test_deciding_twice_is_deciding_once(nora: User, olga: User, as_: SignIn) -> None:
    registration = Registration.objects.get()
    as_(olga).post(f"/office/registrations/{registration.pk}/approve/")

    as_(olga).post(f"/office/registrations/{registration.pk}/refuse/", {"because": "too late"})

    registration.refresh_from_db()
    assert registration.is_approved is True
    assert nora.companies.count() == 1


def test_a_number_that_is_here_lets_the_person_join_and_tells_strangers_nothing(
    client: Client, olga: User, as_: SignIn
) -> None:
    known = CompanyFactory.create(name="Nyberg Pumpar AB", organisation_number="5560360793")
    Membership.objects.create(user=olga, company=known, role=Membership.Role.OWNER)
    register(client)
    confirm(client)
    log_in(client)
    waiting = client.get("/register/waiting/").content.decode()
    registration = Registration.objects.get()

    as_(olga).post(f"/office/registrations/{registration.pk}/approve/")

    # The same page that the first of a company gets: with a company to describe, and not a word of members.
    assert 'href="/profile/"' in waiting
    membership = registration.user.memberships.get()
    assert (membership.company, membership.role) == (known, Membership.Role.MEMBER)
    assert Company.objects.count() == 1


def test_an_address_that_has_an_account_is_told_by_mail_alone(alice: User, client: Client) -> None:
    assert register(client, email=alice.email.upper()) == "/register/sent/"

    assert [message.to for message in mail.outbox] == [[alice.email]]
    assert mail.outbox[0].subject == "You have an account on Setu already"
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("556036-0794", "a digit must be wrong"),
        ("12345", "a digit must be wrong"),
        ("811218-9876", "personal identity number"),
    ],
    ids=["wrong digit", "too short", "a person's"],
)
def test_a_number_that_no_company_has_is_refused(number: str, said: str, client: Client) -> None:
    client.cookies["django_language"] = "en"

    page = client.post("/register/", FORM | {"organisation_number": number})

    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_weak_password_is_refused(client: Client) -> None:
    assert client.post("/register/", FORM | {"password": "password1234"}).status_code == 422


def test_a_program_that_fills_in_every_field_gets_nothing_and_is_not_told(client: Client) -> None:
    assert register(client, website="https://cheap.example") == "/register/sent/"

    assert not User.objects.exists()
    assert mail.outbox == []


def test_registering_is_limited(client: Client) -> None:
    answers = [client.post("/register/", {}).status_code for _ in range(21)]

    assert set(answers[:20]) == {422}
    assert answers[20] == 429


def test_someone_with_an_account_registers_a_company(client: Client, olga: User, as_: SignIn) -> None:
    user = User.objects.create_user("alva@example.org", None, name="Alva")
    person = as_(user)

    said = {name: FORM[name] for name in ("company_name", "organisation_number", "about")}
    twice = [person.post("/register/company/", said).headers["Location"] for _ in range(2)]

    assert twice == ["/register/waiting/"] * 2
    assert Registration.objects.waiting().count() == 1


def test_who_never_confirms_is_forgotten(client: Client) -> None:
    register(client)
    assert forget_unconfirmed(now=timezone.now()) == 0

    assert forget_unconfirmed(now=timezone.now() + KEPT_UNCONFIRMED + timedelta(hours=1)) == 1

    assert not User.objects.exists()
    assert not CapabilityProfile.objects.exists()


def test_the_offices_page_asks_the_database_as_often_for_many(
    olga: User, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    RegistrationFactory.create_batch(5)
    office = as_(olga)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        page = office.get("/office/registrations/")

    assert page.content.decode().count("<article") == 5
