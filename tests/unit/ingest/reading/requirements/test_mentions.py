"""The quick look must not pass over what a rule would have read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.requirements import RULES
from ingest.reading.requirements.mentions import mention_finder
from ingest.reading.requirements.records import Rule

mentions_any = mention_finder(rule.mention for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
@given(drawn=st.data())
def test_whatever_a_rule_looks_for_is_noticed(rule: Rule, drawn: st.DataObject) -> None:
    mention = drawn.draw(st.from_regex(rule.mention))

    assert mentions_any(mention)
    assert mentions_any(f"The bidder must \N{EN DASH} as the tender says \N{EN DASH} {mention}")


@given(text=st.text(alphabet="abeijlnoprstuvxEIJSV \n.-14\u0130\u017f", max_size=60))
def test_it_answers_as_asking_every_rule_would(text: str) -> None:
    assert mentions_any(text) == any(re.search(rule.mention, text) for rule in RULES)


def test_a_work_that_asks_for_nothing_is_passed_over() -> None:
    assert not mentions_any("Repair of drains and footpaths in ward no. 12, with completion by the monsoon")
