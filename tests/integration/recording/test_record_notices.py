from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.parsed_notice import Moment, NoticeKind, ParsedNotice, Stage
from opportunities.services import (
    disclose_opportunity,
    record_notice,
    record_notices,
    withdraw_disclosure,
)
from portal.accounts.models import User
from portal.lib.money import Money
from tests.factories.notices import parsed_notice

pytestmark = pytest.mark.django_db

DEADLINE = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def told(notices: list[ParsedNotice], *, noon: datetime) -> Opportunity:
    record_notices(notices, seen_at=noon, now=noon)
    return Opportunity.objects.get()


def test_a_corrigendum_moves_the_deadline(noon: datetime) -> None:
    record_notice(parsed_notice(1, submission_deadline=Moment(DEADLINE)), seen_at=noon, now=noon)
    later = Moment(DEADLINE + timedelta(days=10))

    record_notice(
        parsed_notice(5, kind=NoticeKind.CORRIGENDUM, submission_deadline=later), seen_at=noon, now=noon
    )

    revision = OpportunityRevision.objects.get(number=2)
    assert [change["field"] for change in revision.changes] == ["submission_deadline"]
    assert Opportunity.objects.get().submission_deadline == later.at


def test_facts_land_in_their_columns(noon: datetime) -> None:
    day_alone = Moment(DEADLINE, has_time=False)
    opportunity = told(
        [
            parsed_notice(
                title="Bridge",
                value=Money(Decimal(845000000), "INR"),
                submission_deadline=day_alone,
                organisation_chain=("State", "City"),
                is_joint_venture_allowed=True,
            )
        ],
        noon=noon,
    )

    assert opportunity.value == Money(Decimal("845000000.00"), "INR")
    assert opportunity.moment("submission_deadline") == day_alone
    assert opportunity.organisation_chain == ["State", "City"]
    assert opportunity.is_joint_venture_allowed is True
    assert opportunity.stage == Stage.TENDER
    assert (opportunity.bid_security, opportunity.period_days, opportunity.pincode) == (None, None, "")


def test_a_process_nobody_named_goes_by_its_number(noon: datetime) -> None:
    assert told([parsed_notice()], noon=noon).title == "2026_SCDL_91000_1"


def test_twice_is_once(noon: datetime) -> None:
    notices = [parsed_notice(1, title="Bridge"), parsed_notice(2, title="Bridge, revised")]

    first = record_notices(notices, seen_at=noon, now=noon)
    second = record_notices(notices, seen_at=noon, now=noon + timedelta(hours=1))

    assert [n.pk for n in first.notices] == [n.pk for n in second.notices]
    assert (second.new_notices, second.new_opportunities, second.new_revisions) == (0, 0, 0)
    assert [Notice.objects.count(), OpportunityRevision.objects.count()] == [2, 2]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_order_of_arrival_leaves_the_same_record(order: tuple[int, ...], noon: datetime) -> None:
    notices = [
        parsed_notice(1, title="Bridge", value=Money(Decimal(5), "INR")),
        parsed_notice(2, kind=NoticeKind.CORRIGENDUM, submission_deadline=Moment(DEADLINE)),
        parsed_notice(3, kind=NoticeKind.CORRIGENDUM, value=Money(Decimal(7), "INR")),
        parsed_notice(4, kind=NoticeKind.CANCELLATION),
    ]

    for index in order:
        record_notice(notices[index], seen_at=noon, now=noon)

    opportunity = Opportunity.objects.get()
    assert opportunity.value == Money(Decimal("7.00"), "INR")
    assert opportunity.submission_deadline == DEADLINE
    assert opportunity.stage == Stage.CANCELLED
    assert opportunity.published_at == datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_what_is_known_and_what_is_new_may_come_together(noon: datetime) -> None:
    told([tender := parsed_notice(1, title="Bridge", pincode="411001")], noon=noon)
    later = noon + timedelta(hours=1)

    again = record_notices([tender], seen_at=later, now=later)
    with_news = record_notices(
        [tender, parsed_notice(2, kind=NoticeKind.CORRIGENDUM, title="Longer bridge")],
        seen_at=later + timedelta(hours=1),
        now=later,
    )

    opportunity = Opportunity.objects.get()
    assert (again.new_notices, again.new_revisions) == (0, 0)
    assert (with_news.new_notices, with_news.new_revisions) == (1, 1)
    assert (opportunity.title, opportunity.pincode) == ("Longer bridge", "411001")
    assert set(Notice.objects.values_list("seen_at", flat=True)) == {later + timedelta(hours=1)}


