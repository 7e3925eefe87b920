from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from opportunities.compile import SeenNotice
from opportunities.exports.ocds import compiled_release, record, release_lines, release_package, releases
from opportunities.exports.personal import impersonal
from opportunities.exports.told import Json, ToldBuyer, ToldNotice, ToldProcess
from opportunities.parsed_notice import NoticeKind, ParsedNotice, Requirement, RequirementKind, Stage
from tests.factories.notices import asking, parsed_notice
from tests.factories.open_data import DISCLOSED, REPUBLISHER, told_process

TENDER = parsed_notice(1, title="Smart poles", buyer_name="Pune Smart City", period_days=90)
MOVED = parsed_notice(2, kind=NoticeKind.CORRIGENDUM, period_days=120)


def told(*notices: ParsedNotice) -> list[Json]:
    return [*releases(told_process(*notices), REPUBLISHER)]


@pytest.mark.parametrize(
    ("kinds", "tags"),
    [
        ([NoticeKind.PLANNING, NoticeKind.TENDER], ["planning", "tender"]),
        ([NoticeKind.PLANNING, NoticeKind.PLANNING], ["planning", "planningUpdate"]),
        ([NoticeKind.TENDER, NoticeKind.TENDER], ["tender", "tenderUpdate"]),
        ([NoticeKind.TENDER, NoticeKind.CORRIGENDUM], ["tender", "tenderAmendment"]),
        ([NoticeKind.TENDER, NoticeKind.CANCELLATION], ["tender", "tenderCancellation"]),
        ([NoticeKind.TENDER, NoticeKind.AWARD], ["tender", "award"]),
    ],
)
def test_what_a_publication_does_is_its_tag(kinds: list[NoticeKind], tags: list[str]) -> None:
    notices = [parsed_notice(day, kind=kind) for day, kind in enumerate(kinds, start=1)]

    assert [tag for release in told(*notices) for tag in release["tag"]] == tags


def test_an_amendment_says_what_changed_and_from_which_release() -> None:
    first, second = told(TENDER, MOVED)

    (amendment,) = second["tender"]["amendments"]
    assert amendment["description"] == "Changed: tender.contractPeriod"
    assert amendment["amendsReleaseID"] == first["id"]


def test_a_line_is_its_release() -> None:
    process = told_process(TENDER, MOVED)

    lines = [*release_lines(process, REPUBLISHER)]

    assert [json.loads(line) for line in lines] == told(TENDER, MOVED)
    assert all(line.count("\n") == 1 for line in lines)


def test_an_id_never_says_two_things() -> None:
    once, again = told(TENDER), told(TENDER)
    corrected = told(replace(TENDER, facts=replace(TENDER.facts, period_days=91)))

    assert once == again
    assert once[0]["id"] != corrected[0]["id"]


def test_dates_never_go_back_and_never_before_the_disclosure() -> None:
    """Whoever puts releases in the order of their dates ends where we do, whatever came late."""
    notices = [parsed_notice(day, title=f"As of {day}", kind=NoticeKind.TENDER) for day in (1, 2, 3)]
    for order in permutations(range(3)):
        seen = tuple(
            ToldNotice(SeenNotice(notice, at), at)
            for notice, hours in zip(notices, order, strict=True)
            for at in [DISCLOSED + timedelta(hours=hours)]
        )
        process = ToldProcess("etenders.example.org", "1", DISCLOSED, seen)

        made = [*releases(process, REPUBLISHER)]

        dates = [datetime.fromisoformat(release["date"]) for release in made]
        assert dates == sorted(dates)
        assert min(dates) >= DISCLOSED
        assert made[-1]["tender"]["title"] == "As of 3"


def test_readings_of_one_publication_are_one_release() -> None:
    row = parsed_notice(1, title="Smart po…", notice_id="NIT-1")
    page = parsed_notice(1, title="Smart poles", notice_id="NIT-1")

    (release,) = told(row, page)

    assert release["tender"]["title"] == "Smart poles"


def test_the_record_sums_up_with_what_we_add() -> None:
    process = replace(
        told_process(TENDER, MOVED),
        domains=("lighting",),
        buyer=ToldBuyer("pune-smart-city", "Pune Smart City Ltd", "Pune", "MH"),
    )

    summed = compiled_release(process, REPUBLISHER)

    assert summed is not None
    assert summed["tag"] == ["compiled"]
    assert summed["tender"]["contractPeriod"] == {"durationInDays": 120}
    assert summed["tender"]["items"][0]["classification"] == {"scheme": "SETU-DOMAIN", "id": "lighting"}
    assert summed["parties"][0]["identifier"]["scheme"] == "SETU-BUYER"
    assert "SETU" not in json.dumps(record(process, REPUBLISHER)["releases"])


def test_what_the_channel_wrote_stays_with_us() -> None:
    """Its prose isn't ours to pass on, and its numbers and dates tell when we knew."""
    early = replace(
        parsed_notice(
            1, kind=NoticeKind.PLANNING, title="Water meters", description="As we hear", stage=Stage.DPR
        ),
        publisher="cii",
        process_id="Bulletin 46/3",
        notice_id="Bulletin 46",
        published_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    asked = asking(early, Requirement(RequirementKind.TURNOVER, "A sentence of the channel's"))

    said = json.dumps(release_package(told_process(asked), REPUBLISHER))

    assert "Water meters" in said
    for kept in ("As we hear", "Bulletin", "2026-03", "A sentence"):
        assert kept not in said


def test_nobody_to_call_and_no_address_of_one_visit_is_told() -> None:
    notice = parsed_notice(
        1,
        title="Smart poles, contact ee@pune.example.in",
        contact="Shri A. Kumar, 98220 12345",
        url="https://etenders.example.org/app?component=x&session=T&sp=1",
    )

    said = json.dumps(told(notice))

    for kept in ("Kumar", "98220", "ee@", "session"):
        assert kept not in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Write to ee.pune@example.gov.in now", "Write to [left out] now"),
        ("ee.pune[at]example[dot]gov[dot]in", "[left out]"),
        ("Call 98220 12345 or 020-25501234", "Call [left out] or [left out]"),
        ("Call +91 98220 12345.", "Call [left out]."),
        ("Contact Shri R. K. Sharma, Executive Engineer", "Contact [left out], Executive Engineer"),
        ("Tender 2026_NBSC_101_1 of Rs. 84,50,00,000", "Tender 2026_NBSC_101_1 of Rs. 84,50,00,000"),
        ("EMD INR 9600000 by 15.12.2026 at 15:00", "EMD INR 9600000 by 15.12.2026 at 15:00"),
        ("Storm-water drains, 40 of them", "Storm-water drains, 40 of them"),
    ],
)
def test_people_are_left_out_of_texts_and_numbers_of_things_are_not(text: str, told: str) -> None:
    assert impersonal(text) == told
