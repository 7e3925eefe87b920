"""What was posted, or never taken, posted again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook

from matching.delivery.webhooks import endpoints, replaying
from matching.delivery.webhooks.replaying import NoSuchMessage, Replay, Replayed, replay, replay_not_taken
from matching.delivery.webhooks.sending import send_webhook
from matching.models import WebhookDelivery, WebhookEndpoint
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.at_once import at_once, held_by_another
from tests.factories.projects import ProjectFactory
from tests.factories.sending import WebhookDeliveryFactory, WebhookEndpointFactory
from tests.integration.sending.owed import owe_message
from tests.integration.sending.receiver import Receiver, receiver, says

HOUR = timedelta(hours=1)


@pytest.fixture
def system(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    with receiver() as taken:
        yield taken


@pytest.fixture
def made(system: Receiver, vallar: Company, alice: User, noon: datetime) -> endpoints.MadeSecret:
    return endpoints.add_endpoint(vallar, system.address, list(WebhookEndpoint.Kind), by=alice, now=noon)


@pytest.fixture
def endpoint(made: endpoints.MadeSecret) -> WebhookEndpoint:
    return made.endpoint


@pytest.fixture
def owner(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def given_up(endpoint: WebhookEndpoint, *, at: datetime) -> WebhookDelivery:
    delivery = owe_message(endpoint, now=at)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        given_up_at=at, attempts=9, last_error="400", body="{}"
    )
    return delivery


def withdraw(delivery: WebhookDelivery) -> None:
    assert delivery.opportunity is not None
    delivery.opportunity.disclosed_from = None
    delivery.opportunity.save(update_fields=["disclosed_from"])


@pytest.mark.django_db
def test_one_that_was_taken_is_posted_again_under_its_id_with_a_new_signature(
    made: endpoints.MadeSecret, system: Receiver, noon: datetime
) -> None:
    delivery = owe_message(made.endpoint, now=noon)
    send_webhook(delivery.pk, now=noon)
    later = datetime.now(noon.tzinfo)
    asked = [replay(made.endpoint, delivery.pk, now=later) for _ in range(2)]
    sent = [send_webhook(delivery.pk, now=later) for _ in range(2)]

    assert asked == [Replay.OWED, Replay.ON_ITS_WAY]
    assert sent == [True, False]
    first, again = system.posted
    assert first.headers["webhook-id"] == again.headers["webhook-id"] == delivery.message_id
    assert first.headers["webhook-timestamp"] != again.headers["webhook-timestamp"]
    Webhook(made.secret).verify(again.body, again.headers)
    assert json.loads(again.body)["timestamp"] == json.loads(first.body)["timestamp"]
    delivery.refresh_from_db()
    assert (delivery.taken_before_at, delivery.taken_at) == (noon, later)


@pytest.mark.django_db
def test_a_project_that_was_withdrawn_is_named_in_no_message_though_its_tender_stands(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    project = ProjectFactory.create(opportunity__disclosed_from=noon - HOUR)
    owed, given = owe_message(endpoint, now=noon), given_up(endpoint, at=noon)
    tendered = {"kind": WebhookDelivery.Kind.PROJECT_TENDERED, "project": project}
    WebhookDelivery.objects.filter(pk__in=[owed.pk, given.pk]).update(**tendered)
    Opportunity.objects.filter(pk=project.opportunity_id).update(disclosed_from=None)

    sent = send_webhook(owed.pk, now=noon)
    again = replay(endpoint, given.pk, now=noon)

    assert (sent, again, system.posted) == (False, Replay.NOT_VISIBLE, [])


@pytest.mark.django_db
def test_what_was_not_taken_since_then_is_posted_again_once(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    before = given_up(endpoint, at=noon - HOUR)
    wanted = [given_up(endpoint, at=noon + number * HOUR) for number in range(2)]
    failed = owe_message(endpoint, now=noon)
    system.answers = [says(400)]
    send_webhook(failed.pk, now=noon)
    taken = owe_message(endpoint, now=noon)
    send_webhook(taken.pk, now=noon)
    system.posted.clear()

    now = noon + 2 * HOUR
    came_of_it = [replay_not_taken(endpoint, noon, now=now) for _ in range(2)]
    for delivery in WebhookDelivery.objects.due_at(now):
        send_webhook(delivery.pk, now=now)

    assert came_of_it == [Replayed(3, 0, 0), Replayed(0, 0, 0)]
    posted = {each.headers["webhook-id"] for each in system.posted}
    assert posted == {each.message_id for each in (*wanted, failed)}
    assert len(system.posted) == 3
    before.refresh_from_db()
    assert before.given_up_at is not None


@pytest.mark.django_db
def test_more_than_may_be_asked_at_once_is_left_for_the_next_time_and_spread(
    endpoint: WebhookEndpoint, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "MOST_REPLAYED", 3)
    monkeypatch.setattr(replaying, "AT_A_TIME", 2)
    for number in range(4):
        given_up(endpoint, at=noon + number * HOUR)
    now = noon + 5 * HOUR

    came_of_it = [replay_not_taken(endpoint, noon, now=now) for _ in range(2)]

    assert came_of_it == [Replayed(3, 0, 1), Replayed(1, 0, 0)]
    owed = WebhookDelivery.objects.order_by("owed_at").values_list("retry_at", flat=True)
    assert [at - now for at in owed] == [timedelta(0), timedelta(0), replaying.PAUSE, timedelta(0)]


@pytest.mark.django_db
def test_what_the_company_may_no_longer_see_is_not_posted_again(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    withdrawn, between = given_up(endpoint, at=noon), owe_message(endpoint, now=noon)
    send_webhook(between.pk, now=noon)
    withdraw(withdrawn)

    one = replay(endpoint, withdrawn.pk, now=noon + HOUR)
    all_of_them = replay_not_taken(endpoint, noon, now=noon + HOUR)
    replay(endpoint, between.pk, now=noon + HOUR)
    withdraw(between)
    send_webhook(between.pk, now=noon + HOUR)

    assert (one, all_of_them) == (Replay.NOT_VISIBLE, Replayed(0, 1, 0))
    assert len(system.posted) == 1
    between.refresh_from_db()
    assert (between.taken_at, between.dropped_because) == (noon, "")


@pytest.mark.django_db
def test_a_test_is_not_posted_again(endpoint: WebhookEndpoint, noon: datetime) -> None:
    test = WebhookDeliveryFactory.create(endpoint=endpoint, kind="test", given_up_at=noon, owed_at=noon)

    with pytest.raises(NoSuchMessage):
        replay(endpoint, test.pk, now=noon)
    assert replay_not_taken(endpoint, noon, now=noon) == Replayed(0, 0, 0)


@pytest.mark.django_db
def test_one_that_is_switched_off_says_so(owner: Client, endpoint: WebhookEndpoint, noon: datetime) -> None:
    delivery = given_up(endpoint, at=noon)
    endpoints.switch_off(endpoint, WebhookEndpoint.DisabledBecause.ASKED, now=noon)
    at = f"/webhooks/{endpoint.pk}/"

    pressed = [
        owner.post(f"{at}{delivery.pk}/replay/", follow=True),
        owner.post(f"{at}replay/", {"since": "2026-11-20T08:00"}, follow=True),
    ]

    for answer in pressed:
        assert "Switch it on first" in answer.content.decode()
    delivery.refresh_from_db()
    assert delivery.given_up_at == noon


@pytest.mark.django_db
def test_the_page_says_what_came_of_it(owner: Client, endpoint: WebhookEndpoint, noon: datetime) -> None:
    given_up(endpoint, at=noon)
    withdraw(given_up(endpoint, at=noon))
    at = f"/webhooks/{endpoint.pk}/"

    page = owner.get(at).content.decode()
    done = owner.post(f"{at}replay/", {"since": "2026-11-20T08:00"}, follow=True).content.decode()
    nonsense = owner.post(f"{at}replay/", {"since": "yesterday"})

    assert "2 messages weren't taken" in page.replace("&#x27;", "'")
    assert "1 message is posted again" in done
    assert "1 message is about something that is no longer disclosed to you" in done
    assert nonsense.status_code == 422
    assert "since_error" in nonsense.content.decode()


@pytest.mark.django_db
def test_another_companys_messages_are_nowhere(
    owner: Client, endpoint: WebhookEndpoint, noon: datetime
) -> None:
    """Not even under an endpoint of one's own."""
    theirs = given_up(WebhookEndpointFactory.create(), at=noon)
    addresses = [
        f"/webhooks/{endpoint.pk}/{theirs.pk}/replay/",
        f"/webhooks/{theirs.endpoint_id}/{theirs.pk}/replay/",
        f"/webhooks/{theirs.endpoint_id}/replay/",
    ]

    answered = [owner.post(each, {"since": "2026-11-20T08:00"}).status_code for each in addresses]

    assert answered == [404] * 3
    theirs.refresh_from_db()
    assert theirs.given_up_at == noon


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_owe_it_once_and_none_waits_for_a_post(
    endpoint: WebhookEndpoint, noon: datetime
) -> None:
    delivery = given_up(endpoint, at=noon)
    with held_by_another(WebhookDelivery.objects.all()):
        while_posted = replay(endpoint, delivery.pk, now=noon)

    asked = at_once(lambda _: replay(endpoint, delivery.pk, now=noon), range(8))

    assert while_posted == Replay.ON_ITS_WAY
    assert asked.count(Replay.OWED) == 1
