from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from opportunities.parsed_notice import Moment, Stage
from opportunities.timeline import StepState, timeline

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class Opportunity:
    stage: str = Stage.TENDER
    published_at: datetime | None = NOON - timedelta(days=9)
    tender_expected_from: date | None = None
    tender_expected_until: date | None = None
    moments: dict[str, datetime] = field(default_factory=dict)

    def moment(self, name: str) -> Moment | None:
        return Moment(self.moments[name]) if name in self.moments else None


def steps_of(opportunity: Opportunity, known_early_at: datetime | None = None) -> list[tuple[str, str]]:
    return [
        (step.name, str(step.state))
        for step in timeline(opportunity, known_early_at=known_early_at, now=NOON)
    ]


def test_the_first_thing_ahead_is_what_happens_now() -> None:
    opportunity = Opportunity(
        moments={
            "submission_deadline": NOON + timedelta(days=9),
            "prebid_at": NOON - timedelta(days=1),
            "opening_at": NOON + timedelta(days=10),
        }
    )

    assert steps_of(opportunity) == [
        ("published", "done"),
        ("prebid_at", "done"),
        ("submission_deadline", "now"),
        ("opening_at", "ahead"),
    ]


def test_questions_may_close_before_the_meeting_or_after() -> None:
    opportunity = Opportunity(
        moments={"prebid_at": NOON - timedelta(days=1), "enquiry_deadline": NOON - timedelta(days=2)}
    )

    assert [name for name, _state in steps_of(opportunity)] == ["published", "enquiry_deadline", "prebid_at"]


def test_an_early_stage_waits_for_its_tender() -> None:
    opportunity = Opportunity(stage=Stage.DPR, tender_expected_from=date(2027, 1, 1))

    steps = timeline(opportunity, known_early_at=NOON - timedelta(days=40), now=NOON)

    assert [(step.name, step.state) for step in steps] == [
        ("known", StepState.DONE),
        ("expected", StepState.NOW),
    ]
    assert steps[1].expected == (date(2027, 1, 1), None)


def test_what_was_cancelled_has_nothing_ahead_that_is_next() -> None:
    opportunity = Opportunity(
        stage=Stage.CANCELLED, moments={"submission_deadline": NOON + timedelta(days=9)}
    )

    assert steps_of(opportunity) == [
        ("published", "done"),
        ("submission_deadline", "ahead"),
        ("cancelled", "done"),
    ]


def test_what_no_notice_dates_is_left_out() -> None:
    assert steps_of(Opportunity(published_at=None)) == []
