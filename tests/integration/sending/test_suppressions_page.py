from __future__ import annotations

import pytest
from django.test import Client

from matching.delivery.suppressing import address_hash, is_suppressed
from matching.models import Suppression
from portal.accounts.models import User
from tests.factories.sending import SuppressionFactory

PAGE = "/office/suppressed/"


@pytest.fixture
def office(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def test_the_office_sees_whose_address_it_is_and_few_queries(
    office: Client, alice: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    SuppressionFactory.create(address_hash=address_hash(alice.email), address_hint="a…@example.org")
    SuppressionFactory.create_batch(3)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = office.get(PAGE).content.decode()

    assert "Alice Ahlgren" in page
    assert page.count("No such mailbox") == 4
    assert "alice@example.org" not in page


def test_it_is_lifted_for_a_reason_only(office: Client, olga: User) -> None:
    suppression = SuppressionFactory.create()

    refused = office.post(f"{PAGE}{suppression.pk}/lift/", {"because": " "})
    agreed = office.post(f"{PAGE}{suppression.pk}/lift/", {"because": "A new mailbox."}, follow=True)
    again = office.post(f"{PAGE}{suppression.pk}/lift/", {"because": "A new mailbox."})

    assert (refused.status_code, agreed.status_code, again.status_code) == (422, 200, 404)
    suppression.refresh_from_db()
    assert (suppression.lifted_by, suppression.lifted_because) == (olga, "A new mailbox.")
    assert "No address is suppressed" in agreed.content.decode()


def test_the_office_may_add_an_address(office: Client) -> None:
    refused = office.post(PAGE, {"address": "nobody", "because": "rang"})
    office.post(PAGE, {"address": "Eve@example.org", "because": "rang us"})

    assert refused.status_code == 422
    assert is_suppressed("eve@example.org")
    assert Suppression.objects.get().because == "rang us"
