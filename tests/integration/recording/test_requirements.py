from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from ingest.models import Source
from ingest.services.replay import replay_archive
from opportunities.models import Opportunity, OpportunityRevision, Requirement
from opportunities.parsed_notice import NoticeKind, ParsedNotice, RequirementKind
from opportunities.parsed_notice import Requirement as AskedFor
from opportunities.selectors import opportunity_history, requirements_by_opportunity, requirements_of
from opportunities.services import record_notice, record_notices
from tests.factories.notices import asking, parsed_notice
from tests.factories.requirements import certificate, crore, similar_works, turnover

pytestmark = pytest.mark.django_db

TENDER = asking(parsed_notice(1, title="Sensors"), turnover(15), certificate("ISO 9001"))
EASED = asking(parsed_notice(5, kind=NoticeKind.CORRIGENDUM), turnover(8))


def asked() -> set[tuple[str, str]]:
    """Kind, and amount or name, of what the only opportunity asks for."""
    rows = requirements_of(Opportunity.objects.get().pk)
    return {(row.kind, str(row.money.amount) if row.money else row.name) for row in rows}


def test_what_a_notice_asks_for_lands_in_rows(noon: datetime) -> None:
    notice = record_notice(TENDER, seen_at=noon, now=noon)

    money, paper = Requirement.objects.order_by("number")

    assert (money.kind, money.money, money.years, money.is_sure) == ("turnover", crore(15), 3, True)
    assert (money.sentence, money.place) == (TENDER.requirements[0].sentence, "item 1, line 4")
    assert (paper.name, paper.money, paper.is_allowed, paper.notice) == ("ISO 9001", None, None, notice)


def test_twice_is_once(noon: datetime) -> None:
    record_notice(TENDER, seen_at=noon, now=noon)
    first = list(Requirement.objects.order_by("pk").values())

    record_notice(TENDER, seen_at=noon + timedelta(hours=1), now=noon + timedelta(hours=1))

    assert list(Requirement.objects.order_by("pk").values()) == first
    assert OpportunityRevision.objects.count() == 1


def test_seeing_a_notice_again_writes_no_requirement(
    noon: datetime, django_assert_max_num_queries: Callable[..., object]
) -> None:
    record_notice(TENDER, seen_at=noon, now=noon)
    later = noon + timedelta(hours=1)

    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        record_notice(TENDER, seen_at=later, now=later)


@pytest.mark.parametrize("order", list(permutations([TENDER, EASED])))
def test_a_corrigendum_replaces_what_it_speaks_of_and_nothing_else(
    order: tuple[ParsedNotice, ...], noon: datetime
) -> None:
    for notice in order:
        record_notice(notice, seen_at=noon, now=noon)

    assert asked() == {("turnover", "80000000.00"), ("certification", "ISO 9001")}


def test_a_corrigendum_that_eases_a_requirement_is_a_change(noon: datetime) -> None:
    record_notices([TENDER, EASED], seen_at=noon, now=noon)

    (entry,) = opportunity_history(Opportunity.objects.get().pk)

    (change,) = entry.shown_changes
    assert change.field == "requirements"
    assert change.before == (TENDER.requirements[0].sentence,)
    assert change.after == (EASED.requirements[0].sentence,)


def test_asking_the_same_in_other_words_is_no_revision(noon: datetime) -> None:
    reworded = AskedFor(
        RequirementKind.TURNOVER, "Turnover: 15 Cr. (3 FY).", "row 3", amount=crore(15), years=3
    )
    record_notice(asking(parsed_notice(1, title="Sensors"), turnover(15)), seen_at=noon, now=noon)

    record_notice(asking(parsed_notice(3), reworded), seen_at=noon, now=noon)

    assert OpportunityRevision.objects.count() == 1
    assert [row.sentence for row in Requirement.objects.all()] == ["Turnover: 15 Cr. (3 FY)."]


def test_a_choice_that_a_sentence_leaves_is_kept_whole(noon: datetime) -> None:
    choice = [similar_works(1, "0.8"), similar_works(2, "0.6"), similar_works(3, "0.4")]

    record_notice(asking(parsed_notice(1, title="Sensors"), *choice), seen_at=noon, now=noon)

    rows = requirements_of(Opportunity.objects.get().pk)
    assert [(row.count, str(row.share)) for row in rows] == [(1, "0.8000"), (2, "0.6000"), (3, "0.4000")]


def test_many_opportunities_are_asked_about_at_once(
    noon: datetime, django_assert_max_num_queries: Callable[..., object]
) -> None:
    batch = [
        asking(parsed_notice(process_id=f"2026_A_{n}_1", title="Sensors"), turnover(15)) for n in range(40)
    ]
    record_notices(batch, seen_at=noon, now=noon)
    ids = list(Opportunity.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        found = requirements_by_opportunity(ids)

    assert {len(rows) for rows in found.values()} == {1}


def test_replaying_the_archive_leaves_the_requirements_alone(noon: datetime) -> None:
    record_notice(TENDER, seen_at=noon, now=noon)

    replay_archive(now=noon)

    assert Source.objects.count() == 0
    assert Requirement.objects.count() == 2
