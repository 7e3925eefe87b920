"""What is read with doubt waits for the office, and what the office says of it stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest.models import Extraction, Source
from ingest.reading.words import NotUnderstood
from ingest.selectors import OpenQuestion, provenance_of, questions_about, unsure_extractions
from ingest.services import Answer, answer_question, parse_document, receive_upload, take_back_answer
from ingest.services.replay import replay_archive
from opportunities.models import Opportunity, OpportunityRevision, Requirement, Ruling
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.factories.requirements import crore

pytestmark = pytest.mark.django_db

BULLETIN = """CII-SC/2026-60

1. Pune, Maharashtra: Water-quality sensors for 40 reservoirs. The RFP has been issued by the Pune Smart City
   Development Corporation Limited. It is about Rs. 42 Cr. in all. Average annual turnover of Rs. 5 crore.
   EMD Rs. 40-45 lakh. The bidder must show the annual turnover of three years.
"""


@pytest.fixture
def source(db: None) -> Source:
    return SourceFactory.create(kind="upload", publisher="etenders.example.org")


def hand_in(source: Source, text: str, *, now: datetime) -> None:
    document, _ = receive_upload(
        source, name="bulletin.txt", media_type="text/plain", body=text.encode(), now=now
    )
    parse_document(document.pk, now=now)


@pytest.fixture
def sensors(source: Source, noon: datetime) -> Opportunity:
    hand_in(source, BULLETIN, now=noon)
    return Opportunity.objects.get()


def answered(
    opportunity: Opportunity, field: str, answer: Answer, *, by: User, now: datetime, words: str = ""
) -> Opportunity:
    asked = next(one for one in questions_about(opportunity.pk) if one.question.field == field)
    answer_question(asked.extraction_id, asked.question.key, answer=answer, words=words, by=by, now=now)
    opportunity.refresh_from_db()
    return opportunity


def requirement_asked(opportunity: Opportunity) -> OpenQuestion:
    """The question about the turnover that was read with doubt."""
    asked = questions_about(opportunity.pk)
    return next(one for one in asked if one.question.key.startswith("requirement"))


def test_what_is_unsure_waits_and_is_marked(sensors: Opportunity, noon: datetime) -> None:
    asked = {one.question.field for one in questions_about(sensors.pk)}

    assert asked == {"buyer_name", "value", "turnover", "bid_security"}
    assert sensors.unsure == ["buyer_name", "value"]
    assert [row.is_sure for row in Requirement.objects.filter(kind="turnover")] == [False]
    assert [row.pk for row in unsure_extractions(at=noon)] == [Extraction.objects.get().pk]


def test_confirming_makes_it_sure(sensors: Opportunity, olga: User, noon: datetime) -> None:
    answered(sensors, "value", Answer.CONFIRM, by=olga, now=noon)

    assert (sensors.value, sensors.unsure) == (crore(42), ["buyer_name"])
    assert OpportunityRevision.objects.count() == 1
    assert Ruling.objects.get().decided_by == olga


def test_correcting_changes_the_record_and_leaves_a_revision(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    answered(sensors, "value", Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)

    assert sensors.value == crore(24)
    (change,) = OpportunityRevision.objects.get(number=2).changes
    assert (change["field"], change["after"]["amount"]) == ("value", "240000000")


def test_answering_twice_is_answering_once(sensors: Opportunity, olga: User, noon: datetime) -> None:
    extraction = Extraction.objects.get()
    key = next(one.question.key for one in questions_about(sensors.pk) if one.question.field == "value")

    for _ in range(2):
        answer_question(extraction.pk, key, answer=Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)

    assert (Ruling.objects.count(), OpportunityRevision.objects.count()) == (1, 2)


def test_a_correction_survives_the_same_words_in_another_document(
    sensors: Opportunity, source: Source, olga: User, noon: datetime
) -> None:
    answered(sensors, "value", Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)

    hand_in(source, f"Forwarded:\n\n{BULLETIN}", now=noon + timedelta(days=1))

    sensors.refresh_from_db()
    assert sensors.value == crore(24)
    assert "value" not in {one.question.field for one in questions_about(sensors.pk)}


def test_a_correction_loses_to_a_later_notice_that_says_otherwise(
    sensors: Opportunity, source: Source, olga: User, noon: datetime
) -> None:
    answered(sensors, "value", Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)
    later = "CII-SC/2026-61\n\n1. Pune: Corrigendum to CII-SC/2026-60/1. Revised estimate Rs. 50 Cr.\n"

    hand_in(source, later, now=noon + timedelta(days=2))

    sensors.refresh_from_db()
    assert sensors.value == crore(50)


def test_rulings_hold_in_a_replay(sensors: Opportunity, olga: User, noon: datetime) -> None:
    answered(sensors, "value", Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)

    assert replay_archive(now=noon).different == 0


def test_an_unsure_requirement_is_confirmed(sensors: Opportunity, olga: User, noon: datetime) -> None:
    asked = requirement_asked(sensors)

    answer_question(asked.extraction_id, asked.question.key, answer=Answer.CONFIRM, by=olga, now=noon)

    (row,) = Requirement.objects.filter(kind="turnover")
    assert (row.money, row.is_sure) == (crore(5), True)


def test_what_could_not_be_read_cannot_be_confirmed(sensors: Opportunity, olga: User, noon: datetime) -> None:
    with pytest.raises(NotUnderstood):
        answered(sensors, "bid_security", Answer.CONFIRM, by=olga, now=noon)


def test_a_requirement_is_corrected_in_the_words_of_its_rule(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    asked = requirement_asked(sensors)

    answer_question(
        asked.extraction_id,
        asked.question.key,
        answer=Answer.CORRECT,
        words="Annual turnover of at least Rs. 8 crore",
        by=olga,
        now=noon,
    )

    (row,) = Requirement.objects.filter(kind="turnover")
    assert (row.money, row.is_sure) == (crore(8), True)
    assert row.sentence == "Average annual turnover of Rs. 5 crore."


def test_a_doubt_that_is_settled_leaves_the_inbox(sensors: Opportunity, olga: User, noon: datetime) -> None:
    for asked in questions_about(sensors.pk):
        answer_question(asked.extraction_id, asked.question.key, answer=Answer.SETTLE, by=olga, now=noon)

    assert questions_about(sensors.pk) == ()
    assert unsure_extractions(at=noon) == []
    assert Extraction.objects.get().asks_since is None


def test_words_that_could_not_be_read_are_read_by_a_person(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    answered(sensors, "bid_security", Answer.CORRECT, words="Rs. 42 lakh", by=olga, now=noon)

    assert str(sensors.bid_security) == "INR 4200000.00"


def test_an_answer_that_cannot_be_read_is_refused(sensors: Opportunity, olga: User, noon: datetime) -> None:
    with pytest.raises(NotUnderstood):
        answered(sensors, "value", Answer.CORRECT, words="a lot", by=olga, now=noon)

    assert Ruling.objects.count() == 0


def test_an_answer_that_is_taken_back_is_asked_again(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    for asked in questions_about(sensors.pk):
        answer_question(asked.extraction_id, asked.question.key, answer=Answer.SETTLE, by=olga, now=noon)

    for _ in range(2):
        take_back_answer(Ruling.objects.get(field="value").pk, by=olga, now=noon)

    sensors.refresh_from_db()
    assert (sensors.value, sensors.unsure) == (crore(42), ["value"])
    assert [asked.question.field for asked in questions_about(sensors.pk)] == ["value"]
    assert [row.pk for row in unsure_extractions(at=noon)] == [Extraction.objects.get().pk]


def test_an_unsure_requirement_reaches_the_inbox_by_itself(source: Source, noon: datetime) -> None:
    unsure = (
        "CII-SC/2026-61\n\n1. Pune, Maharashtra: Water-quality sensors. The RFP has been issued.\n"
        "   Bids are due 31 December 2026. Average annual turnover of Rs. 5 crore.\n"
    )

    hand_in(source, unsure, now=noon)

    (waiting,) = unsure_extractions(at=noon)
    assert {asked.question.field for asked in questions_about(waiting.opportunity_id)} == {"turnover"}


def test_what_reads_otherwise_by_now_is_not_answered_by_mistake(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    key = next(one.question.key for one in questions_about(sensors.pk) if one.question.field == "value")
    extraction = Extraction.objects.get()
    extraction.origins = [row for row in extraction.origins if row[0] != "value"]
    extraction.save()

    with pytest.raises(KeyError):
        answer_question(extraction.pk, key, answer=Answer.CONFIRM, by=olga, now=noon)


def test_where_a_fact_was_read_follows_the_answer(sensors: Opportunity, olga: User, noon: datetime) -> None:
    answered(sensors, "value", Answer.CORRECT, words="Rs. 24 Cr.", by=olga, now=noon)
    answered(sensors, "bid_security", Answer.CORRECT, words="Rs. 42 lakh", by=olga, now=noon)

    known = provenance_of(sensors.pk)

    assert (known.origins["value"].is_sure, known.origins["value"].ruled_at) == (True, noon)
    assert known.origins["bid_security"].words == "EMD Rs. 40-45 lakh."
    assert "bid_security" not in {doubt.field for doubt in known.doubts}
