"""The index of the months: what tells harvesters that a file is another, and what it takes to tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from opportunities.models import Buyer, BuyerNaming, Opportunity, Ruling, SearchEntry
from opportunities.parsed_notice import NoticeKind
from opportunities.selectors import months_told
from opportunities.services import merge_opportunities, withdraw_disclosure
from portal.accounts.models import User
from tests.factories.buyers import pune
from tests.factories.notices import parsed_notice
from tests.factories.opportunities import OpportunityFactory
from tests.integration.open_data.conftest import Record

pytestmark = pytest.mark.django_db
INDEX = "/open-data/ocds/months.json"
Change = Callable[[Opportunity, Opportunity, Record, User], object]


def _rule(one: Opportunity, _other: Opportunity, _record: Record, olga: User) -> object:
    return Ruling.objects.create(
        publisher=one.publisher, process_id=one.process_id, notice_id="1", field="title", words="Smart poles",
        read="Smart poles", decided_by=olga, decided_at=timezone.now(),
    )  # fmt: skip


CHANGES: dict[str, Change] = {
    "a corrigendum": lambda _one, _other, record, _olga: record(
        parsed_notice(2, kind=NoticeKind.CORRIGENDUM, period_days=90)
    ),
    "a ruling": _rule,
    "a merge": lambda one, other, _record, olga: merge_opportunities(
        other.pk, one.pk, by=olga, now=timezone.now()
    ),
    "a withdrawal": lambda _one, other, _record, olga: withdraw_disclosure(
        other.pk, by=olga, now=timezone.now()
    ),
    "a field of work": lambda one, *_: SearchEntry.objects.filter(opportunity=one).update(
        domains=["traffic"]
    ),
    "a buyer": lambda one, *_: BuyerNaming.objects.filter(opportunity=one).update(buyer=pune()),
    "a notice that nobody says any more": lambda one, *_: one.notices.update(superseded_at=timezone.now()),
}


@pytest.fixture
def two(record: Record) -> tuple[Opportunity, Opportunity]:
    return record(parsed_notice(1)), record(parsed_notice(1, process_id="2026_SCDL_91001_1"))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_a_file_changes_its_months_state(
    change: Change, two: tuple[Opportunity, Opportunity], record: Record, olga: User
) -> None:
    before = months_told(at=timezone.now())

    change(*two, record, olga)

    after = months_told(at=timezone.now())
    assert [one.month for one in after] == [one.month for one in before]
    assert [one.state for one in after] != [one.state for one in before]
    assert months_told(at=timezone.now(), month=after[0].month) == after[:1]


def test_another_name_of_a_buyer_changes_it(two: tuple[Opportunity, Opportunity]) -> None:
    BuyerNaming.objects.filter(opportunity=two[0]).update(buyer=pune())
    before = months_told(at=timezone.now())

    Buyer.objects.filter(pk=pune().pk).update(name="Pune Smart City Ltd")

    assert months_told(at=timezone.now())[0].state != before[0].state


@pytest.mark.usefixtures("two", "own_cache")
def test_it_is_reckoned_once_and_not_for_whoever_asks_again(
    client: Client, django_assert_max_num_queries: object
) -> None:
    first = client.get(INDEX)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        again = client.get(INDEX)

    assert again.content == first.content
    assert client.get(INDEX, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.usefixtures("own_cache")
def test_what_is_withdrawn_or_comes_into_its_own_shows_at_once(
    two: tuple[Opportunity, Opportunity], client: Client, olga: User
) -> None:
    def told() -> list[int]:
        return [month["processes"] for month in client.get(INDEX).json()["months"]]

    seen = [told()]
    withdraw_disclosure(two[0].pk, by=olga, now=timezone.now())
    seen.append(told())
    OpportunityFactory.create(process_id="A third", disclosed_from=timezone.now() - timedelta(seconds=1))
    seen.append(told())

    assert [sum(counts) for counts in seen] == [2, 1, 2]
