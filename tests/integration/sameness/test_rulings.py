"""What the office decided about readings, through merges and splits and among many workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from opportunities.models import Merge, Notice, Opportunity, OpportunityRevision, Ruling
from opportunities.parsed_notice import ParsedNotice
from opportunities.selectors import facts_of
from opportunities.serialization import value_to_json
from opportunities.services import merge_opportunities, rule_on_reading, split_opportunity, undo_ruling
from portal.accounts.models import User
from tests.at_once import at_once, held_by_another
from tests.integration.sameness.world import (
    CHANNEL,
    PORTAL,
    crores,
    in_a_bulletin,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
WORDS = "about Rs. 42 Cr. in all"


def guessed(day: int = 3) -> ParsedNotice:
    """A bulletin whose value was read with doubt."""
    return replace(in_a_bulletin(day, value=crores(42)), unsure=frozenset({"value"}))


def rule(by: User, now: datetime, *, crore: int | None, notice: Notice | None = None) -> None:
    about = notice or Notice.objects.filter(opportunity__publisher=CHANNEL).earliest("pk")
    value = None if crore is None else value_to_json(crores(crore))
    read = value_to_json(crores(42))
    rule_on_reading(about.pk, field="value", words=WORDS, read=read, value=value, by=by, now=now)


def numbered(opportunity: Opportunity) -> list[int]:
    return list(opportunity.revisions.order_by("number").values_list("number", flat=True))


def test_a_ruling_goes_with_its_process_through_a_merge_and_a_split(olga: User, noon: datetime) -> None:
    record(on_the_portal(value=None), guessed(), at=noon)
    rule(olga, noon, crore=24)

    merge = merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon)

    assert merge is not None
    assert (the(PORTAL).value, the(PORTAL).unsure) == (crores(24), [])
    split_opportunity(merge.pk, now=noon + HOUR)
    assert (the(CHANNEL).value, the(PORTAL).value) == (crores(24), None)


def test_what_is_ruled_while_merged_outlasts_the_split(olga: User, noon: datetime) -> None:
    record(on_the_portal(value=None), guessed(), at=noon)
    merge = merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon)
    assert merge is not None
    assert the(PORTAL).unsure == ["value"]

    rule(olga, noon, crore=24)

    assert (the(PORTAL).value, the(PORTAL).unsure) == (crores(24), [])
    split_opportunity(merge.pk, now=noon + HOUR)
    assert (the(CHANNEL).value, the(PORTAL).value) == (crores(24), None)


def test_a_ruling_leaves_the_other_process_of_a_merge_alone(olga: User, noon: datetime) -> None:
    record(on_the_portal(5, value=crores(42)), guessed(3), at=noon)
    merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon)

    rule(olga, noon, crore=24)

    assert the(PORTAL).value == crores(42)


def test_the_office_compares_what_it_has_ruled(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)

    rule(olga, noon, crore=24)

    assert facts_of([the(CHANNEL).pk]).value == crores(24)


def test_undoing_brings_back_what_was_read(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)
    rule(olga, noon, crore=24)

    for _ in range(2):
        undo_ruling(Ruling.objects.get().pk, by=olga, now=noon + HOUR)

    found = the(CHANNEL)
    assert (found.value, found.unsure) == (crores(42), ["value"])
    assert numbered(found) == [1, 2, 3]
    assert Ruling.objects.get().undone_at == noon + HOUR


def test_undoing_the_last_of_two_brings_back_the_first(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)
    rule(olga, noon, crore=24)
    rule(olga, noon, crore=25)

    undo_ruling(Ruling.objects.latest("pk").pk, by=olga, now=noon)

    assert the(CHANNEL).value == crores(24)


def test_what_is_undone_can_be_decided_again(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)
    rule(olga, noon, crore=24)
    undo_ruling(Ruling.objects.get().pk, by=olga, now=noon)

    rule(olga, noon, crore=24)

    assert the(CHANNEL).value == crores(24)
    assert Ruling.objects.in_force().count() == 1


def test_readers_are_told_of_a_correction_and_not_of_a_confirmation(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)

    rule(olga, noon, crore=42)
    rule(olga, noon, crore=24)

    (change,) = OpportunityRevision.objects.telling_a_change()
    assert (change.number, change.changes[0]["field"]) == (2, "value")


def test_eight_coordinators_that_answer_alike_leave_one_ruling(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)

    at_once(lambda _: rule(olga, noon, crore=24), range(16))

    assert Ruling.objects.count() == 1
    assert numbered(the(CHANNEL)) == [1, 2]


def test_of_two_that_disagree_the_last_on_record_stands(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)

    at_once(lambda crore: rule(olga, noon, crore=crore), [24, 25])

    last: dict[str, str] = Ruling.objects.latest("pk").value  # type: ignore[assignment]
    assert the(CHANNEL).value_amount == int(last["amount"])
    assert numbered(the(CHANNEL)) == [1, 2, 3]


def test_a_ruling_waits_for_whoever_has_the_opportunity(olga: User, noon: datetime) -> None:
    record(guessed(), at=noon)

    with ThreadPoolExecutor(1) as pool:
        with held_by_another(Opportunity.objects.all(), no_key=True):
            ruling = pool.submit(at_once, lambda _: rule(olga, noon, crore=24), [None])
            wait([ruling], timeout=0.5)  # time enough to go wrong, were it not made to wait
            waited = not ruling.done() and Ruling.objects.count() == 0
        ruling.result(timeout=10)

    assert waited
    assert the(CHANNEL).value == crores(24)


def test_eight_workers_that_record_while_the_office_rules_lose_nothing(olga: User, noon: datetime) -> None:
    record(on_the_portal(value=None), guessed(), at=noon)
    pks = the(PORTAL).pk, the(CHANNEL).pk
    about = Notice.objects.get(opportunity=pks[1])

    def work(number: int) -> None:
        match number % 6:
            case 0:
                rule(olga, noon, crore=24, notice=about)
            case 1:
                merge_opportunities(*pks, now=noon)
            case _:
                record(guessed(4 + number), at=noon)

    at_once(work, range(24))

    assert Merge.objects.in_force().count() == 1
    assert Ruling.objects.count() == 1
    assert Notice.objects.count() == 2 + 16
    assert (the(PORTAL).value, the(PORTAL).unsure) == (crores(24), [])
    numbers = numbered(the(PORTAL))
    assert numbers == list(range(1, len(numbers) + 1))
