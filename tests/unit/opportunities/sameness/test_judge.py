from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from opportunities.parsed_notice import Moment, ParsedNotice
from opportunities.sameness.judge import Ground, Judgement, Verdict, judge
from opportunities.sameness.record import known_from
from tests.integration.sameness.world import (
    CHANNEL,
    DEADLINE,
    PORTAL,
    SHEET,
    TENDER_ID,
    TITLE,
    crores,
    in_a_bulletin,
    in_a_sheet,
    notice,
    on_the_portal,
)


def judged(one: ParsedNotice, other: ParsedNotice) -> Judgement:
    judgement = judge(known_from([one]), known_from([other]))
    assert judge(known_from([other]), known_from([one])) == judgement
    return judgement


@pytest.mark.parametrize(
    "other", [in_a_bulletin(), in_a_sheet(), in_a_sheet(title=None), in_a_bulletin(submission_deadline=None)]
)
def test_a_quoted_id_with_its_buyer_is_sure(other: ParsedNotice) -> None:
    judgement = judged(on_the_portal(), other)

    assert (judgement.verdict, judgement.ground) == (Verdict.SURE, Ground.TENDER_ID)


def test_a_quoted_id_with_its_host_is_sure_without_a_buyer() -> None:
    quoting = in_a_bulletin(buyer_name=None, description=f"On {PORTAL}, ID {TENDER_ID}.", reference=None)

    assert judged(on_the_portal(), quoting).verdict is Verdict.SURE


def test_an_id_alone_is_not_enough() -> None:
    bare = notice(CHANNEL, "A/1", 3, reference=TENDER_ID, title="Water works")

    assert judged(on_the_portal(buyer_name=None), bare).verdict is Verdict.LIKELY


@pytest.mark.parametrize(
    "facts",
    [
        {"buyer_name": "Nagpur Metro Rail Corporation Limited"},
        {"state": "KA"},
        {"submission_deadline": Moment(DEADLINE + timedelta(days=21))},
        {"title": f"{TITLE}, Package 2"},
    ],
)
def test_an_id_that_something_contradicts_is_not_sure(facts: dict[str, Any]) -> None:
    assert judged(on_the_portal(), in_a_bulletin(**facts)).verdict is Verdict.LIKELY


def test_the_address_of_one_page_is_sure_with_its_title() -> None:
    url = "https://pune.example.org/tenders/14"
    theirs = notice("upload", "14", 2, title=TITLE, url=url)

    assert judged(in_a_bulletin(reference=None, url=url), theirs).ground is Ground.ADDRESS
    assert judged(in_a_bulletin(reference=None, url=url), theirs).verdict is Verdict.SURE


def test_the_address_of_one_publisher_s_list_says_nothing() -> None:
    url = "https://pune.example.org/tenders"
    one, other = (
        notice(SHEET, number, 2, title=title, url=url) for number, title in (("1", "A"), ("2", "B"))
    )

    assert judged(one, other).verdict is Verdict.TWO


def test_likeness_is_never_more_than_likely() -> None:
    same_words = in_a_bulletin(reference=None, title=TITLE, value=crores(84))

    judgement = judged(on_the_portal(), same_words)

    assert (judgement.verdict, judgement.ground) == (Verdict.LIKELY, Ground.LIKENESS)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Signal system for 40 junctions"},
        {"title": f"{TITLE}, Phase II"},
        {"title": "Supply and commissioning of online water-quality sensors at 95 locations"},
        {"buyer_name": "Nagpur Metro Rail Corporation Limited"},
        {"submission_deadline": Moment(DEADLINE + timedelta(days=9))},
        {"value": crores(8)},
        {"city": "Nagpur"},
    ],
)
def test_what_differs_in_what_counts_is_two(facts: dict[str, Any]) -> None:
    assert judged(on_the_portal(), in_a_bulletin(**({"reference": None} | facts))).verdict is Verdict.TWO


def test_two_ids_are_two_tenders_however_alike() -> None:
    again = on_the_portal()
    elsewhere = notice("other.example.org", "2026_SCDL_91001_1", 2, **stated(again))

    assert judged(again, elsewhere).verdict is Verdict.TWO


def test_a_tender_that_quotes_the_one_it_replaces_is_another() -> None:
    anew = on_the_portal(title=f"{TITLE} (retender of {TENDER_ID})")
    here, there = (notice(p, "2026_SCDL_91777_1", 9, **stated(anew)) for p in (PORTAL, "other.example.org"))

    assert judged(on_the_portal(), here).verdict is Verdict.TWO
    assert judged(on_the_portal(), there).verdict is Verdict.TWO


def test_two_numbers_of_one_portal_are_two_tenders() -> None:
    one, other = (
        notice("portal.example.org", number, 2, **stated(on_the_portal())) for number in ("17", "18")
    )

    assert judged(one, other).verdict is Verdict.TWO


def test_two_items_of_the_channel_may_be_one() -> None:
    one, other = (in_a_bulletin(3, number=f"B/{n}", reference=None) for n in (1, 2))

    assert judged(one, other).verdict is Verdict.LIKELY


def test_a_shared_reference_number_says_nothing() -> None:
    one = on_the_portal(reference="PSCDCL/14")
    other = in_a_bulletin(reference="PSCDCL/14", title="Signal system for 40 junctions")

    assert judged(one, other).verdict is Verdict.TWO


def test_a_deadline_that_was_moved_still_counts() -> None:
    later = Moment(DEADLINE + timedelta(days=21))
    portal = [on_the_portal(), on_the_portal(8, submission_deadline=later)]

    for told, deadline in product((portal, portal[::-1]), (Moment(DEADLINE), later)):
        reported = [in_a_bulletin(submission_deadline=deadline)]
        assert judge(known_from(told), known_from(reported)).verdict is Verdict.SURE


def stated(parsed: ParsedNotice) -> dict[str, Any]:
    return {name: getattr(parsed.facts, name) for name in ("title", "buyer_name", "state", "city", "value")}
