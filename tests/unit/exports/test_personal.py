"""Whoever is named in a text is left out of open data, and looking quickly misses nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opportunities.exports.personal import LEFT_OUT, impersonal, impersonal_facts, without_people
from opportunities.parsed_notice import OpportunityFacts

# What names or reaches people, in pieces that come to it or nearly, and what stands beside it
PIECES = st.sampled_from(
    [
        *(
            "Mr",
            "Mrs",
            "Ms",
            "Dr",
            "Er",
            "Shri",
            "Smt",
            "Sri",
            "SHRI",
            "mr",
            "Er.",
            "Mrs.",
            "A.",
            "Asha",
            "Rao",
        ),
        *("@", "a", "b.in", "[at]", "(AT)", "(At]", "[dot]", "gov", "ſ", "K"),
        *("+", "91", "98765", "43210", "9", "0", "022", "2345678", "९८७६५", "2026", "27", "98 765 432 10"),
        *(" ", " ", "-", ".", ",", "/", "\n", "\u00a0", "(", "[", ")", "E", "S", "road", "ward no. 12"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_looking_quickly_comes_to_what_looking_everywhere_comes_to(text: str) -> None:
    assert impersonal(text) == without_people(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_all_texts_of_a_notice_at_once_come_to_what_each_comes_to(
    title: str, place: str, chain: list[str]
) -> None:
    facts = OpportunityFacts(
        title=title, location=place, organisation_chain=tuple(chain), contact="The engineer"
    )

    told = impersonal_facts(facts)

    assert told == OpportunityFacts(
        title=without_people(title),
        location=without_people(place),
        organisation_chain=tuple(map(without_people, chain)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "+91 98 765 432 10",  # nowhere four digits in a row
        "98765 43210",
        "022-23456789",
        "sanjay@example.org",
        "sanjay (AT) example (DOT) org",
        "Er. K. Rao",
        "Shri Sanjay Rao",
    ],
)
def test_each_way_of_naming_somebody_is_seen(text: str) -> None:
    assert impersonal(f"Ask {text} today") == f"Ask {LEFT_OUT} today"
