"""Buyers and cities as members and the office see them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.buyers import BuyerKind
from opportunities.models import Buyer, BuyerAlias, BuyerNaming, Opportunity
from opportunities.services import add_buyer, name_buyer_alias, name_buyers, write_known_buyers
from portal.accounts.models import User
from portal.ui.latest_pages import LatestPages
from tests.factories.buyers import PUNE, pune, remember, tender_of_pune
from tests.factories.opportunities import OpportunityFactory
from tests.integration.signing_in import SignIn

MOST = 12
WORLD_BANK = "Solan Jal Nigam Ltd"


def text_of(client: Client, address: str) -> str:
    return BeautifulSoup(client.get(address).content, "lxml").get_text(" ", strip=True)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_a_buyer_is_found_by_an_old_name_of_its_city(alice: User, as_: SignIn) -> None:
    write_known_buyers(now=timezone.now())

    found = text_of(as_(alice), "/buyers/?q=bangalore")
    assert "No buyer of that name" in found

    assert "Bengaluru Smart City Limited" in text_of(as_(alice), "/buyers/?q=bengaluru&kind=city_spv")
    assert "Bruhat" not in text_of(as_(alice), "/buyers/?q=bengaluru&kind=city_spv")


@pytest.mark.django_db
def test_its_page_tells_what_is_remembered_and_what_is_known(alice: User, as_: SignIn) -> None:
    now = timezone.now()
    for _ in range(5):
        tender_of_pune(now, days=21, extended=9)
    tender_of_pune(now, disclosed_from=None, title="Not to be known")
    remember(now)

    page = text_of(as_(alice), f"/buyers/{pune().pk}/")

    for told in ("21 days", "100%", "by 9 days on average", "2%", "5 known opportunities"):
        assert told in page
    assert "Not to be known" not in page
    assert "Names that mean it" not in page


@pytest.mark.django_db
def test_pages_cost_the_same_for_many(alice: User, olga: User, as_: SignIn) -> None:
    now = timezone.now()
    tender_of_pune(now)
    remember(now)
    addresses = ("/buyers/", f"/buyers/{pune().pk}/", "/cities/", "/cities/pune/")
    few = [queries(as_(alice), address) for address in addresses]

    for number in range(8):
        tender_of_pune(now)
        add_buyer(f"Board {number}", kind=BuyerKind.STATE, city=pune().city, by=olga, now=now)
        OpportunityFactory.create(buyer_name=f"Board {number}")
    remember(now)

    assert [queries(as_(alice), address) for address in addresses] == few
    assert max(few) <= MOST
    assert all(queries(as_(olga), address) <= MOST for address in (*addresses, "/office/buyers/"))


@pytest.mark.django_db
def test_of_very_many_the_latest_are_counted_and_no_more() -> None:
    class Few(LatestPages):
        MOST = 2

    OpportunityFactory.create_batch(3)
    newest_first = Opportunity.objects.order_by("-pk")

    cut, whole = Few(newest_first, 1), LatestPages(newest_first, 1)

    assert (cut.is_cut, cut.count, cut.num_pages, whole.is_cut, whole.count) == (True, 2, 2, False, 3)
    assert cut.page(2).object_list[0] == newest_first[1]


@pytest.mark.django_db
def test_what_the_office_knows_of_a_buyer_is_not_a_members(alice: User, olga: User, as_: SignIn) -> None:
    now = timezone.now()
    name_buyer_alias(pune().pk, "PMC Waterworks Undertaking", by=olga, now=now)
    secret = add_buyer("Lavasa Metro", kind=BuyerKind.UTILITY, city=pune().city, by=olga, now=now)
    hidden = OpportunityFactory.create(buyer_name="Lavasa Metro", disclosed_from=None)
    remember(now)

    member = as_(alice)
    assert member.get(f"/buyers/{secret.pk}/").status_code == 404
    for address in ("/buyers/?q=lavasa", "/cities/pune/", f"/buyers/{pune().pk}/", "/buyers/?q=waterworks"):
        page = text_of(member, address)
        assert "Lavasa Metro" not in page
        assert "Waterworks Undertaking" not in page
    assert "Pune Municipal" not in text_of(member, "/buyers/?q=waterworks")
    assert "Lavasa Metro" in text_of(as_(olga), "/buyers/?q=lavasa")

    Opportunity.objects.filter(pk=hidden.pk).update(disclosed_from=now - timedelta(hours=1))
    assert member.get(f"/buyers/{secret.pk}/").status_code == 200


@pytest.mark.django_db
def test_a_city_shows_who_buys_there(alice: User, as_: SignIn) -> None:
    now = timezone.now()
    tender_of_pune(now, title="Smart water meters")
    remember(now)

    page = text_of(as_(alice), "/cities/pune/")

    for told in ("also Poona", "Maharashtra", PUNE, "Pune Smart City Development", "Smart water meters"):
        assert told in page
    assert as_(alice).get("/cities/atlantis/").status_code == 404
    assert "Nagpur" in text_of(as_(alice), "/cities/?state=MH")
    assert "Chennai" not in text_of(as_(alice), "/cities/?state=MH")


@pytest.mark.django_db
def test_a_tender_whose_bids_are_in_is_not_called_open(alice: User, as_: SignIn) -> None:
    now = timezone.now()
    tender_of_pune(now, title="Smart water meters", submission_deadline=now - timedelta(hours=1))
    remember(now)
    client = as_(alice)
    closed = text_of(client, "/cities/pune/")
    tender_of_pune(now, title="Smart lighting", submission_deadline=now + timedelta(hours=1))
    remember(now)

    open_too = text_of(client, "/cities/pune/")

    assert "Smart water meters" in closed
    assert (closed.count("Open tender"), open_too.count("Open tender")) == (0, 1)


@pytest.mark.django_db
def test_an_opportunity_and_a_search_lead_to_its_buyer(alice: User, as_: SignIn) -> None:
    now = timezone.now()
    tender = tender_of_pune(now, days=200)
    remember(now)
    address = f"/buyers/{pune().pk}/"

    on_its_page = BeautifulSoup(as_(alice).get(f"/opportunities/{tender.pk}/").content, "lxml")
    query = urlencode({"buyer": PUNE, "city": "Pune"})
    searched = BeautifulSoup(as_(alice).get(f"/explore/?{query}").content, "lxml")

    assert on_its_page.select_one(f'a[href="{address}"]')
    assert searched.select_one(f'a[href="{address}"]')
    assert searched.select_one('a[href="/cities/pune/"]')


@pytest.mark.django_db
def test_the_office_says_who_a_waiting_name_is(olga: User, as_: SignIn) -> None:
    opportunity = OpportunityFactory.create(buyer_name=WORLD_BANK, city="")
    name_buyers(now=timezone.now())
    office = as_(olga)
    name = {"name": WORLD_BANK, "publisher": opportunity.publisher}

    assert WORLD_BANK in text_of(office, "/office/buyers/")
    assert "A new buyer" in text_of(office, f"/office/buyers/name/?{urlencode(name)}")

    written = {"written": WORLD_BANK, "publisher": opportunity.publisher}
    assert office.post("/office/buyers/add/", {**written, "name": "--", "kind": "utility"}).status_code == 422
    said = {**written, "name": "Solan Water Company", "kind": "utility", "state": "HP", "only_here": "on"}
    added = office.post("/office/buyers/add/", said)
    name_buyers(now=timezone.now())

    buyer = Buyer.objects.get(name="Solan Water Company")
    assert added.headers["Location"] == f"/buyers/{buyer.pk}/"
    assert BuyerNaming.objects.get(pk=opportunity.pk).buyer == buyer
    assert buyer.aliases.get(name=WORLD_BANK).publisher == opportunity.publisher
    assert office.get(f"/office/buyers/name/?{urlencode(name)}").status_code == 404


@pytest.mark.django_db
def test_a_waiting_name_is_a_known_buyers_or_nobodys(olga: User, as_: SignIn) -> None:
    for name in ("Pune Corporation Waterworks Board", "Home B"):
        OpportunityFactory.create(buyer_name=name, publisher="x")
    name_buyers(now=timezone.now())
    office = as_(olga)

    board = {"written": "Pune Corporation Waterworks Board", "publisher": "x"}
    query = urlencode({"name": board["written"], "publisher": "x", "q": "pune municipal"})
    assert PUNE in text_of(office, f"/office/buyers/name/?{query}")
    office.post(f"/office/buyers/{pune().pk}/means/", board)
    office.post("/office/buyers/set-aside/", {"written": "Home B", "publisher": "x"})
    name_buyers(now=timezone.now())

    # Its name tells the place, so it means that buyer wherever it stands.
    assert BuyerAlias.objects.get(name=board["written"]).publisher == ""
    page = text_of(office, "/office/buyers/")
    assert "No name waits" in page
    assert "Home B" in page
    aside = BuyerAlias.objects.get(buyer=None)
    office.post(f"/office/buyers/names/{aside.pk}/remove/")
    name_buyers(now=timezone.now())
    assert "No name waits" not in text_of(office, "/office/buyers/")


@pytest.mark.django_db
def test_the_office_corrects_a_buyer(olga: User, as_: SignIn) -> None:
    office, buyer = as_(olga), pune()
    address = f"/office/buyers/{buyer.pk}"

    assert office.post(f"{address}/names/", {"name": "Thane Municipal Corporation"}).status_code == 422
    assert office.post(f"{address}/names/", {"name": "Poona City Corporation"}).status_code == 302
    described = {"name": "PMC", "kind": "municipal", "city": "thane", "state": ""}
    assert office.post(f"{address}/describe/", described).status_code == 302

    buyer.refresh_from_db()
    assert (buyer.name, buyer.city.name if buyer.city else "", buyer.state) == ("PMC", "Thane", "MH")
    assert "Poona City Corporation" in text_of(office, f"/buyers/{buyer.pk}/")

    office.post(f"{address}/remove/")
    assert office.get(f"/buyers/{buyer.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_figure_that_rests_on_four_is_nowhere(alice: User, as_: SignIn) -> None:
    now = timezone.now()
    for _ in range(4):
        tender_of_pune(now, bid_security_amount=Decimal(30_000))
    remember(now)

    for address in ("/buyers/?q=pune", "/cities/pune/", f"/buyers/{pune().pk}/"):
        page = text_of(as_(alice), address)
        assert "3%" not in page
        assert "20 days" not in page
        assert "Too few tenders to say" in page
