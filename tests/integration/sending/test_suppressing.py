from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.delivery.suppressing import (
    Reported,
    is_suppressed,
    lift,
    note_report,
    suppress,
    suppressed_among,
)
from matching.models import MailReport, Suppression
from portal.accounts.models import User
from tests.at_once import at_once

Kind = MailReport.Kind
ADDRESS = "alice@example.org"


def report(kind: Kind, number: int = 1) -> Reported:
    return Reported(ADDRESS, kind, MailReport.Channel.MAILBOX, f"report {number}")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Kind.HARD, Kind.COMPLAINT, Kind.ASKED])
def test_one_clear_report_is_enough(noon: datetime, kind: Kind) -> None:
    note_report(report(kind), now=noon)

    assert is_suppressed(" Alice@Example.ORG ")
    assert Suppression.objects.get().reason == kind


@pytest.mark.django_db
def test_a_full_mailbox_is_given_five_tries_in_a_week(noon: datetime) -> None:
    for day in range(4):
        note_report(report(Kind.SOFT, day), now=noon + timedelta(days=day))
    before = is_suppressed(ADDRESS)
    note_report(report(Kind.SOFT, 4), now=noon + timedelta(days=4))

    assert (before, is_suppressed(ADDRESS)) == (False, True)


@pytest.mark.django_db
def test_five_soft_bounces_in_a_month_are_none_too_many(noon: datetime) -> None:
    for week in range(5):
        note_report(report(Kind.SOFT, week), now=noon + timedelta(days=7 * week))

    assert not is_suppressed(ADDRESS)


@pytest.mark.django_db
def test_told_twice_is_told_once(noon: datetime) -> None:
    told = [note_report(report(Kind.HARD), now=noon) for _ in range(2)]

    assert told == [True, False]
    assert (MailReport.objects.count(), Suppression.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_address_stands_nowhere(noon: datetime, olga: User) -> None:
    note_report(report(Kind.HARD), now=noon)
    suppress("bob@example.org", by=olga, because="rang", now=noon)

    kept = str([*MailReport.objects.values(), *Suppression.objects.values()])
    assert "alice" not in kept
    assert "bob" not in kept
    assert "a…@example.org" in kept


@pytest.mark.django_db
def test_once_lifted_what_was_reported_before_counts_no_more(noon: datetime, olga: User) -> None:
    for number in range(5):
        note_report(report(Kind.SOFT, number), now=noon)
    suppression = Suppression.objects.get()
    lifted = [
        lift(suppression.pk, by=olga, because="it was full", now=noon + timedelta(hours=1)) for _ in range(2)
    ]
    note_report(report(Kind.SOFT, 9), now=noon + timedelta(hours=2))

    assert lifted == [True, False]
    assert not is_suppressed(ADDRESS)


@pytest.mark.django_db
def test_many_addresses_are_asked_for_in_one_query(
    noon: datetime, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    note_report(report(Kind.HARD), now=noon)

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = suppressed_among(["bob@example.org", ADDRESS, "eve@example.org"])

    assert found == {ADDRESS}


@pytest.mark.django_db(transaction=True)
def test_eight_reports_at_once_make_one_suppression(noon: datetime) -> None:
    at_once(lambda number: note_report(report(Kind.HARD, number), now=noon), range(8))

    assert (MailReport.objects.count(), Suppression.objects.count()) == (8, 1)
