"""The pages of the ledger and of disclosing: what the office does there, and what each member reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from opportunities.audience import Audience
from opportunities.chain import LedgerKind
from opportunities.models import LedgerEntry, Opportunity
from opportunities.services import (
    About,
    describe_company,
    disclose_opportunity,
    withdraw_disclosure,
    write_ledger,
)
from portal.accounts.models import Company, User
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db
SKANE = Audience(regions=("12",))
TITLE = "Tunnel ventilation nobody knows of"


@pytest.fixture
def hidden(db: None) -> Opportunity:
    return OpportunityFactory.create(disclosed_from=None, title=TITLE)


def client_of(person: User) -> Client:
    person.language = "en"
    person.save(update_fields=["language"])
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(client: Client, address: str) -> str:
    return BeautifulSoup(client.get(address).content, "lxml").get_text(" ", strip=True)


# Disclosing


def test_the_office_looks_first_then_discloses_by_rule(
    hidden: Opportunity, olga: User, vallar: Company
) -> None:
    client, address = client_of(olga), f"/office/disclosures/{hidden.pk}/decide/"
    typed = {"regions": ["12"], "because": "Only Skåne was asked"}

    looked = client.post(address, {**typed, "do": "preview"})
    assert "Whom it reaches" in looked.content.decode()
    assert "outside the rule" in looked.content.decode()
    hidden.refresh_from_db()
    assert hidden.disclosed_from is None

    client.post(address, {**typed, "do": "disclose"})
    hidden.refresh_from_db()
    assert hidden.audience == SKANE
    assert list(LedgerEntry.objects.values_list("kind", "because")) == [
        ("previewed", ""),
        ("disclosed", "Only Skåne was asked"),
    ]
    assert vallar.is_approved


@pytest.mark.parametrize("typed", [{"regions": ["12"]}, {"domains": ["no such"]}, {"from_": "soon"}])
def test_a_rule_needs_a_reason_and_sense(typed: dict[str, object], hidden: Opportunity, olga: User) -> None:
    answer = client_of(olga).post(f"/office/disclosures/{hidden.pk}/decide/", {**typed, "do": "disclose"})

    assert answer.status_code == 422
    assert not LedgerEntry.objects.exists()


def test_correcting_and_withdrawing_ask_for_a_reason(hidden: Opportunity, olga: User) -> None:
    now = timezone.now()
    disclose_opportunity(hidden.pk, from_=now, by=olga, now=now, to=SKANE)
    client, page = client_of(olga), f"/office/disclosures/{hidden.pk}"

    assert client.post(f"{page}/decide/", {"do": "disclose"}).status_code == 422
    assert client.post(f"{page}/withdraw/", {"because": " "}).status_code == 422
    client.post(f"{page}/decide/", {"do": "disclose", "because": "Concerns all"})
    client.post(f"{page}/withdraw/", {"because": "Told in confidence"})
    client.post(f"{page}/except/", {"because": "Mentioned at a fair"})

    told = LedgerEntry.objects.exclude(kind="disclosed").values_list("kind", "because")
    assert list(told) == [
        ("corrected", "Concerns all"),
        ("withdrawn", "Told in confidence"),
        ("excepted", "Mentioned at a fair"),
    ]


# The office's ledger


def test_the_office_reads_and_examines_the_ledger(
    hidden: Opportunity, olga: User, vallar: Company, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for hours in (3, 1):
        then = now - timedelta(hours=hours)
        disclose_opportunity(hidden.pk, from_=then, by=olga, now=then)
        withdraw_disclosure(hidden.pk, by=olga, now=then + timedelta(minutes=20))
    describe_company(vallar.pk, by=olga, now=now, region="12")
    client = client_of(olga)

    with django_assert_max_num_queries(12):
        page = text_of(client, "/office/ledger/?verify=1")

    assert "Yes: 5 lines, each bound to the one before." in page
    assert page.count(TITLE) == 4
    assert TITLE not in text_of(client, "/office/ledger/?kind=described")


def test_a_tampered_ledger_is_told(hidden: Opportunity, olga: User) -> None:
    now = timezone.now()
    disclose_opportunity(hidden.pk, from_=now, by=olga, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE opportunities_ledgerentry DISABLE TRIGGER ledger_keeps_its_lines")
        cursor.execute("UPDATE opportunities_ledgerentry SET because = 'forged'")

    page = text_of(client_of(olga), "/office/ledger/?verify=1")

    assert "a line doesn't say what was sealed" in page
    assert "First wrong line: 1." in page


def test_the_gap_is_worked_out(hidden: Opportunity, olga: User, vallar: Company) -> None:
    now = timezone.now()
    Company.objects.update(approved_at=now - timedelta(days=1))
    disclose_opportunity(hidden.pk, from_=now, by=olga, now=now)

    assert "0 s longest gap, over 1 disclosure" in text_of(client_of(olga), "/office/ledger/")
    assert vallar.pk


# What members read


def test_a_member_reads_what_it_may_know_of_and_nothing_else(
    hidden: Opportunity,
    olga: User,
    alice: User,
    charlie: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    describe_company(alice.companies.get().pk, by=alice, now=now, region="12")
    disclose_opportunity(hidden.pk, from_=now, by=olga, now=now, to=SKANE, because="Only Skåne")
    write_ledger(LedgerKind.PREVIEWED, by=olga, now=now, about=About(opportunity=hidden.pk))

    client = client_of(alice)
    with django_assert_max_num_queries(12):
        hers = text_of(client, "/ledger/")

    assert hers.count(TITLE) == 2
    assert "Only Skåne" in hers
    assert "Olga Öberg" in hers
    assert "No line concerns you yet" in text_of(client_of(charlie), "/ledger/")


def test_what_was_done_for_another_is_told_without_its_name(olga: User, alice: User, charlie: User) -> None:
    shown = OpportunityFactory.create()
    write_ledger(
        LedgerKind.EXCEPTED,
        by=olga,
        now=timezone.now(),
        about=About(opportunity=shown.pk, company=charlie.companies.get().pk),
        because="Cedern heard of it at a fair",
    )

    hers, his = (text_of(client_of(person), "/ledger/") for person in (alice, charlie))

    assert "Exception" in hers
    assert "Cedern" not in hers
    assert "Cedern heard of it at a fair" in his


def test_what_is_withdrawn_leaves_no_title(hidden: Opportunity, olga: User, alice: User) -> None:
    now = timezone.now()
    disclose_opportunity(hidden.pk, from_=now, by=olga, now=now)
    withdraw_disclosure(hidden.pk, by=olga, now=now, because=TITLE)

    assert TITLE not in text_of(client_of(alice), "/ledger/")


def test_an_owner_tells_the_county(alice: User, bob: User) -> None:
    client_of(alice).post("/ledger/county/", {"region": "12"})

    assert alice.companies.get().region == "12"
    assert "County: Skåne." in text_of(client_of(bob), "/ledger/")


def test_the_office_reads_that_two_told_their_names_and_not_who_or_for_what(
    olga: User, alice: User, charlie: User
) -> None:
    shown = OpportunityFactory.create(title=TITLE)
    for person in (alice, charlie):
        about = About(opportunity=shown.pk, company=person.companies.get().pk)
        write_ledger(LedgerKind.NAMES_REVEALED, by=person, now=timezone.now(), about=about)

    office = text_of(client_of(olga), "/office/ledger/")
    of_the_tender = text_of(client_of(olga), f"/office/disclosures/{shown.pk}/")
    hers = text_of(client_of(alice), "/ledger/")

    assert office.count("is for the two to know") == 2
    assert [
        said for said in (alice.name, charlie.name, TITLE, "Vallar AB", "Cedern AB") if said in office
    ] == []
    assert "Names told" not in of_the_tender
    assert (TITLE in hers, "Cedern AB" in hers) == (True, False)
