from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.parsed_notice import Stage
from opportunities.searching.address import (
    MOST_LETTERS,
    MistakeKind,
    query_of,
    search_from_query,
    search_from_text,
)
from opportunities.searching.definition import (
    WITHIN_DAYS,
    Answer,
    Facet,
    OpportunitySearch,
    Order,
    ValueBand,
    View,
)

DOMAINS = ("lighting", "wastewater")

words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
texts = st.lists(words, max_size=3).map(" ".join)


def some_of(values: object) -> st.SearchStrategy[tuple[str, ...]]:
    drawn = st.sets(st.sampled_from(sorted(map(str, values))), max_size=3)  # type: ignore[call-overload]
    return drawn.map(lambda chosen: tuple(sorted(chosen)))


searches = st.builds(
    OpportunitySearch,
    words=texts,
    stage=some_of(Stage),
    domain=some_of(DOMAINS),
    state=some_of(["MH", "KA", "TN"]),
    city=st.sets(words, max_size=2).map(lambda names: tuple(sorted(names))),
    value=some_of(ValueBand),
    within=st.sampled_from([(), *((days,) for days in WITHIN_DAYS)]),
    joint_venture=some_of(Answer),
    with_closed=st.booleans(),
    as_written=st.booleans(),
    order=st.sampled_from(Order),
    view=st.sampled_from(View),
)


@given(searches)
def test_an_address_holds_the_whole_search(search: OpportunitySearch) -> None:
    read = search_from_text(query_of(search), domains=DOMAINS)

    assert read.search == search
    assert read.mistakes == ()


@given(searches)
def test_a_search_has_one_address(search: OpportunitySearch) -> None:
    turned = {name: values[::-1] for name, values in parse_qs(query_of(search)).items()}

    assert query_of(search_from_query(turned, domains=DOMAINS).search) == query_of(search)


@given(st.dictionaries(st.sampled_from(["q", "page", *Facet, "sort", "view", "x"]), st.lists(st.text())))
def test_whatever_an_address_says_is_read(query: dict[str, list[str]]) -> None:
    search = search_from_query(query, domains=DOMAINS).search

    assert len(search.words) <= MOST_LETTERS
    assert search_from_text(query_of(search), domains=DOMAINS).search.words == search.words


@pytest.mark.parametrize(
    ("query", "name", "given_value"),
    [
        ("state=ZZ&stage=tender", "state", "ZZ"),
        ("stage=soon&stage=tender", "stage", "soon"),
        ("domain=witchcraft&stage=tender", "domain", "witchcraft"),
        ("value=lots&stage=tender", "value", "lots"),
        ("within=8&stage=tender", "within", "8"),
        ("jv=perhaps&stage=tender", "jv", "perhaps"),
        ("global=unstated&stage=tender", "global", "unstated"),
        ("sort=colour&stage=tender", "sort", "colour"),
        ("view=globe&stage=tender", "view", "globe"),
        ("closed=1&stage=tender", "closed", "1"),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_holds(query: str, name: str, given_value: str) -> None:
    read = search_from_text(query, domains=DOMAINS)

    assert read.search == OpportunitySearch(stage=("tender",))
    assert [(one.kind, one.name, one.given) for one in read.mistakes] == [
        (MistakeKind.UNKNOWN, name, given_value)
    ]


def test_too_many_words_are_cut_between_two_and_told() -> None:
    read = search_from_text("q=" + "+".join(["sensor"] * 2_000), domains=DOMAINS)

    assert 190 < len(read.search.words) <= MOST_LETTERS
    assert set(read.search.words.split()) == {"sensor"}
    assert [mistake.kind for mistake in read.mistakes] == [MistakeKind.TOO_LONG]


def test_a_word_without_end_is_cut() -> None:
    read = search_from_query({"q": ["a" * 10_000]}, domains=DOMAINS)

    assert read.search.words == "a" * MOST_LETTERS


def test_what_nobody_can_see_or_store_is_left_out() -> None:
    read = search_from_query({"q": ["street\x00\u200blight\ud800"], "city": ["Pu\x00ne"]}, domains=DOMAINS)

    assert read.search.words == "street light"
    assert read.search.city == ("Pu ne",)


def test_letters_of_either_case_are_known() -> None:
    read = search_from_text("state=mh&stage=TENDER", domains=DOMAINS)

    assert (read.search.state, read.search.stage) == (("MH",), ("tender",))


def test_no_more_values_are_taken_than_anyone_chooses() -> None:
    read = search_from_query({"buyer": [f"Office {n}" for n in range(100)]}, domains=DOMAINS)

    assert len(read.search.buyer) == 30
    assert [mistake.kind for mistake in read.mistakes] == [MistakeKind.TOO_MANY]


def test_a_value_is_put_in_and_taken_out() -> None:
    search = OpportunitySearch(state=("MH",))

    both = search.toggled(Facet.STATE, "KA")

    assert both.state == ("MH", "KA")
    assert both.toggled(Facet.STATE, "MH").state == ("KA",)


def test_of_the_days_ahead_one_choice_stands() -> None:
    search = OpportunitySearch(within=("7",))

    assert search.toggled(Facet.WITHIN, "30").within == ("30",)
    assert search.toggled(Facet.WITHIN, "7").within == ()
