"""What a company follows, saved searches and topics come in the same one mail; opportunities can be muted."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core import mail
from django.test import Client

from matching.delivery import links
from matching.delivery.subscribing import MailWish, save_wish
from matching.models import CapabilityProfile, DeliveredOpportunity, Mute, Recipient, Subscription
from matching.services import end_search, follow_opportunity
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.services import write_search_entries
from portal.accounts.models import Company, User
from tests.factories.matching import MatchFactory, RecipientFactory, SavedSearchFactory
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send

TODAY = date(2026, 11, 20)  # a Friday, as noon is
MONDAY = 3 * DAY  # after it
WANTED = MailWish(is_off=False)


def tender(water: CapabilityProfile, *, now: datetime, **facts: object) -> Opportunity:
    """Disclosed the day before, and far below what any profile asks for."""
    found = add_match(water, now=now, score=1, **facts).opportunity
    write_search_entries([found.pk])
    return found


def told() -> list[tuple[str, str]]:
    lines = DeliveredOpportunity.objects.order_by("pk")
    return list(lines.values_list("opportunity__title", "section"))


def test_a_saved_search_tells_what_is_new_since_and_what_changes(
    alice: User, water: CapabilityProfile, noon: datetime
) -> None:
    search = SavedSearchFactory.create(company=water.company, by=alice, query="stage=tender", name="Tenders")
    old = tender(water, now=noon, title="Known already")
    save_wish(alice, search, WANTED, now=noon)
    tender(water, now=noon + 2 * DAY, title="New since")
    move_deadline(old, noon + 40 * DAY)

    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)
    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)

    assert told() == [("Known already", "changed"), ("New since", "new")]
    [message] = mail.outbox
    assert str(message.body).startswith("Tenders\n")


def test_all_that_a_search_finds_is_told_in_time_and_not_the_first_alone(
    alice: User, water: CapabilityProfile, noon: datetime
) -> None:
    """Others tell the first page of what is found, and count the rest as seen."""
    search = SavedSearchFactory.create(company=water.company, by=alice, query="stage=tender")
    save_wish(alice, search, WANTED, now=noon - 2 * DAY)
    for number in range(53):
        tender(water, now=noon, title=f"Tender {number}")

    owe_and_send(TODAY, now=noon)
    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)

    assert len({title for title, _ in told()}) == len(told()) == 53


def test_a_new_title_alone_tells_nothing_again(alice: User, water: CapabilityProfile, noon: datetime) -> None:
    search = SavedSearchFactory.create(company=water.company, by=alice, query="stage=tender")
    save_wish(alice, search, WANTED, now=noon - 2 * DAY)
    found = tender(water, now=noon, title="Sensors")
    owe_and_send(TODAY, now=noon)
    Opportunity.objects.filter(pk=found.pk).update(title="Smart sensors")

    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)

    assert len(told()) == 1


def test_what_is_followed_tells_changes_and_that_it_closes_and_nothing_else(
    alice: User, vallar: Company, water: CapabilityProfile, noon: datetime
) -> None:
    moved, quiet, soon, called_off = (
        tender(water, now=noon, title=title, submission_deadline=noon + days * DAY)
        for title, days in (("Moved", 20), ("Quiet", 20), ("Soon", 8), ("Called off", 20))
    )
    for each in (moved, quiet, soon, called_off):
        follow_opportunity(each.pk, company=vallar, by=alice, now=noon)
    tender(water, now=noon, title="Not followed")
    save_wish(alice, vallar, WANTED, now=noon)
    owe_and_send(TODAY, now=noon)
    assert told() == []
    move_deadline(moved, noon + 30 * DAY)

    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)

    assert told() == [("Moved", "changed"), ("Soon", "closing")]


def test_one_opportunity_stands_once_however_many_ask_for_it(
    alice: User, vallar: Company, water: CapabilityProfile, noon: datetime
) -> None:
    search = SavedSearchFactory.create(company=vallar, by=alice, query="stage=tender")
    for about in (water, search, vallar):
        save_wish(alice, about, WANTED, now=noon - 2 * DAY)
    found = tender(water, now=noon, title="Sensors")
    water.matches.update(score=80)
    follow_opportunity(found.pk, company=vallar, by=alice, now=noon)

    owe_and_send(TODAY, now=noon)
    move_deadline(found, noon + 30 * DAY)
    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)

    assert told() == [("Sensors", "new"), ("Sensors", "changed")]
    assert len(mail.outbox) == 2


def test_what_is_muted_stands_in_no_mail_until_it_is_wanted_again(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon, title="Sensors")
    owe_and_send(TODAY, now=noon)
    address = links.mute_path(subscription.recipient_id, match.opportunity_id)
    assert address in str(mail.outbox[0].body)
    stranger = Client(enforce_csrf_checks=True)

    assert "Sensors" in stranger.get(address).content.decode()
    assert not Mute.objects.exists()
    stranger.post(address)
    stranger.post(address)
    move_deadline(match.opportunity, noon + 30 * DAY)
    owe_and_send(TODAY + MONDAY, now=noon + MONDAY)
    assert len(mail.outbox) == 1

    stranger.post(address, {"resume": "1"})
    owe_and_send(TODAY + 4 * DAY, now=noon + 4 * DAY)
    assert mail.outbox[1].subject == "1 deadline moved – Sensors"


def test_a_forged_address_mutes_nothing(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon)
    token = links.mute_token(subscription.recipient_id, match.opportunity_id)

    assert Client().post(f"/mail/mute/9{token}/").status_code == 404
    assert Client().post(f"/mail/mute/{links.unsubscribe_token(subscription.pk)}/").status_code == 404
    assert not Mute.objects.exists()


@pytest.mark.parametrize("happens", ["search ended", "left the company", "not approved", "shut out"])
def test_what_belongs_to_a_company_is_for_its_people_alone(
    happens: str, alice: User, vallar: Company, water: CapabilityProfile, noon: datetime
) -> None:
    search = SavedSearchFactory.create(company=vallar, by=alice, query="stage=tender")
    save_wish(alice, search, WANTED, now=noon - 2 * DAY)
    tender(water, now=noon)
    if happens == "search ended":
        end_search(search, now=noon)
    elif happens == "left the company":
        alice.memberships.all().delete()
    elif happens == "not approved":
        Company.objects.update(approved_at=None)
    else:
        User.objects.update(is_active=False)

    owe_and_send(TODAY, now=noon)

    assert mail.outbox == []


def test_topics_reach_a_person_without_an_account(water: CapabilityProfile, noon: datetime) -> None:
    reader = RecipientFactory.create(user=None, email="dora@example.net", language="en")
    Subscription.objects.create(
        recipient=reader,
        kind="topics",
        query="stage=tender&state=MH&state=GJ",
        created_at=noon - 2 * DAY,
    )
    tender(water, now=noon, title="In Pune", state="MH", city="Pune")
    tender(water, now=noon, title="In Kochi", state="KL")
    tender(water, now=noon, title="Planned", state="MH", stage=Stage.DPR)
    tender(water, now=noon, title="Held back", state="MH", disclosed_from=noon + 9 * DAY)
    tender(water, now=noon, title="For some members", state="MH", audience_domains=["water-supply"])
    tender(water, now=noon, title="For a county", state="MH", audience_regions=["01"])

    owe_and_send(TODAY, now=noon)

    [message] = mail.outbox
    assert message.to == ["dora@example.net"]
    assert told() == [("In Pune", "new")]


def test_one_row_a_person_and_one_subscription_to_each_thing(
    alice: User, vallar: Company, water: CapabilityProfile, noon: datetime
) -> None:
    for _ in range(2):
        save_wish(alice, water, WANTED, now=noon)
        save_wish(alice, vallar, MailWish(is_off=False, weekday=2), now=noon)

    assert Recipient.objects.count() == 1
    kinds = Subscription.objects.order_by("kind").values_list("kind", "weekday")
    assert list(kinds) == [("follows", 2), ("profile", None)]


def test_whoever_begins_with_a_profile_hears_of_what_is_followed_until_they_say_no(
    alice: User, vallar: Company, water: CapabilityProfile, noon: datetime
) -> None:
    save_wish(alice, water, WANTED, now=noon)
    save_wish(alice, vallar, MailWish(is_off=True), now=noon)

    save_wish(alice, water, MailWish(is_off=False, weekday=0), now=noon)

    assert Subscription.objects.get(kind="follows").ended_at == noon


def test_a_match_that_is_muted_isnt_told_of_by_another_profile(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon)
    Mute.objects.create(recipient=subscription.recipient, opportunity=match.opportunity, created_at=noon)
    MatchFactory.create(opportunity=match.opportunity)

    owe_and_send(TODAY, now=noon)

    assert mail.outbox == []
