"""What a buyer's tenders so far were like, and what that may not tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from opportunities.buyers.memory import Figure, Memory
from opportunities.models import BuyerMemory, Opportunity
from opportunities.parsed_notice import Stage
from opportunities.services import name_buyers, reckon_memories
from tests.at_once import held_by_another
from tests.factories.buyers import pune, remember, tender_of_pune

NOTHING = Memory(0, None, None, None, None, None)


def memory() -> Memory:
    return pune().memory.figures


@pytest.mark.django_db
def test_a_buyer_is_remembered_by_its_tenders(noon: datetime) -> None:
    for days, extended in ((10, 0), (20, 4), (30, 6), (40, 0), (21, 20)):
        tender_of_pune(noon, days=days, extended=extended)
    tender_of_pune(noon, days=15, stage=Stage.CANCELLED)

    remember(noon)

    assert memory() == Memory(
        tenders=6,
        bid_days=Figure(20.5, 6),
        extended=Figure(0.5, 6),
        extension_days=None,  # three were extended: too few to say by how much
        cancelled=Figure(pytest.approx(1 / 6), 6),  # type: ignore[arg-type]
        security=Figure(0.02, 6),
    )


@pytest.mark.django_db
def test_extensions_are_told_once_there_are_five(noon: datetime) -> None:
    for extended in (2, 4, 6, 8, 10):
        tender_of_pune(noon, extended=extended)

    remember(noon)

    assert (memory().extended, memory().extension_days) == (Figure(1.0, 5), Figure(6.0, 5))


@pytest.mark.django_db
def test_a_figure_on_four_is_not_shown(noon: datetime) -> None:
    for _ in range(4):
        tender_of_pune(noon)

    remember(noon)

    assert memory() == Memory(4, None, None, None, None, None)
    assert not memory().has_figures


@pytest.mark.django_db
def test_what_came_to_us_after_it_closed_says_nothing_of_what_happened_on_the_way(noon: datetime) -> None:
    for _ in range(5):
        tender_of_pune(noon, recorded_at=noon)

    remember(noon)

    assert (memory().extended, memory().cancelled) == (None, None)
    assert memory().bid_days == Figure(20.0, 5)


@pytest.mark.django_db
def test_an_open_tender_is_not_counted_as_kept_to_its_day(noon: datetime) -> None:
    for _ in range(5):
        tender_of_pune(noon)
    tender_of_pune(noon, days=200)

    remember(noon)

    assert memory().extended == Figure(0.0, 5)


@pytest.mark.django_db
def test_a_security_in_other_money_or_above_the_value_is_left_out(noon: datetime) -> None:
    for _ in range(5):
        tender_of_pune(noon)
    tender_of_pune(noon, bid_security_currency="USD")
    tender_of_pune(noon, bid_security_amount=Decimal(2_000_000))

    remember(noon)

    assert memory().security == Figure(0.02, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hidden",
    [
        {"disclosed_from": None},
        {"disclosed_from": datetime.fromisoformat("2026-11-20T12:00:01+00:00")},
        {"stage": Stage.FUNDED},
        {"audience_domains": ["lighting"]},
        {"audience_regions": ["01"]},
    ],
    ids=["undisclosed", "under embargo", "early", "for a domain", "for a county"],
)
def test_what_not_everyone_may_see_counts_in_no_figure(noon: datetime, hidden: dict[str, object]) -> None:
    for _ in range(5):
        tender_of_pune(noon)
    remember(noon)
    before = memory()

    tender_of_pune(noon, days=60, extended=30, **hidden)
    remember(noon)

    assert memory() == before


@pytest.mark.django_db
def test_reckoning_twice_is_once(noon: datetime) -> None:
    tender_of_pune(noon)
    remember(noon)

    assert reckon_memories(now=noon) == 0


@pytest.mark.django_db
def test_it_is_reckoned_again_when_a_tender_changes_or_hours_have_passed(noon: datetime) -> None:
    tender = tender_of_pune(noon)
    remember(noon)

    Opportunity.objects.filter(pk=tender.pk).update(disclosed_from=None)
    assert reckon_memories(now=noon + timedelta(hours=7), most=1_000) == BuyerMemory.objects.count()

    assert memory() == NOTHING
    tender_of_pune(noon)
    name_buyers(now=noon)
    assert reckon_memories(now=noon) == 1
    assert memory().tenders == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_is_reckoning_is_left_to_it(noon: datetime) -> None:
    tender_of_pune(noon)
    name_buyers(now=noon)

    with held_by_another(BuyerMemory.objects.all()):
        assert reckon_memories(now=noon) == 0
