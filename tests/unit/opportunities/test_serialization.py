from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from opportunities.compile import Change
from opportunities.parsed_notice import (
    FieldOrigin,
    Moment,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    RequirementKind,
    Stage,
)
from opportunities.serialization import (
    changes_from_json,
    changes_to_json,
    content_hash,
    notice_from_json,
    notice_to_json,
)
from portal.lib.clocks import INDIA
from portal.lib.money import Money
from tests.factories.notices import parsed_notice
from tests.factories.requirements import turnover

texts = st.none() | st.text(max_size=20)
moneys = st.none() | st.builds(Money, st.decimals(0, 10**12, places=2), st.sampled_from(["INR", "USD"]))
moments = st.none() | st.builds(
    Moment, st.datetimes(timezones=st.just(INDIA)).filter(lambda at: at.year > 1950), st.booleans()
)
facts = st.builds(
    OpportunityFacts,
    title=texts,
    stage=st.none() | st.sampled_from(Stage),
    organisation_chain=st.none() | st.lists(st.text(max_size=9), max_size=4).map(tuple),
    is_joint_venture_allowed=st.none() | st.booleans(),
    value=moneys,
    submission_deadline=moments,
    period_days=st.none() | st.integers(0, 5000),
    tender_expected_from=st.none() | st.dates(),
)


requirements = st.builds(
    Requirement,
    st.sampled_from(RequirementKind),
    st.text(max_size=40),
    st.text(max_size=9),
    amount=moneys,
    share=st.none() | st.decimals(0, 2, places=4),
    count=st.none() | st.integers(0, 9),
    is_allowed=st.none() | st.booleans(),
)


@given(facts, st.lists(requirements, max_size=3))
def test_a_notice_comes_back_from_json_as_it_was(stated: OpportunityFacts, asked: list[Requirement]) -> None:
    notice: ParsedNotice = replace(parsed_notice(), facts=stated, requirements=tuple(asked))

    back = notice_from_json(json.loads(json.dumps(notice_to_json(notice))))

    assert back == notice
    assert [one.place for one in back.requirements] == [one.place for one in asked]


def test_the_hash_is_of_what_is_said_and_not_of_where() -> None:
    here = parsed_notice(title="Bridge")
    there = replace(here, origins=(FieldOrigin("title", "row 7", "Bridge"),))
    asking_here = replace(here, requirements=(replace(turnover(15), place="row 3"),))
    asking_there = replace(here, requirements=(replace(turnover(15), place="row 7"),))

    assert content_hash(notice_to_json(here)) == content_hash(notice_to_json(there))
    assert content_hash(notice_to_json(asking_here)) == content_hash(notice_to_json(asking_there))
    assert content_hash(notice_to_json(here)) != content_hash(notice_to_json(asking_here))


def test_changes_come_back_from_json_as_they_were() -> None:
    changes = (
        Change("value", None, Money(Decimal("12.50"), "INR")),
        Change("stage", Stage.TENDER, Stage.CANCELLED),
        Change("tender_expected_from", date(2027, 4, 1), None),
    )

    assert changes_from_json(json.loads(json.dumps(changes_to_json(changes)))) == changes
