from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.audience import EVERYONE, Audience, audience_from, audience_of

DOMAINS = st.lists(st.sampled_from(["water", "waste", "light"]), max_size=3)
REGIONS = st.lists(st.sampled_from(["01", "12", "25"]), max_size=3)
AUDIENCES = st.builds(audience_of, DOMAINS, REGIONS)


@pytest.mark.parametrize(
    ("rule", "is_meant"),
    [
        (EVERYONE, True),
        (Audience(domains=("water",)), True),
        (Audience(domains=("light", "water")), True),
        (Audience(domains=("light",)), False),
        (Audience(regions=("12",)), True),
        (Audience(regions=("01",)), False),
        (Audience(domains=("water",), regions=("01",)), False),
        (Audience(domains=("water",), regions=("12",)), True),
    ],
)
def test_a_member_is_meant_by_what_it_does_and_where_it_sits(rule: Audience, *, is_meant: bool) -> None:
    assert rule.includes(domains=["water", "waste"], region="12") is is_meant


def test_who_has_told_nothing_is_meant_only_by_what_is_for_all() -> None:
    assert EVERYONE.includes(domains=[], region="")
    assert not Audience(domains=("water",)).includes(domains=[], region="")
    assert not Audience(regions=("01",)).includes(domains=[], region="")


@given(AUDIENCES, AUDIENCES, DOMAINS, st.sampled_from(["", "01", "12", "25"]))
def test_whoever_a_rule_means_is_meant_by_one_that_covers_it(
    wide: Audience, narrow: Audience, domains: list[str], region: str
) -> None:
    if wide.covers(narrow) and narrow.includes(domains=domains, region=region):
        assert wide.includes(domains=domains, region=region)


@given(AUDIENCES)
def test_the_ledger_keeps_a_rule_whole(rule: Audience) -> None:
    assert audience_from(rule.as_rule()) == rule
    assert EVERYONE.covers(rule)
