from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.reading.by_hand import HandOrigin, notice_by_hand
from ingest.reading.words import NotUnderstood
from opportunities.parsed_notice import NoticeKind, Stage

ORIGIN = HandOrigin(place="row 4", reader="Olga Öberg", publisher="cii", number="by-hand-1")
TYPED = {
    "title": "Bus depot",
    "stage": "tender",
    "value": "Rs. 42 Cr.",
    "submission_deadline": "31/12/2026 upto 15.00 hrs",
    "process_id": "2026_X_1_1",
    "portal": "https://Tenders.example.org/nicgep/app",
    "published_at": "20/11/2026",
}


def test_words_are_read_as_they_would_be_in_the_document() -> None:
    notice = notice_by_hand(TYPED, kind=NoticeKind.TENDER, origin=ORIGIN)

    assert (notice.publisher, notice.process_id, notice.notice_id) == (
        "tenders.example.org", "2026_X_1_1", "2026_X_1_1",
    )  # fmt: skip
    assert notice.facts.value is not None
    assert notice.facts.value.amount == Decimal(420_000_000)
    assert notice.facts.submission_deadline is not None
    assert notice.facts.submission_deadline.at.isoformat() == "2026-12-31T15:00:00+05:30"
    assert notice.published_at is not None


def test_each_fact_is_certain_and_says_who_read_it() -> None:
    notice = notice_by_hand(TYPED, kind=NoticeKind.TENDER, origin=ORIGIN)

    origins = {origin.field: origin for origin in notice.origins}
    assert set(origins) == set(TYPED) - {"portal"}
    assert origins["value"].place == "row 4, read by hand by Olga Öberg"
    assert origins["value"].words == "Rs. 42 Cr."
    assert {origin.confidence for origin in notice.origins} == {1.0}


def test_an_early_stage_can_not_be_bid_for_yet() -> None:
    notice = notice_by_hand({"title": "Poles", "stage": "dpr"}, kind=NoticeKind.TENDER, origin=ORIGIN)

    assert (notice.kind, notice.facts.stage) == (NoticeKind.PLANNING, Stage.DPR)
    assert (notice.publisher, notice.process_id) == ("cii", "by-hand-1")


def test_a_change_is_a_publication_of_its_own() -> None:
    typed = {"process_id": "CII-SC/2026-46/3", "submission_deadline": "05.01.2027"}

    notice = notice_by_hand(typed, kind=NoticeKind.CORRIGENDUM, origin=ORIGIN)

    assert (notice.process_id, notice.notice_id) == ("CII-SC/2026-46/3", "CII-SC/2026-46/3/by-hand-1")
    assert notice.facts.title is None


@pytest.mark.parametrize(
    ("typed", "kind", "reason"),
    [
        ({"stage": "tender"}, NoticeKind.TENDER, "no title"),
        ({"title": "-"}, NoticeKind.TENDER, "no title"),
        ({"title": "Poles"}, NoticeKind.CANCELLATION, "doesn't say which tender it changes"),
        ({"title": "Poles", "value": "about 42"}, NoticeKind.TENDER, "isn't a currency we know"),
        ({"title": "Poles", "submission_deadline": "32/12/2026"}, NoticeKind.TENDER, "no such day"),
        ({"title": "Poles", "process_id": "two words"}, NoticeKind.TENDER, "one word"),
    ],
)
def test_what_can_be_no_notice_says_why(typed: dict[str, str], kind: NoticeKind, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        notice_by_hand(typed, kind=kind, origin=ORIGIN)
