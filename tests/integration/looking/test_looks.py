"""Up to where a person has read: safe to look again, one's own, and never further than was shown."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.models import LastLook
from matching.selectors import Visit, changed_for
from matching.services import mark_as_seen, note_look
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def sensors(db: None) -> Opportunity:
    return OpportunityFactory.create()


def tell_change(opportunity: Opportunity, *, number: int) -> None:
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=number)


def stored(person: User) -> Visit:
    row = LastLook.objects.get(person=person)
    return Visit(row.looked_at, row.shown_number, row.known_at, row.known_number)


def test_the_first_visit_knows_of_nothing_before(sensors: Opportunity, alice: User, noon: datetime) -> None:
    visit = note_look(sensors.pk, None, person=alice, number=3, now=noon)

    assert visit == stored(alice) == Visit(noon, 3, None, 3)


def test_a_reload_is_the_same_visit_and_writes_nothing(
    sensors: Opportunity, alice: User, noon: datetime
) -> None:
    first = note_look(sensors.pk, None, person=alice, number=3, now=noon)

    again = note_look(sensors.pk, first, person=alice, number=3, now=noon + timedelta(minutes=1))

    assert again == first == stored(alice)


def test_what_changes_between_two_visits_is_told_until_the_visit_is_over(
    sensors: Opportunity, alice: User, noon: datetime
) -> None:
    first = note_look(sensors.pk, None, person=alice, number=3, now=noon)
    morning = noon + 20 * HOUR

    visit = note_look(sensors.pk, first, person=alice, number=5, now=morning)
    for hours in (1, 7, 14):
        visit = note_look(sensors.pk, visit, person=alice, number=5, now=morning + hours * HOUR)
        assert (visit.known_at, visit.known_number) == (noon, 3)
    last = visit.looked_at

    visit = note_look(sensors.pk, visit, person=alice, number=5, now=morning + 23 * HOUR)

    assert visit == stored(alice) == Visit(morning + 23 * HOUR, 5, last, 5)


def test_what_was_seen_is_told_no_more_but_what_came_since_is(
    sensors: Opportunity, alice: User, noon: datetime
) -> None:
    first = note_look(sensors.pk, None, person=alice, number=3, now=noon)
    note_look(sensors.pk, first, person=alice, number=5, now=noon + 20 * HOUR)

    mark_as_seen(sensors.pk, person=alice, number=4, now=noon + 21 * HOUR)
    assert stored(alice).known_number == 4

    mark_as_seen(sensors.pk, person=alice, number=3, now=noon + 22 * HOUR)
    assert stored(alice).known_number == 4, "never goes back"

    mark_as_seen(sensors.pk, person=alice, number=9, now=noon + 22 * HOUR)
    assert stored(alice).known_number == 4, "nor past what was shown"


def test_an_opportunity_has_changed_for_those_alone_who_had_opened_it(
    sensors: Opportunity, alice: User, bob: User, charlie: User, noon: datetime
) -> None:
    tell_change(sensors, number=2)
    note_look(sensors.pk, None, person=alice, number=2, now=noon)
    tell_change(sensors, number=3)
    note_look(sensors.pk, None, person=bob, number=3, now=noon)

    assert [list(changed_for(person)) for person in (alice, bob, charlie)] == [[sensors.pk], [], []]
