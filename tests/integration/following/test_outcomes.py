"""What companies tell has become of what they follow: their own, changeable, and never without its trace."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from matching.models import Outcome
from matching.services import ToldOutcome, tell_outcome, unfollow_opportunity
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.matching import FollowFactory
from tests.factories.opportunities import OpportunityFactory


@pytest.fixture
def followed(vallar: Company, alice: User, noon: datetime) -> Opportunity:
    opportunity = OpportunityFactory.create(disclosed_from=noon)
    FollowFactory.create(company=vallar, opportunity=opportunity, by=alice, created_at=noon)
    return opportunity


def _standing() -> list[tuple[str, str]]:
    return list(Outcome.objects.standing().values_list("stage", "reason"))


def test_telling_the_same_twice_is_telling_it_once(
    followed: Opportunity, vallar: Company, alice: User, bob: User, noon: datetime
) -> None:
    for person in (alice, bob):
        assert tell_outcome(followed.pk, ToldOutcome("bid"), company=vallar, by=person, now=noon)

    assert [(row.stage, row.told_by) for row in Outcome.objects.all()] == [("bid", alice)]


def test_what_was_told_before_stays_as_a_trace(
    followed: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    hour = timedelta(hours=1)
    tell_outcome(followed.pk, ToldOutcome("bid"), company=vallar, by=alice, now=noon)
    tell_outcome(followed.pk, ToldOutcome("lost", "price"), company=vallar, by=alice, now=noon + hour)
    tell_outcome(followed.pk, ToldOutcome(""), company=vallar, by=alice, now=noon + 2 * hour)
    tell_outcome(followed.pk, ToldOutcome(""), company=vallar, by=alice, now=noon + 3 * hour)

    rows = Outcome.objects.values_list("stage", "reason", "replaced_at")
    assert list(rows) == [("bid", "", noon + hour), ("lost", "price", noon + 2 * hour)]
    assert _standing() == []


def test_only_what_ended_badly_has_a_reason(
    followed: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    tell_outcome(followed.pk, ToldOutcome("won", "price"), company=vallar, by=alice, now=noon)

    assert _standing() == [("won", "")]


def test_only_of_what_is_followed_and_may_be_known_is_anything_told(
    followed: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    bid = ToldOutcome("bid")
    unfollowed = OpportunityFactory.create(disclosed_from=noon)
    Opportunity.objects.filter(pk=followed.pk).update(disclosed_from=None)

    assert tell_outcome(unfollowed.pk, bid, company=vallar, by=alice, now=noon) is False
    assert tell_outcome(followed.pk, bid, company=vallar, by=alice, now=noon) is False
    assert tell_outcome(0, bid, company=vallar, by=alice, now=noon) is False


def test_what_was_told_outlasts_the_following(
    followed: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    tell_outcome(followed.pk, ToldOutcome("won"), company=vallar, by=alice, now=noon)

    unfollow_opportunity(followed.pk, company=vallar, now=noon)

    assert _standing() == [("won", "")]


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_tell_at_once_one_stands(
    followed: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    stages = ("bid", "won")
    at_once(
        lambda n: tell_outcome(followed.pk, ToldOutcome(stages[n % 2]), company=vallar, by=alice, now=noon),
        range(8),
    )

    assert Outcome.objects.standing().count() == 1


def test_the_pages_take_and_show_it_to_the_company_alone(
    client: Client, followed: Opportunity, vallar: Company, alice: User, bob: User, charlie: User, olga: User
) -> None:
    client.force_login(alice)
    page = f"/opportunities/{followed.pk}/"
    client.post(f"{page}outcome/", {"stage": "bid", "next": page})
    client.post(f"{page}outcome/", {"stage": "shortlisted", "next": page})

    seen = {}
    for person in (bob, charlie, olga):
        browser = Client()
        browser.force_login(person)
        seen[person.name] = browser.get(page).content.decode()

    client.force_login(alice)
    assert "<strong>We were shortlisted</strong>" in client.get("/followed/").content.decode()
    assert "Vi gick vidare" in seen["Bo Berg"] or "We were shortlisted" in seen["Bo Berg"]
    assert "shortlisted" not in seen["Charlie Cedergren"]
    assert "shortlisted" not in seen["Olga Öberg"]


def test_the_form_stands_where_it_is_followed_and_refuses_what_it_does_not_offer(
    client: Client, followed: Opportunity, alice: User, charlie: User
) -> None:
    client.force_login(alice)

    answer = client.post(f"/opportunities/{followed.pk}/outcome/", {"stage": "bribed"}, follow=True)

    assert "Choose one of the answers." in answer.content.decode()
    assert "How did it go?" in client.get(f"/opportunities/{followed.pk}/").content.decode()
    client.force_login(charlie)
    assert "How did it go?" not in client.get(f"/opportunities/{followed.pk}/").content.decode()
    assert client.post(f"/opportunities/{followed.pk}/outcome/", {"stage": "bid"}).status_code == 404
    assert _standing() == []
