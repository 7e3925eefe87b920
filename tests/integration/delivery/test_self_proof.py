"""Whoever waits for mail is told where none can come, and what an earlier profile has missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from matching.delivery.dead_rules import Why, count_dead_rules, dead_rules
from matching.models import CapabilityProfile, Mute, Subscription
from opportunities.services import write_search_entries
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, SavedSearchFactory, SubscriptionFactory
from tests.integration.delivery.world import DAY, add_match, owe_and_send


def found(person: User, *, now: datetime) -> list[tuple[str, int]]:
    return [(rule.why, rule.best) for rule in dead_rules(person, now=now)]


def test_a_subscription_that_tells_is_not_named(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)

    assert found(alice, now=noon) == []
    assert count_dead_rules().total == 0


def test_a_threshold_above_anything_ever_scored_is_named_with_the_best(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    assert found(alice, now=noon) == [(Why.NOTHING_FITS, 0)]
    add_match(subscription.profile, now=noon, score=64)
    Subscription.objects.update(minimum_score=90)

    assert found(alice, now=noon) == [(Why.TOO_HIGH, 64)]
    assert count_dead_rules().too_high == 1


def test_what_is_retired_or_followed_by_nobody_or_found_by_nothing_is_named(
    subscription: Subscription, water: CapabilityProfile, alice: User, noon: datetime
) -> None:
    tender = add_match(water, now=noon).opportunity
    write_search_entries([tender.pk])
    CapabilityProfile.objects.update(retired_at=noon)
    company = water.company
    SubscriptionFactory.create(user=alice, kind="follows", profile=None, company=company)
    for query in ("stage=tender", "city=Atlantis"):
        search = SavedSearchFactory.create(company=company, by=alice, query=query, name=query)
        SubscriptionFactory.create(user=alice, kind="search", profile=None, saved_search=search)

    named = {rule.name: rule.why for rule in dead_rules(alice, now=noon)}

    assert named == {
        "Water": Why.CLOSED,
        f"What {company.name} follows": Why.NOTHING_FOLLOWED,
        "city=Atlantis": Why.NOTHING_FOUND,
    }
    counts = count_dead_rules()
    assert (counts.closed, counts.nothing_followed, counts.total) == (1, 1, 2)


def test_all_muted_is_named_until_something_else_comes(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon)
    Mute.objects.create(recipient=subscription.recipient, opportunity=match.opportunity, created_at=noon)
    muted = found(alice, now=noon)
    add_match(subscription.profile, now=noon)

    assert muted == [(Why.ALL_MUTED, 0)]
    assert found(alice, now=noon) == []


def test_the_page_says_why_and_what_helps(
    subscription: Subscription, alice: User, client: Client, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon, score=64)
    Subscription.objects.update(minimum_score=90)
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")

    page = client.get("/notifications/", headers={"Accept-Language": "en"}).content.decode()

    assert "You ask for 90 points, and nothing has ever got more than 64." in page


def test_what_the_profile_would_have_told_is_listed_unless_it_was_told(
    water: CapabilityProfile, subscription: Subscription, alice: User, client: Client
) -> None:
    now = timezone.now()
    title = "Sensors and systems for drinking-water networks"
    add_match(water, now=now, title=f"{title}: told")
    owe_and_send(now.date(), now=now)
    other = CapabilityProfileFactory.create()
    closed = add_match(other, now=now, title=f"{title}: closed", submission_deadline=now - timedelta(hours=1))
    add_match(
        other, now=now, title=f"{title}: long ago", recorded_at=now - 90 * DAY, disclosed_from=now - 90 * DAY
    )
    add_match(other, now=now, title=f"{title}: hidden", disclosed_from=None)
    write_search_entries(list(type(closed.opportunity).objects.values_list("pk", flat=True)))
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(f"/notifications/{water.pk}/missed/")

    assert [(each.title, each.is_open) for each in page.context["missed"].found] == [
        (f"{title}: closed", False)
    ]
