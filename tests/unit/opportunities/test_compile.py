from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from opportunities.compile import (
    REQUIREMENTS,
    Change,
    SeenNotice,
    compile_facts,
    compile_requirements,
    diff_facts,
    net_changes,
    tells_a_change,
)
from opportunities.parsed_notice import (
    Moment,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    RequirementKind,
    Stage,
)
from tests.factories.notices import asking, parsed_notice
from tests.factories.requirements import certificate, similar_works, turnover

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


LISTED = parsed_notice(1, notice_id="N", title="Foot bridge", location="Pune")


def change(notice: ParsedNotice, *, after: list[ParsedNotice]) -> bool:
    """Whether a notice that comes after others tells a change."""
    before = compile_facts([seen(earlier, hours=hour) for hour, earlier in enumerate(after)])
    now = compile_facts([seen(told, hours=hour) for hour, told in enumerate([*after, notice])])
    earlier = [told for told in after if told.notice_id == notice.notice_id]
    return tells_a_change(diff_facts(before, now), notice, earlier=earlier, is_first=not after)


def test_the_first_notice_changes_nothing() -> None:
    assert not change(LISTED, after=[])


def test_filling_in_is_no_change() -> None:
    page = parsed_notice(1, notice_id="N", title="Foot bridge", description="Steel, 40 m")

    assert not change(page, after=[LISTED])


def test_another_publication_that_words_it_differently_is_no_change() -> None:
    bulletin = parsed_notice(2, notice_id="M", title="Bridge for pedestrians", location="Pune, Maharashtra")

    assert not change(bulletin, after=[LISTED])


def test_words_edited_in_place_are_a_change() -> None:
    edited = parsed_notice(1, notice_id="N", title="Foot bridge and lift", location="Pune")

    assert change(edited, after=[LISTED])


def test_a_page_that_is_more_exact_than_a_bulletin_is_no_change() -> None:
    bulletin = parsed_notice(1, notice_id="M", title="Bridge", location="Pune, Maharashtra")
    row = parsed_notice(2, notice_id="N", title="Foot bridge")
    page = parsed_notice(2, notice_id="N", title="Foot bridge", location="Ward 7")

    assert not change(page, after=[bulletin, row])


def test_a_date_that_moves_is_a_change_whoever_says_so() -> None:
    moved = parsed_notice(2, notice_id="M", submission_deadline=Moment(SEEN_AT + timedelta(days=9)))
    dated = parsed_notice(1, notice_id="N", submission_deadline=Moment(SEEN_AT))

    assert change(moved, after=[dated])


def test_a_corrigendum_is_always_a_change() -> None:
    added = parsed_notice(2, kind=NoticeKind.CORRIGENDUM, description="A lift is added")

    assert change(added, after=[LISTED])


def asked(*notices: ParsedNotice) -> set[str]:
    return {one.requirement.sentence for one in compile_requirements(seen(notice) for notice in notices)}


def test_what_is_asked_does_not_depend_on_the_order_of_arrival() -> None:
    notices = [
        asking(parsed_notice(1), turnover(15), certificate("ISO 9001"), certificate("ISO 27001")),
        asking(parsed_notice(2), similar_works(1, "0.8"), similar_works(2, "0.6")),
        asking(parsed_notice(3, kind=NoticeKind.CORRIGENDUM), turnover(8)),
    ]

    told = {frozenset(asked(*order)) for order in permutations(notices)}

    assert len(told) == 1
    assert {turnover(8).sentence, certificate("ISO 27001").sentence} < next(iter(told))
    assert turnover(15).sentence not in next(iter(told))


def test_a_later_word_about_years_leaves_similar_works_as_they_were() -> None:
    years = Requirement(RequirementKind.EXPERIENCE, "Five years in the trade.", years=5)

    told = asked(asking(parsed_notice(1), similar_works(1, "0.8")), asking(parsed_notice(2), years))

    assert told == {similar_works(1, "0.8").sentence, years.sentence}


def test_revisions_in_order_add_up_to_one_change_for_each_fact() -> None:
    revisions = [
        (Change("title", "A", "B"), Change("city", "Pune", "Surat")),
        (Change("title", "B", "C"), Change("city", "Surat", "Pune")),
    ]

    assert net_changes(revisions) == (Change("title", "A", "C"),)


def test_sentences_that_went_and_came_back_are_no_change_of_what_is_asked_for() -> None:
    revisions = [
        (Change(REQUIREMENTS, ("one",), ("two",)),),
        (Change(REQUIREMENTS, ("two",), ("three", "one")),),
    ]

    assert net_changes(revisions) == (Change(REQUIREMENTS, None, ("three",)),)
