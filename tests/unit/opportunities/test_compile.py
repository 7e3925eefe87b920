from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from opportunities.compile import Change, SeenNotice, compile_facts, diff_facts, tells_a_change
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Stage
from tests.factories.notices import parsed_notice

SEEN_AT = datetime(2026, 11, 15, tzinfo=UTC)


def seen(notice: ParsedNotice, *, hours: int = 0) -> SeenNotice:
    return SeenNotice(notice, SEEN_AT + timedelta(hours=hours))


def test_arrival_order_does_not_matter() -> None:
    notices = [
        seen(parsed_notice(1, title="Old", buyer_name="PWD")),
        seen(parsed_notice(2, title="New")),
        seen(parsed_notice(3, kind=NoticeKind.CORRIGENDUM, description="More")),
        seen(parsed_notice(4, kind=NoticeKind.CANCELLATION)),
    ]

    compiled = {compile_facts(order) for order in permutations(notices)}

    assert compiled == {
        OpportunityFacts(title="New", buyer_name="PWD", description="More", stage=Stage.CANCELLED)
    }


def test_a_notice_edited_in_place_counts_as_last_seen() -> None:
    first = seen(parsed_notice(1, notice_id="N", title="Bridge", buyer_name="PWD"), hours=1)
    edited = seen(parsed_notice(1, notice_id="N", title="Bridge, revised"), hours=2)

    compiled = compile_facts([edited, first])

    assert (compiled.title, compiled.buyer_name) == ("Bridge, revised", "PWD")


def test_a_notice_that_states_nothing_new_takes_nothing_away() -> None:
    notices = [seen(parsed_notice(1, title="Bridge")), seen(parsed_notice(2))]

    assert compile_facts(notices).title == "Bridge"


def test_a_cancelled_process_is_not_opened_by_its_own_corrigendum() -> None:
    notices = [
        seen(parsed_notice(1, kind=NoticeKind.CANCELLATION)),
        seen(parsed_notice(2, kind=NoticeKind.CORRIGENDUM, stage=Stage.TENDER)),
    ]

    assert compile_facts(notices).stage is Stage.CANCELLED


def test_a_tender_does_not_go_back_to_planning() -> None:
    notices = [
        seen(parsed_notice(1, kind=NoticeKind.TENDER)),
        seen(parsed_notice(2, kind=NoticeKind.PLANNING, stage=Stage.DPR)),
    ]

    assert compile_facts(notices).stage is Stage.TENDER


def test_a_notice_without_a_date_counts_from_when_it_was_seen() -> None:
    undated = replace(parsed_notice(1, title="Undated"), published_at=None)
    notices = [seen(undated), seen(parsed_notice(14, title="Dated"))]

    assert compile_facts(notices).title == "Undated"


def test_a_difference_names_both_sides() -> None:
    changes = diff_facts(OpportunityFacts(title="a"), OpportunityFacts(title="b", pincode="1"))

    assert changes == (Change("title", "a", "b"), Change("pincode", None, "1"))


FILLED_IN = (Change("location", None, "Pune"),)
MOVED = (Change("location", "Pune", "Nagpur"),)


@pytest.mark.parametrize(
    ("changes", "kind", "is_first", "expected"),
    [
        (FILLED_IN, NoticeKind.TENDER, True, False),
        (FILLED_IN, NoticeKind.TENDER, False, False),
        (MOVED, NoticeKind.TENDER, False, True),
        (FILLED_IN, NoticeKind.CORRIGENDUM, False, True),
        (FILLED_IN, NoticeKind.CORRIGENDUM, True, False),
    ],
)
def test_filling_in_is_no_change(
    changes: tuple[Change, ...], kind: NoticeKind, *, is_first: bool, expected: bool
) -> None:
    assert tells_a_change(changes, kind=kind, is_first=is_first) is expected
