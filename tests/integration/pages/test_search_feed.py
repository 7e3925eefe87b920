from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import SavedSearch
from portal.accounts.models import FeedLink, Membership, User
from tests.factories.matching import SavedSearchFactory
from tests.factories.opportunities import (
    NoticeFactory,
    OpportunityFactory,
    OpportunityRevisionFactory,
)
from tests.integration.signing_in import SignIn

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def saved(alice: User) -> SavedSearch:
    company = alice.companies.get()
    return SavedSearchFactory.create(company=company, by=alice, name="Ljus", query="q=gatubelysning")


@pytest.fixture
def address(saved: SavedSearch, alice: User, as_: SignIn) -> str:
    page = as_(alice).post(f"/searches/{saved.pk}/feed/").content.decode()
    found = re.search(r"/searches/feed/[\w-]+\.atom", page)
    assert found is not None
    return found.group()


def entries(address: str) -> list[tuple[str | None, ...]]:
    root = ET.fromstring(Client().get(address).content)  # noqa: S314  our own
    names = ("id", "title", "updated")
    return [tuple(each.findtext(ATOM + name) for name in names) for each in root.iter(f"{ATOM}entry")]


def test_a_feed_shows_what_the_search_finds_the_newest_first(address: str) -> None:
    now = timezone.now()
    for title, days in (("Old street lights", 9), ("New street lights", 1), ("Water meters", 1)):
        OpportunityFactory.create(title=title, published_at=now - timedelta(days=days))

    assert [title for _, title, _ in entries(address)] == ["New street lights", "Old street lights"]


def test_a_change_is_told_under_the_same_id(address: str) -> None:
    opportunity = OpportunityFactory.create(title="Street lights")
    ((before, _, updated),) = entries(address)
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=2)

    ((after, _, updated_again),) = entries(address)

    assert before == after
    assert str(updated_again) > str(updated)


def test_what_a_program_has_it_isn_t_sent_again(address: str) -> None:
    OpportunityFactory.create(title="Street lights")
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    by_date = Client().get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    OpportunityFactory.create(title="More street lights")
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert [answer.status_code for answer in (again, by_date, changed)] == [304, 304, 200]
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_as_json_it_tells_the_same_at_the_same_private_address(address: str) -> None:
    OpportunityFactory.create(title="Street lights")
    json_address = address.replace(".atom", ".json")
    first = Client().get(json_address)

    again = Client().get(json_address, headers={"If-None-Match": first["ETag"]})
    by_date = Client().get(json_address, headers={"If-Modified-Since": first["Last-Modified"]})

    told = [(item["id"], item["title"]) for item in first.json()["items"]]
    assert told == [(pk, title) for pk, title, _ in entries(address)]
    assert first["Content-Type"] == "application/feed+json; charset=utf-8"
    assert [answer.status_code for answer in (again, by_date)] == [304, 304]


def test_the_page_that_shows_the_address_links_to_both_feeds(
    saved: SavedSearch, alice: User, as_: SignIn
) -> None:
    page = as_(alice).post(f"/searches/{saved.pk}/feed/").content.decode()

    found = re.findall(r'<link rel="alternate" type="([\w/+]+)" title="[^"]+" href="[^"]+\.(\w+)">', page)
    assert found == [("application/atom+xml", "atom"), ("application/feed+json", "json")]


def test_a_closed_address_opens_nothing(address: str, alice: User, as_: SignIn) -> None:
    as_(alice).post(f"/searches/feed/{FeedLink.objects.get().pk}/revoke/")

    assert Client().get(address).status_code == 404
    assert Client().get(address.replace(".atom", ".json")).status_code == 404


def test_a_new_address_closes_the_old_one(address: str, saved: SavedSearch, alice: User, as_: SignIn) -> None:
    as_(alice).post(f"/searches/{saved.pk}/feed/")

    assert Client().get(address).status_code == 404


def test_it_ends_with_the_search_and_with_the_membership(
    address: str, saved: SavedSearch, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    client.post(f"/searches/{saved.pk}/end/")
    ended = Client().get(address).status_code
    client.post(f"/searches/{saved.pk}/restore/")
    restored = Client().get(address).status_code
    Membership.objects.all().delete()

    assert (ended, restored, Client().get(address).status_code) == (404, 200, 404)


def test_colleagues_have_addresses_of_their_own(address: str, bob: User, as_: SignIn) -> None:
    assert as_(bob).post(f"/searches/feed/{FeedLink.objects.get().pk}/revoke/").status_code == 404
    assert "Make an address" in as_(bob).get("/searches/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.usefixtures("own_cache")
def test_who_asks_too_often_is_told_to_wait(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.dashboards.search_feed.MOST_AN_HOUR", 2)

    answers = [Client().get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "3600"


def test_the_number_of_questions_does_not_grow(address: str) -> None:
    OpportunityFactory.create(title="Street lights")
    with CaptureQueriesContext(connection) as few:
        entries(address)
    for number in range(8):
        OpportunityFactory.create(title=f"Street lights {number}")
    with CaptureQueriesContext(connection) as many:
        entries(address)

    assert len(many) <= len(few) <= 12
