"""What happens, told to a member's own system over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from matching.delivery.webhooks import endpoints
from matching.delivery.webhooks.owing import owe_webhooks
from matching.delivery.webhooks.sending import PATIENCE, WAITS, send_webhook
from matching.delivery.webhooks.telling import tell_owners, untold_endpoints
from matching.models import CapabilityProfile, WebhookDelivery, WebhookEndpoint
from opportunities.compile import Change
from portal.accounts.models import Company, User
from tests.at_once import at_once, held_by_another
from tests.factories.matching import FollowFactory, VerdictFactory
from tests.integration.delivery.world import add_match, move_deadline, revise
from tests.integration.sending.owed import owe_message
from tests.integration.sending.receiver import Receiver, receiver, says

Kind = WebhookEndpoint.Kind
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def system(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    with receiver() as taken:
        yield taken


@pytest.fixture
def made(system: Receiver, vallar: Company, alice: User, noon: datetime) -> endpoints.MadeSecret:
    """Vallar's system, which listens since ten days ago."""
    return endpoints.add_endpoint(vallar, system.address, list(Kind), by=alice, now=noon - 10 * DAY)


@pytest.fixture
def endpoint(made: endpoints.MadeSecret) -> WebhookEndpoint:
    return made.endpoint


def run(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """As the sweeps do."""
    owe_webhooks(endpoint.pk, now=now)
    for pk in WebhookDelivery.objects.due_at(now).order_by("pk").values_list("pk", flat=True):
        send_webhook(pk, now=now)


def told(system: Receiver) -> list[str]:
    return [json.loads(each.body)["type"] for each in system.posted]


@pytest.mark.django_db
def test_a_new_match_is_posted_once_and_signed(
    made: endpoints.MadeSecret, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    match = add_match(water, now=noon, title="Water-quality sensors", score=81)

    run(made.endpoint, now=timezone.now())
    run(made.endpoint, now=timezone.now())

    [posted] = system.posted
    said = Webhook(made.secret).verify(posted.body, posted.headers)
    assert said["type"] == "match.new"
    assert said["data"]["opportunity"]["id"] == match.opportunity_id
    assert said["data"]["opportunity"]["title"] == "Water-quality sensors"
    assert said["data"]["matches"] == [{"profile_id": water.pk, "profile": "Water", "score": 81}]
    assert WebhookDelivery.objects.get().taken_at is not None


@pytest.mark.django_db
def test_a_change_that_matters_is_posted_with_what_it_was(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    match = add_match(water, now=noon)
    run(endpoint, now=noon)
    revise(match.opportunity, Change("title", "Sensors", "Sensors, supply of"))
    run(endpoint, now=noon + HOUR)
    move_deadline(match.opportunity, noon + 40 * DAY)
    run(endpoint, now=noon + 2 * HOUR)
    run(endpoint, now=noon + 3 * HOUR)

    assert told(system) == ["match.new", "opportunity.changed"]
    [change] = json.loads(system.posted[1].body)["data"]["changes"]
    assert change["field"] == "submission_deadline"
    assert change["before"]["at"].startswith("2026-12-10")
    assert change["after"]["at"].startswith("2026-12-30")


@pytest.mark.django_db
def test_what_stood_before_is_not_told_but_its_later_changes_are(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, vallar: Company, noon: datetime
) -> None:
    old = add_match(water, now=noon - 30 * DAY, submission_deadline=noon + 9 * DAY)
    old.first_matched_at = noon - 30 * DAY
    old.save(update_fields=["first_matched_at"])
    followed = add_match(water, now=noon - 30 * DAY, score=1, submission_deadline=noon + 9 * DAY)
    FollowFactory.create(company=vallar, opportunity=followed.opportunity, created_at=noon - 20 * DAY)
    run(endpoint, now=noon)
    before = told(system)

    move_deadline(old.opportunity, noon + 30 * DAY)
    move_deadline(followed.opportunity, noon + 30 * DAY)
    run(endpoint, now=noon + HOUR)

    assert before == []
    assert told(system) == ["opportunity.changed"] * 2


@pytest.mark.django_db
def test_what_fits_too_little_or_was_dismissed_is_not_told(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    add_match(water, now=noon, score=water.minimum_score - 1)
    dismissed = add_match(water, now=noon)
    VerdictFactory.create(profile=water, opportunity=dismissed.opportunity)

    run(endpoint, now=noon)

    assert system.posted == []


@pytest.mark.django_db
def test_only_the_chosen_kinds_are_told(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    endpoints.choose_kinds(endpoint, [Kind.PROJECT_TENDERED])
    add_match(water, now=noon)

    run(endpoint, now=noon)

    assert system.posted == []


@pytest.mark.django_db
def test_what_is_withdrawn_before_it_is_posted_stays_untold(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    opportunity = add_match(water, now=noon).opportunity
    owe_webhooks(endpoint.pk, now=noon)
    opportunity.disclosed_from = None
    opportunity.save(update_fields=["disclosed_from"])
    run(endpoint, now=noon)
    withdrawn = list(system.posted)
    opportunity.disclosed_from = noon + HOUR
    opportunity.save(update_fields=["disclosed_from"])
    run(endpoint, now=noon + 2 * HOUR)

    assert withdrawn == []
    assert told(system) == ["match.new"]


@pytest.mark.django_db
def test_what_is_not_taken_waits_longer_each_time_for_two_days_and_then_the_owners_are_told(
    endpoint: WebhookEndpoint, system: Receiver, alice: User, bob: User, noon: datetime
) -> None:
    system.answers = [says(500)] * 20
    delivery = owe_message(endpoint, now=noon)
    now, waits = noon, []
    for _ in WAITS:
        send_webhook(delivery.pk, now=now)
        delivery.refresh_from_db()
        waits.append(delivery.retry_at - now)
        now = delivery.retry_at
    endpoint.refresh_from_db()
    before = endpoint.disabled_at
    send_webhook(delivery.pk, now=now)

    assert tuple(waits) == WAITS
    assert (before, now - noon) == (None, PATIENCE)
    assert timedelta(days=2) == PATIENCE
    endpoint.refresh_from_db()
    assert endpoint.disabled_because == WebhookEndpoint.DisabledBecause.FAILED
    assert [tell_owners(pk, now=now) for pk in [*untold_endpoints(), endpoint.pk]] == [1, 0]
    assert [message.to for message in mail.outbox] == [[alice.email]]
    assert f"/webhooks/{endpoint.pk}/" in str(mail.outbox[0].body)


@pytest.mark.django_db
def test_one_that_is_taken_again_is_trusted_again(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    system.answers = [says(503)]
    delivery = owe_message(endpoint, now=noon)

    taken = [send_webhook(delivery.pk, now=at) for at in (noon, noon, noon + WAITS[0])]

    assert taken == [False, False, True]
    assert len({each.headers["webhook-id"] for each in system.posted}) == 1
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.failures) == (None, 0)


@pytest.mark.django_db
def test_one_message_that_is_refused_does_not_hold_up_the_others(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    system.answers = [says(400, b"unknown type")]
    refused, fine = (owe_message(endpoint, now=noon) for _ in range(2))

    assert [send_webhook(pk, now=noon) for pk in (refused.pk, fine.pk)] == [False, True]
    refused.refresh_from_db()
    assert (refused.status, refused.answer) == (400, "unknown type")


@pytest.mark.django_db
def test_a_system_that_is_down_is_not_asked_for_each_message(
    endpoint: WebhookEndpoint, system: Receiver, noon: datetime
) -> None:
    system.answers = [says(502)] * 9
    owed = [owe_message(endpoint, now=noon) for _ in range(5)]

    for delivery in owed:
        send_webhook(delivery.pk, now=noon)

    assert len(system.posted) == 1


@pytest.mark.django_db
def test_one_that_is_gone_is_never_asked_again_until_it_is_switched_on(
    endpoint: WebhookEndpoint, system: Receiver, water: CapabilityProfile, noon: datetime
) -> None:
    system.answers = [says(410)]
    delivery = owe_message(endpoint, now=noon)
    send_webhook(delivery.pk, now=noon)
    add_match(water, now=noon)
    run(endpoint, now=noon + DAY)
    while_off = len(system.posted)
    endpoints.switch_on(endpoint, now=noon + DAY)
    run(endpoint, now=noon + DAY)

    assert while_off == 1
    assert told(system)[1:] == ["match.new"] * 2


@pytest.mark.django_db
def test_two_secrets_sign_for_a_day(made: endpoints.MadeSecret, system: Receiver) -> None:
    now = timezone.now()
    newer = endpoints.new_secret(made.endpoint, now=now - HOUR)
    send_webhook(owe_message(made.endpoint, now=now).pk, now=now)
    endpoints.revoke_older_secrets(made.endpoint, now=now)
    send_webhook(owe_message(made.endpoint, now=now).pk, now=now)

    both, latest = system.posted
    for secret in (made.secret, newer.secret):
        Webhook(secret).verify(both.body, both.headers)
    Webhook(newer.secret).verify(latest.body, latest.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(latest.body, latest.headers)
    kept = str(list(made.endpoint.secrets.values()))
    assert made.secret.removeprefix("whsec_") not in kept


@pytest.mark.django_db
def test_a_company_has_an_address_once_and_five_at_most(vallar: Company, alice: User, noon: datetime) -> None:
    def add(name: str) -> None:
        endpoints.add_endpoint(vallar, f"https://{name}.example.org/", [Kind.MATCH_NEW], by=alice, now=noon)

    for number in range(4):
        add(str(number))
    with pytest.raises(endpoints.AddressTaken):
        add("0")
    add("5")
    with pytest.raises(endpoints.TooManyEndpoints):
        add("6")


@pytest.mark.django_db(transaction=True)
def test_eight_senders_post_once(endpoint: WebhookEndpoint, system: Receiver, noon: datetime) -> None:
    delivery = owe_message(endpoint, now=noon)

    taken = at_once(lambda _: send_webhook(delivery.pk, now=noon), range(16))

    assert (taken.count(True), len(system.posted)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_owe_it_once_and_one_leaves_what_another_has(
    endpoint: WebhookEndpoint, water: CapabilityProfile, noon: datetime
) -> None:
    add_match(water, now=noon)
    with held_by_another(WebhookEndpoint.objects.all()):
        while_held = owe_webhooks(endpoint.pk, now=noon)

    at_once(lambda _: owe_webhooks(endpoint.pk, now=noon), range(16))

    assert while_held == 0
    assert WebhookDelivery.objects.count() == 1
