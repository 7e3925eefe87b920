from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from matching.models import SavedSearch
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.matching import SavedSearchFactory
from tests.factories.opportunities import OpportunityFactory
from tests.integration.signing_in import SignIn


def text(client: Client, address: str) -> str:
    return " ".join(BeautifulSoup(client.get(address).content, "lxml").get_text(" ").split())


def names(client: Client) -> list[str]:
    found = BeautifulSoup(client.get("/searches/").content, "lxml")
    return [title.get_text(strip=True) for title in found.select(".saved-search h2")]


@pytest.fixture
def saved(alice: User) -> SavedSearch:
    return SavedSearchFactory.create(company=alice.companies.get(), by=alice, name="Sensors")


@pytest.mark.parametrize(
    ("ages", "volume"),
    [
        (range(40), "about 3 a week"),
        (range(0, 90, 20), "about 2 a month"),
        ([3], "less than one a month"),
        ([95], "none at all"),
    ],
)
def test_what_to_expect_is_told_before_saving(ages: list[int], volume: str, alice: User, as_: SignIn) -> None:
    for days in ages:
        published = timezone.now() - timedelta(days=days, hours=1)
        OpportunityFactory.create(title="Sensors", published_at=published, submission_deadline=published)

    assert volume in text(as_(alice), "/searches/new/?q=sensors")


def test_a_search_is_saved_under_a_name_for_the_whole_company(
    alice: User, bob: User, charlie: User, as_: SignIn
) -> None:
    as_(alice).post("/searches/new/?q=gatubelysning&state=MH&sort=newest&view=map", {"name": "Ljus"})

    search = SavedSearch.objects.get()
    assert (search.query, search.language, search.by) == ("q=gatubelysning&state=MH", "en", alice)
    assert names(as_(bob)) == ["Ljus"]
    assert names(as_(charlie)) == []


def test_saving_twice_is_saving_once(alice: User, as_: SignIn) -> None:
    client = as_(alice)

    for _ in range(2):
        client.post("/searches/new/?q=light", {"name": "Light"})

    assert SavedSearch.objects.count() == 1


def test_a_name_stands_once(saved: SavedSearch, alice: User, as_: SignIn) -> None:
    answer = as_(alice).post("/searches/new/?q=light", {"name": "Sensors"})

    assert answer.status_code == 422
    assert "another search under this name" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\x00"])
def test_a_search_wants_a_name(name: str, alice: User, as_: SignIn) -> None:
    assert as_(alice).post("/searches/new/?q=light", {"name": name}).status_code == 422


def test_a_saved_search_is_run_renamed_and_told_in_words(
    saved: SavedSearch, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    SavedSearch.objects.update(query="q=sensors&state=MH&domain=lighting&stage=gone")

    client.post(f"/searches/{saved.pk}/rename/", {"name": "Givare"})

    assert names(client) == ["Givare"]
    assert "“sensors” · Field: Lighting · State: Maharashtra" in text(client, "/searches/")
    page = BeautifulSoup(client.get("/searches/").content, "lxml")
    assert page.select('.saved-search h2 a[href^="/explore/?q=sensors"]')


def test_what_is_removed_comes_back(saved: SavedSearch, alice: User, as_: SignIn) -> None:
    client = as_(alice)

    answer = client.post(f"/searches/{saved.pk}/end/")

    assert names(client) == []
    assert "“Sensors” is removed." in text(client, answer["Location"])
    client.post(f"/searches/{saved.pk}/restore/")
    assert names(client) == ["Sensors"]


def test_what_is_removed_stays_away_where_another_took_its_name(
    saved: SavedSearch, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    client.post(f"/searches/{saved.pk}/end/")
    client.post("/searches/new/?q=light", {"name": "Sensors"})

    answer = client.post(f"/searches/{saved.pk}/restore/", follow=True)

    assert "another search under this name" in answer.content.decode()
    assert SavedSearch.objects.standing().count() == 1


@pytest.mark.parametrize("act", ["rename", "end", "restore"])
def test_a_competitor_reaches_none_of_ours(act: str, saved: SavedSearch, charlie: User, as_: SignIn) -> None:
    assert as_(charlie).post(f"/searches/{saved.pk}/{act}/", {"name": "Mine"}).status_code == 404


@pytest.mark.parametrize("ended", ["x", "0", "9" * 30, "-1"])
def test_no_address_breaks_the_list(ended: str, saved: SavedSearch, alice: User, as_: SignIn) -> None:
    assert as_(alice).get(f"/searches/?ended={ended}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_eight_who_save_at_once_save_one(vallar: Company, alice: User, as_: SignIn) -> None:
    def save(_: int) -> int:
        return as_(alice).post("/searches/new/?q=light", {"name": "Light"}).status_code

    at_once(save, range(8))

    assert SavedSearch.objects.count() == 1
