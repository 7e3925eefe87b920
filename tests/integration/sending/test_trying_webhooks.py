"""A test message: what it says, how it is answered, and that nothing counts it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from matching.delivery.webhooks import endpoints
from matching.delivery.webhooks.endpoints import switch_off
from matching.delivery.webhooks.sending import send_webhook
from matching.delivery.webhooks.trying import owe_test
from matching.models import WebhookDelivery, WebhookEndpoint
from matching.selectors.webhooks import webhook_endpoint
from portal.accounts.models import Company, User
from portal.running.places import ROOT
from tests.at_once import at_once
from tests.integration.sending.owed import owe_message
from tests.integration.sending.receiver import Answer, Receiver, receiver, says

GUIDE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")


@pytest.fixture
def system(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    with receiver() as taken:
        yield taken


@pytest.fixture
def made(system: Receiver, vallar: Company, alice: User) -> endpoints.MadeSecret:
    kinds = list(WebhookEndpoint.Kind)
    return endpoints.add_endpoint(vallar, system.address, kinds, by=alice, now=timezone.now())


@pytest.fixture
def endpoint(made: endpoints.MadeSecret) -> WebhookEndpoint:
    return made.endpoint


@pytest.fixture
def owner(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def try_it(endpoint: WebhookEndpoint) -> WebhookDelivery:
    now = timezone.now()
    test = owe_test(endpoint, now=now)
    send_webhook(test.pk, now=now)
    test.refresh_from_db()
    return test


def test_the_guides_example_knows_our_messages_from_others(
    made: endpoints.MadeSecret, system: Receiver
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    told: dict[str, object] = {}
    exec(example, told)  # noqa: S102  what readers are told
    is_setus = told["is_setus"]
    assert callable(is_setus)

    try_it(made.endpoint)

    [posted] = system.posted
    body = posted.body.encode()
    assert is_setus(made.secret, posted.headers, body)
    assert not is_setus(made.secret, posted.headers, body + b" ")
    assert not is_setus("whsec_c29tZWJvZHkgZWxzZQ==", posted.headers, body)
    long_ago = posted.headers | {"webhook-timestamp": "1700000000"}
    assert not is_setus(made.secret, long_ago, body)


def test_it_says_that_it_is_one_in_the_shape_of_a_real_one(
    endpoint: WebhookEndpoint, system: Receiver
) -> None:
    now = timezone.now()
    send_webhook(owe_message(endpoint, now=now).pk, now=now)
    try_it(endpoint)

    real, test = (json.loads(posted.body) for posted in system.posted)
    assert (test["type"], test["data"]["is_test"]) == ("test", True)
    assert test["data"]["opportunity"]["id"] == 0
    assert test["data"]["opportunity"].keys() == real["data"]["opportunity"].keys()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (says(200, b"Thank you <b>"), ["It was taken: the answer was 200, after 0.", "Thank you &lt;b&gt;"]),
        (says(204), ["The answer had no text."]),
        (says(307, Location="https://example.org/"), ["Redirects aren&#x27;t followed"]),
        (says(500, b"x" * 900), ["It wasn&#x27;t taken: the answer was 500", f">{'x' * 199}…<"]),
    ],
)
def test_the_page_tells_the_answer_in_words(
    owner: Client, endpoint: WebhookEndpoint, system: Receiver, answer: Answer, words: list[str]
) -> None:
    system.answers = [answer]
    try_it(endpoint)

    page = owner.get(f"/webhooks/{endpoint.pk}/").content.decode()

    for said in words:
        assert said in page.replace("'", "&#x27;")


def test_the_page_tells_why_there_was_no_answer(
    owner: Client, endpoint: WebhookEndpoint, settings: Settings
) -> None:
    address = f"/webhooks/{endpoint.pk}/"
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(address="http://127.0.0.1:1/")
    endpoint.refresh_from_db()
    unreachable = try_it(endpoint)
    page = owner.get(address).content.decode()
    settings.WEBHOOKS_ALLOW_LOOPBACK = False
    private = try_it(endpoint)

    assert (unreachable.failure, private.failure) == ("unreachable", "private")
    assert "nothing listens at the address" in page
    assert "leads into a private network" in owner.get(address).content.decode()


def test_nothing_counts_it(owner: Client, endpoint: WebhookEndpoint, system: Receiver) -> None:
    now = timezone.now()
    real = owe_message(endpoint, now=now)
    system.answers = [says(410), says(503), says(200)]
    for _ in range(3):
        try_it(endpoint)

    known = webhook_endpoint(endpoint.pk, company=endpoint.company)
    assert known is not None
    assert (known.failures, known.failing_since, known.disabled_at) == (0, None, None)
    assert (known.waiting, known.last_taken_at) == (1, None)  # type: ignore[attr-defined]
    assert list(WebhookDelivery.objects.due_at(now)) == [real]
    assert WebhookDelivery.objects.filter(kind="test", given_up_at=None, attempts=1).count() == 1


def test_a_second_one_waits_for_the_first(owner: Client, endpoint: WebhookEndpoint) -> None:
    for _ in range(2):
        owner.post(f"/webhooks/{endpoint.pk}/test/")
    page = owner.get(f"/webhooks/{endpoint.pk}/").content.decode()
    asked_again = owner.get(
        f"/webhooks/{endpoint.pk}/", headers={"HX-Request": "true", "HX-Target": "test-answer"}
    )

    assert WebhookDelivery.objects.count() == 1
    assert 'hx-trigger="every 2s"' in page
    assert asked_again.status_code == 204


def test_one_that_is_switched_off_says_so(owner: Client, endpoint: WebhookEndpoint) -> None:
    switch_off(endpoint, WebhookEndpoint.DisabledBecause.ASKED, now=timezone.now())

    pressed = owner.post(f"/webhooks/{endpoint.pk}/test/", follow=True).content.decode()

    assert "Switch it on first" in pressed
    assert WebhookDelivery.objects.count() == 0


def test_six_a_minute_are_enough(owner: Client, endpoint: WebhookEndpoint) -> None:
    answered = [owner.post(f"/webhooks/{endpoint.pk}/test/").status_code for _ in range(7)]

    assert answered == [302] * 6 + [429]


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_are_owed_one(endpoint: WebhookEndpoint, noon: datetime) -> None:
    at_once(lambda _: owe_test(endpoint, now=noon), range(8))

    assert WebhookDelivery.objects.count() == 1
