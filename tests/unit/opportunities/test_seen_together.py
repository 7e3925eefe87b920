"""Who sees two opportunities that become one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.audience import EVERYONE, Audience, audience_of
from opportunities.seen_together import Meeting, Seen, seen_together

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WATER, LIGHT = Audience(("water-supply",)), Audience(("lighting",))
MEMBERS = [(domains, region) for domains in ((), ("a",), ("b",), ("a", "b")) for region in ("", "01", "12")]
AUDIENCES = st.builds(
    audience_of,
    st.lists(st.sampled_from("ab"), max_size=2),
    st.lists(st.sampled_from(["01", "12"]), max_size=2),
)
SEEN = st.builds(Seen, st.sampled_from([None, NOW - HOUR, NOW, NOW + HOUR, NOW + 2 * HOUR]), AUDIENCES)


@pytest.mark.parametrize(
    ("one", "other", "meeting", "learnt"),
    [
        (Seen(NOW), Seen(NOW - HOUR), Meeting.SAME, None),
        (Seen(None), Seen(NOW), Meeting.SHOWS, 0),
        (Seen(NOW), Seen(NOW + HOUR), Meeting.SHOWS, 1),
        (Seen(NOW), Seen(NOW, WATER), Meeting.WIDENS, 1),
        (Seen(NOW, WATER), Seen(NOW), Meeting.WIDENS, 0),
        (Seen(NOW, LIGHT), Seen(NOW, WATER), Meeting.CLASHES, None),
        (Seen(NOW + HOUR, WATER), Seen(NOW + 2 * HOUR, WATER), Meeting.WAITS, None),
        (Seen(NOW + HOUR, WATER), Seen(NOW + HOUR), Meeting.HIDES, None),
        (Seen(NOW + HOUR), Seen(None), Meeting.HIDES, None),
    ],
)
def test_what_becomes_of_two_rules(one: Seen, other: Seen, meeting: Meeting, learnt: int | None) -> None:
    together = seen_together(one, other, at=NOW)

    assert (together.meeting, together.learnt) == (meeting, learnt)


def sees(seen: Seen, member: tuple[tuple[str, ...], str]) -> bool:
    domains, region = member
    return seen.is_seen(at=NOW) and seen.to.includes(domains=domains, region=region)


@given(one=SEEN, other=SEEN)
def test_nobody_learns_anything_but_of_the_one_that_is_said_to_be_learnt(one: Seen, other: Seen) -> None:
    together = seen_together(one, other, at=NOW)
    if together.meeting is Meeting.CLASHES:
        return

    for member in MEMBERS:
        before = (sees(one, member), sees(other, member))
        after = sees(together.stands, member)
        learns = {place for place, saw in enumerate(before) if after and not saw}
        assert learns <= {together.learnt}
        assert after >= any(before)


@given(one=SEEN, other=SEEN)
def test_it_makes_no_difference_which_of_the_two_stays(one: Seen, other: Seen) -> None:
    here, there = seen_together(one, other, at=NOW), seen_together(other, one, at=NOW)

    assert here.meeting is there.meeting
    assert (here.learnt is None) == (there.learnt is None)
    if here.meeting is not Meeting.CLASHES:
        assert here.stands.to == there.stands.to


def test_an_empty_rule_means_everyone() -> None:
    assert seen_together(Seen(NOW), Seen(None), at=NOW).stands == Seen(NOW, EVERYONE)
