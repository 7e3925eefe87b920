from __future__ import annotations

import pytest
from django.test import Client

from matching.models import WebhookDelivery, WebhookEndpoint
from portal.accounts.models import Company, User
from tests.factories.sending import WebhookDeliveryFactory, WebhookEndpointFactory

PAGE = "/webhooks/"
ADDRESS = "https://hooks.vallar.example/setu"


@pytest.fixture
def owner(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def endpoint(vallar: Company) -> WebhookEndpoint:
    return WebhookEndpointFactory.create(company=vallar, address=ADDRESS)


def test_the_secret_is_shown_once(owner: Client) -> None:
    added = owner.post(PAGE, {"address": ADDRESS, "kinds": ["match.new"]})
    endpoint = WebhookEndpoint.objects.get()
    later = owner.get(f"{PAGE}{endpoint.pk}/").content.decode()

    assert added.content.decode().count("whsec_") == 1
    assert "no-store" in added.headers["Cache-Control"]
    assert "whsec_" not in later
    assert endpoint.kinds == ["match.new"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://hooks.vallar.example/", "must start with https://"),
        ("https://10.0.0.1/", "leads into a private network"),
        ("https://me:word@hooks.vallar.example/", "holds a password"),
        (ADDRESS, "posts to that address already"),
    ],
)
def test_an_address_that_will_not_do_is_refused_in_words(
    owner: Client, endpoint: WebhookEndpoint, address: str, said: str
) -> None:
    answer = owner.post(PAGE, {"address": address, "kinds": ["match.new"]})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert WebhookEndpoint.objects.get() == endpoint


def test_what_was_posted_is_listed_in_few_queries(
    owner: Client, endpoint: WebhookEndpoint, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    WebhookDeliveryFactory.create_batch(3, endpoint=endpoint, body="{}", last_error="500", attempts=2)
    WebhookEndpointFactory.create(company=endpoint.company)

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = owner.get(f"{PAGE}{endpoint.pk}/").content.decode()
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        listed = owner.get(PAGE).content.decode()

    assert page.count("2 tries, ") == 3
    assert "3 messages wait" in listed


def test_the_buttons_do_what_they_say(owner: Client, endpoint: WebhookEndpoint) -> None:
    at = f"{PAGE}{endpoint.pk}/"
    delivery = WebhookDeliveryFactory.create(endpoint=endpoint, body="{}", given_up_at=endpoint.created_at)
    pressed = [
        owner.post(f"{at}test/"),
        owner.post(f"{at}{delivery.pk}/replay/"),
        owner.post(f"{at}kinds/", {"kinds": ["project.tendered"]}),
        owner.post(f"{at}switch/", {"do": "off"}),
    ]
    endpoint.refresh_from_db()
    off = endpoint.disabled_because
    secret = owner.post(f"{at}secret/").content.decode()
    pressed += [
        owner.post(f"{at}switch/", {"do": "on"}),
        owner.post(f"{at}secret/revoke/"),
        owner.post(f"{at}remove/"),
    ]

    assert {answer.status_code for answer in pressed} == {302}
    assert off == "asked"
    assert "whsec_" in secret
    delivery.refresh_from_db()
    assert delivery.given_up_at is None
    assert WebhookDelivery.objects.filter(kind="test").count() == 1
    assert owner.get(at).status_code == 404


def test_a_rival_and_a_member_who_owns_nothing_see_nothing(
    client: Client, endpoint: WebhookEndpoint, charlie: User, bob: User
) -> None:
    answers = []
    for person in (charlie, bob):
        client.force_login(person)
        answers.append(client.get(f"{PAGE}{endpoint.pk}/").status_code)

    assert answers == [404, 403]
