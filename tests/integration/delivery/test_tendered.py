"""A project that a company follows has come to a tender: its people's next digest says so, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from matching.delivery.alerting import owe_alerts
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.delivery.subscribing import MailWish, save_wish
from matching.models import CapabilityProfile, DeliveredProject, Delivery, Mute, Subscription
from matching.services import follow_project, unfollow_project
from opportunities.models import Opportunity, Project
from opportunities.parsed_notice import Stage
from opportunities.services import disclose_opportunity, link_project, unlink_project, withdraw_disclosure
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, SubscriptionFactory
from tests.integration.delivery.world import DAY, owe_and_send
from tests.integration.projects.world import early, project_told_in, record, tender

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def project(noon: datetime, olga: User, alice: User, subscription: Subscription) -> Project:
    """Disclosed, and followed by Vallar."""
    save_wish(alice, alice.companies.get(), MailWish(is_off=False), now=noon - 5 * DAY)
    told = project_told_in(early(), at=noon - 5 * DAY)
    disclose_opportunity(told.opportunity_id, from_=noon - 4 * DAY, by=olga, now=noon - 4 * DAY)
    follow_project(told.pk, company=alice.companies.get(), by=alice, now=noon - 3 * DAY)
    return told


@pytest.fixture
def landed(noon: datetime) -> Opportunity:
    return record(tender(), at=noon - 2 * DAY)


def bodies() -> list[str]:
    return [str(message.body) for message in mail.outbox]


def test_a_confirmed_link_is_told_in_the_next_digest_and_once(
    project: Project, landed: Opportunity, noon: datetime, olga: User
) -> None:
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)

    for day in range(2):
        owe_and_send((noon + day * DAY).date(), now=noon + day * DAY)

    (body,) = bodies()
    assert "Now tendered: projects that you follow (1)" in body
    assert landed.title in body
    assert f"Known to you as {project.title}" in body
    assert f"Buyer: {landed.buyer_name}" in body
    assert mail.outbox[0].subject.startswith("1 followed project tendered")
    assert f"/opportunities/{landed.pk}/" in body


def test_a_process_that_goes_to_tender_itself_is_told_as_well(project: Project, noon: datetime) -> None:
    project_told_in(early(18, stage=Stage.TENDER), at=noon - HOUR)

    owe_and_send(noon.date(), now=noon)

    assert "Now tendered" in bodies()[0]


@pytest.mark.parametrize("first", ["digest", "alert"])
def test_neither_the_project_nor_its_tender_is_told_again_elsewhere(
    first: str, project: Project, landed: Opportunity, noon: datetime, olga: User, alice: User
) -> None:
    profile = CapabilityProfile.objects.get(company=alice.companies.get())
    MatchFactory.create(profile=profile, opportunity=project.opportunity, score=70)
    MatchFactory.create(profile=profile, opportunity=landed, score=83)
    disclose_opportunity(landed.pk, from_=noon - 2 * DAY, by=olga, now=noon - 2 * DAY)
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)

    if first == "alert":
        owe_alerts(now=noon)
    for day in range(2):
        owe_and_send((noon + day * DAY).date(), now=noon + day * DAY)

    (body,) = bodies()
    assert "Now tendered: projects that you follow (1)" in body
    assert (body.count(landed.title), body.count(project.title)) == (1, 1)
    assert f"Fit 83 of 100 · known to you as {project.title}" in body
    assert not [title for title in ("Early stage (", "New (") if title in body]


def test_a_person_with_two_profiles_is_told_in_one_mail(
    project: Project, landed: Opportunity, noon: datetime, olga: User, alice: User
) -> None:
    other = CapabilityProfileFactory.create(company=alice.companies.get())
    SubscriptionFactory.create(user=alice, profile=other)
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)

    owe_and_send(noon.date(), now=noon)

    assert len([body for body in bodies() if "Now tendered" in body]) == 1


@pytest.mark.parametrize("happens", ["unlinked", "withdrawn", "unfollowed"])
def test_what_no_longer_holds_when_it_is_sent_is_not_sent(
    happens: str, project: Project, landed: Opportunity, noon: datetime, olga: User, alice: User
) -> None:
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)
    owe_daily_digests(noon.date(), now=noon)
    if happens == "unlinked":
        unlink_project(project.pk, landed.pk, because="", by=olga, now=noon)
    elif happens == "withdrawn":
        withdraw_disclosure(landed.pk, by=olga, now=noon)
    else:
        unfollow_project(project.pk, company=alice.companies.get(), now=noon)

    sent = [send_delivery(delivery.pk, now=noon + HOUR) for delivery in Delivery.objects.all()]

    assert (sent, mail.outbox, DeliveredProject.objects.count()) == ([False], [], 0)


@pytest.mark.parametrize("muted", ["tender", "project"])
@pytest.mark.parametrize("when", ["before", "after it was owed"])
def test_who_muted_the_tender_or_the_project_is_told_nothing_of_it(
    when: str, muted: str, project: Project, landed: Opportunity, noon: datetime, olga: User, alice: User
) -> None:
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)
    if when == "after it was owed":
        owe_daily_digests(noon.date(), now=noon)
    unwanted = landed if muted == "tender" else project.opportunity
    Mute.objects.create(recipient=alice.recipient, opportunity=unwanted, created_at=noon)

    owe_and_send(noon.date(), now=noon)

    assert bodies() == []


def test_who_follows_what_is_tendered_already_is_told_nothing_new(
    landed: Opportunity, noon: datetime, olga: User, alice: User, subscription: Subscription
) -> None:
    del subscription
    told = project_told_in(early(), at=noon - 5 * DAY)
    disclose_opportunity(told.opportunity_id, from_=noon - 4 * DAY, by=olga, now=noon - 4 * DAY)
    link_project(told.pk, landed.pk, by=olga, now=noon - 2 * DAY)
    follow_project(told.pk, company=alice.companies.get(), by=alice, now=noon - HOUR)

    owe_and_send(noon.date(), now=noon)

    assert bodies() == []


def test_a_competitor_who_does_not_follow_is_told_nothing(
    project: Project, landed: Opportunity, noon: datetime, olga: User, charlie: User
) -> None:
    theirs = CapabilityProfileFactory.create(company=charlie.companies.get())
    SubscriptionFactory.create(user=charlie, profile=theirs)
    link_project(project.pk, landed.pk, by=olga, now=noon - HOUR)

    owe_and_send(noon.date(), now=noon)

    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
