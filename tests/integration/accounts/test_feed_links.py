"""A feed's address opens it for whoever holds it, as long as its person may see what is in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.feed_links import (
    MadeFeedLink,
    feed_links_of,
    feed_of,
    make_feed_link,
    note_use,
    revoke_feed_link,
)
from portal.accounts.models import Company, FeedLink, User
from tests.at_once import at_once

CALENDAR, ATOM = FeedLink.Kind.CALENDAR, FeedLink.Kind.ATOM
HOUR = timedelta(hours=1)


@pytest.fixture
def made(alice: User, vallar: Company, noon: datetime) -> MadeFeedLink:
    """Alice's calendar."""
    return make_feed_link(user=alice, company=vallar, kind=CALENDAR, now=noon)


def test_a_token_opens_its_feed(made: MadeFeedLink, alice: User, vallar: Company) -> None:
    found = feed_of(made.token, kind=CALENDAR)

    assert found is not None
    assert (found.user, found.company, found.about) == (alice, vallar, "")


def test_the_token_is_nowhere_in_the_database(made: MadeFeedLink) -> None:
    stored = FeedLink.objects.filter(pk=made.link.pk).values_list()[0]

    assert made.token not in map(str, stored)
    assert made.token not in repr(made)
    assert len(made.token) > 40


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "\x00", "å"])
@pytest.mark.usefixtures("made")
def test_an_unknown_token_opens_nothing(token: str) -> None:
    assert feed_of(token, kind=CALENDAR) is None


def test_a_calendars_token_opens_no_other_feed(made: MadeFeedLink) -> None:
    assert feed_of(made.token, kind=ATOM) is None


def _leaves(user: User) -> None:
    user.memberships.all().delete()


def _is_deactivated(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def _loses_its_company(user: User) -> None:
    user.companies.update(approved_at=None)


@pytest.mark.parametrize("goes", [_leaves, _is_deactivated, _loses_its_company])
def test_whoever_goes_loses_it_at_once(goes: Callable[[User], None], made: MadeFeedLink, alice: User) -> None:
    goes(alice)

    assert feed_of(made.token, kind=CALENDAR) is None


def test_a_revoked_address_is_closed_for_good(made: MadeFeedLink, alice: User, noon: datetime) -> None:
    assert revoke_feed_link(made.link.pk, user=alice, now=noon + HOUR)
    assert revoke_feed_link(made.link.pk, user=alice, now=noon + 2 * HOUR)

    made.link.refresh_from_db()
    assert made.link.revoked_at == noon + HOUR
    assert feed_of(made.token, kind=CALENDAR) is None


def test_nobody_revokes_a_colleagues_address(made: MadeFeedLink, bob: User, noon: datetime) -> None:
    assert not revoke_feed_link(made.link.pk, user=bob, now=noon)

    assert feed_of(made.token, kind=CALENDAR) is not None


def test_a_new_address_takes_the_place_of_the_old(
    made: MadeFeedLink, alice: User, vallar: Company, noon: datetime
) -> None:
    again = make_feed_link(user=alice, company=vallar, kind=CALENDAR, now=noon + HOUR)

    assert feed_of(made.token, kind=CALENDAR) is None
    assert feed_of(again.token, kind=CALENDAR) == again.link


def test_feeds_about_other_things_live_side_by_side(
    made: MadeFeedLink, alice: User, bob: User, vallar: Company, noon: datetime
) -> None:
    later = noon + HOUR
    other = make_feed_link(user=alice, company=vallar, kind=CALENDAR, about="70", now=later)
    make_feed_link(user=alice, company=vallar, kind=ATOM, about="70", now=later)
    make_feed_link(user=bob, company=vallar, kind=CALENDAR, now=later)

    assert feed_links_of(alice, vallar, CALENDAR) == [other.link, made.link]


def test_nobody_gets_an_address_for_a_company_they_dont_act_for(
    charlie: User, vallar: Company, noon: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        make_feed_link(user=charlie, company=vallar, kind=CALENDAR, now=noon)

    assert not FeedLink.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_made_at_once_one_lives(alice: User, vallar: Company, noon: datetime) -> None:
    made = at_once(lambda _: make_feed_link(user=alice, company=vallar, kind=CALENDAR, now=noon), range(8))

    assert len([each for each in made if feed_of(each.token, kind=CALENDAR)]) == 1


@pytest.mark.parametrize(("passed", "noted"), [(timedelta(minutes=59), False), (HOUR, True)])
def test_use_is_noted_to_the_hour(
    passed: timedelta, *, noted: bool, made: MadeFeedLink, noon: datetime
) -> None:
    note_use(made.link, now=noon)
    made.link.refresh_from_db()

    note_use(made.link, now=noon + passed)

    made.link.refresh_from_db()
    assert made.link.last_used_at == (noon + passed if noted else noon)