def test_a_notice_without_news_loses_no_fact(noon: datetime) -> None:
    told([parsed_notice(2, title="Bridge", pincode="411001")], noon=noon)

    earlier = record_notices([parsed_notice(1, title="Bridge")], seen_at=noon, now=noon)

    opportunity = Opportunity.objects.get()
    assert (earlier.new_notices, earlier.new_revisions) == (1, 0)
    assert (opportunity.title, opportunity.pincode) == ("Bridge", "411001")
    assert opportunity.published_at == parsed_notice(1).published_at


def test_a_page_that_goes_back_to_what_it_said_is_believed(noon: datetime) -> None:
    one = parsed_notice(notice_id="N", submission_deadline=Moment(DEADLINE))
    two = parsed_notice(notice_id="N", submission_deadline=Moment(DEADLINE + timedelta(days=7)))

    for hour, notice in enumerate([one, two, one]):
        record_notice(notice, seen_at=noon + timedelta(hours=hour), now=noon)

    assert Opportunity.objects.get().submission_deadline == DEADLINE
    assert Notice.objects.count() == 2
    assert OpportunityRevision.objects.count() == 3


def test_a_shared_number_at_two_publishers_is_two_processes(noon: datetime) -> None:
    here = parsed_notice(title="Here")
    there = ParsedNotice("other.example.org", here.process_id, "N", here.kind, here.published_at, here.facts)

    recording = record_notices([here, there], seen_at=noon, now=noon)

    assert recording.new_opportunities == 2


def test_a_batch_costs_the_same_however_long(django_assert_max_num_queries, noon: datetime) -> None:  # type: ignore[no-untyped-def]
    batch = [parsed_notice(process_id=f"2026_A_{n}_1", title=f"Bridge {n}") for n in range(120)]

    with django_assert_max_num_queries(19):
        record_notices(batch, seen_at=noon, now=noon)


def test_earlier_notices_cost_no_query_each(django_assert_max_num_queries, noon: datetime) -> None:  # type: ignore[no-untyped-def]
    ids = [f"2026_A_{n}_1" for n in range(40)]
    record_notices([parsed_notice(2, process_id=i, title="Bridge") for i in ids], seen_at=noon, now=noon)
    earlier = [parsed_notice(1, process_id=i, title="Bridge") for i in ids]

    with django_assert_max_num_queries(19):
        recording = record_notices(earlier, seen_at=noon, now=noon)

    assert (recording.new_notices, recording.new_revisions) == (40, 0)


# Disclosure


def test_what_a_portal_has_published_is_public(noon: datetime) -> None:
    assert told([parsed_notice()], noon=noon).disclosed_from == noon


def test_early_information_waits_for_the_office(noon: datetime) -> None:
    assert told([parsed_notice(kind=NoticeKind.PLANNING)], noon=noon).disclosed_from is None


def test_early_information_is_public_once_it_is_tendered(noon: datetime) -> None:
    told([parsed_notice(1, kind=NoticeKind.PLANNING)], noon=noon)

    assert told([parsed_notice(2)], noon=noon).disclosed_from == noon


def test_the_office_decides_when_everyone_sees_it(olga: User, noon: datetime) -> None:
    opportunity = told([parsed_notice(kind=NoticeKind.PLANNING)], noon=noon)
    monday = noon + timedelta(days=3)

    disclose_opportunity(opportunity.pk, from_=monday, by=olga, now=noon)

    opportunity.refresh_from_db()
    assert opportunity.disclosed_from == monday
    assert opportunity.disclosures.get().decided_by == olga


def test_nothing_is_disclosed_before_it_is_decided(olga: User, noon: datetime) -> None:
    opportunity = told([parsed_notice(kind=NoticeKind.PLANNING)], noon=noon)

    disclose_opportunity(opportunity.pk, from_=noon - timedelta(days=1), by=olga, now=noon)

    opportunity.refresh_from_db()
    assert opportunity.disclosed_from == noon


def test_what_the_office_has_withdrawn_stays_withdrawn(olga: User, noon: datetime) -> None:
    opportunity = told([parsed_notice(1)], noon=noon)

    withdraw_disclosure(opportunity.pk, by=olga, now=noon)
    record_notice(parsed_notice(2, title="Again"), seen_at=noon, now=noon)

    opportunity.refresh_from_db()
    assert (opportunity.title, opportunity.disclosed_from) == ("Again", None)
