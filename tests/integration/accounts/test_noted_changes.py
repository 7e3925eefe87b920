"""Every change to what others rely on leaves who, when, what and why."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ingest.models import Source
from ingest.tasks import check_sources
from matching.models import CapabilityProfile
from portal.accounts.models import Company, Membership, RecordChange, User
from portal.lib.at_work import at_work
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.buyers import pune
from tests.factories.ingest import SourceFactory
from tests.factories.matching import CapabilityProfileFactory


@pytest.fixture
def office(olga: User) -> Client:
    client = Client()
    client.force_login(olga)
    return client


def last() -> RecordChange:
    return RecordChange.objects.earliest("-pk")


@pytest.mark.django_db
def test_a_form_leaves_who_what_where_and_why(office: Client, olga: User) -> None:
    buyer = pune()
    address = f"/office/buyers/{buyer.pk}/describe/"

    typed = {"name": "PMC", "kind": "municipal", "city": "pune", "because": "Renamed in May"}
    office.post(address, urlencode(typed), content_type="application/x-www-form-urlencoded")

    noted = last()
    assert noted.changes == {"name": ["Pune Municipal Corporation", "PMC"]}
    assert (noted.about, noted.record, noted.did) == ("opportunities_buyer", buyer.pk, "update")
    assert (noted.changed_by, noted.place, noted.because) == (olga.pk, address, "Renamed in May")


@pytest.mark.django_db
def test_what_a_program_changes_is_noted_as_nobodys(office: Client) -> None:
    source = SourceFactory.create(is_enabled=True)
    office.post(f"/office/buyers/{pune().pk}/describe/", {"name": "PMC", "kind": "other"})

    Source.objects.filter(pk=source.pk).update(is_enabled=False)

    assert (last().changed_by, last().place, last().changes) == (None, "", {"is_enabled": [True, False]})


@pytest.mark.django_db
def test_what_is_rolled_back_does_not_take_the_name_with_it(vallar: Company, olga: User) -> None:
    companies = Company.objects.filter(pk=vallar.pk)

    with at_work(person=olga.pk, place="/office/"):
        with transaction.atomic():
            companies.update(name="Vallarna AB")
            transaction.set_rollback(True)
        companies.update(name="Vall AB")
    companies.update(name="Vallen AB")

    noted = RecordChange.objects.filter(about="accounts_company", did="update").order_by("pk")
    assert [(one.changed_by, one.changes["name"][1]) for one in noted] == [
        (olga.pk, "Vall AB"),
        (None, "Vallen AB"),
    ]


@pytest.mark.django_db
def test_who_only_reads_costs_nothing(vallar: Company, olga: User) -> None:
    with CaptureQueriesContext(connection) as asked, at_work(person=olga.pk, place="/office/"):
        vallar.refresh_from_db()

    assert len(asked) == 1


@pytest.mark.django_db
def test_a_task_leaves_its_name() -> None:
    source = SourceFactory.create(name="Kerala")
    check_sources()

    Source.objects.filter(pk=source.pk).update(name="Kerala e-tendering")

    assert last().place == "ingest.tasks.check_sources"


@pytest.mark.django_db
def test_marks_and_what_tells_of_a_person_are_not_noted(alice: User) -> None:
    source = SourceFactory.create()
    profile = CapabilityProfileFactory.create()
    before = RecordChange.objects.count()

    Source.objects.filter(pk=source.pk).update(last_polled_at=timezone.now(), consecutive_failures=3)
    CapabilityProfile.objects.filter(pk=profile.pk).update(scored_at=timezone.now())
    alice.name, alice.email = "Alice Almqvist", "almqvist@example.org"
    alice.set_password("another one, and long")
    alice.save()
    pune()  # ships with Setu

    assert RecordChange.objects.count() == before


@pytest.mark.django_db
def test_saving_what_stands_is_no_change(vallar: Company) -> None:
    before = RecordChange.objects.count()

    vallar.save()

    assert RecordChange.objects.count() == before


@pytest.mark.django_db
def test_what_is_deleted_is_forgotten_but_that_it_was(vallar: Company, olga: User) -> None:
    Company.objects.filter(pk=vallar.pk).update(name="Vallarna AB")
    pk = vallar.pk

    with at_work(person=olga.pk, place="/office/"):
        vallar.delete()

    noted = RecordChange.objects.get(about="accounts_company", record=pk)
    assert (noted.did, noted.changes, noted.changed_by) == ("delete", {}, olga.pk)


@pytest.mark.django_db
def test_the_office_reads_the_history_of_a_company(office: Client, vallar: Company, olga: User) -> None:
    profile = CapabilityProfileFactory.create(company=vallar)
    with at_work(person=olga.pk, place="/office/members/", because="Asked by mail"):
        member = MembershipFactory.create(company=vallar, user=UserFactory.create())
        Membership.objects.filter(pk=member.pk).update(role=Membership.Role.OWNER)
        CapabilityProfile.objects.filter(pk=profile.pk).update(summary="A secret of ours")
    member.delete()

    answer = office.get(f"/office/history/company/{vallar.pk}/")

    page = BeautifulSoup(answer.content, "lxml").get_text(" ", strip=True)
    for told in ("Who acts for it added", "Who acts for it deleted", "A profile changed", "Olga Öberg"):
        assert told in page
    assert "Why: Asked by mail" in page
    assert "A secret of ours" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("about", ["buyer", "city", "source", "company"])
def test_each_kind_of_record_has_its_history(office: Client, vallar: Company, about: str) -> None:
    buyer = pune()
    assert buyer.city is not None
    known = {"buyer": buyer.pk, "city": buyer.city.pk, "source": SourceFactory.create().pk}
    pk = known.get(about, vallar.pk)

    assert office.get(f"/office/history/{about}/{pk}/").status_code == 200
    assert office.get(f"/office/history/{about}/2000000000/").status_code == 404
    assert office.get(f"/office/history/user/{pk}/").status_code == 404
