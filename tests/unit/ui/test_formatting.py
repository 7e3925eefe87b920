from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from portal.ui.templatetags.formatting import (
    breakable,
    day,
    marked,
    short_day,
    short_stockholm_day,
    stockholm_day,
    web_address,
)

# 21:30 in Stockholm, two in the night after in India
LATE = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "phrases", "shown"),
    [
        ("Online sensors", [], "Online sensors"),
        ("Online sensors", ["sensors"], "Online <mark>sensors</mark>"),
        ("SENSORS", ["sensors"], "<mark>SENSORS</mark>"),
        ("biosensors", ["sensors"], "biosensors"),
        ("smart\n  poles", ["smart poles"], "<mark>smart\n  poles</mark>"),
        ("water sensors", ["water", "water sensors"], "<mark>water sensors</mark>"),
        ("a (b) c", ["(b)"], "a <mark>(b)</mark> c"),
        ("<b>& sensors", ["sensors", " "], "&lt;b&gt;&amp; <mark>sensors</mark>"),
        ("a <script>", ["<script>"], "a <mark>&lt;script&gt;</mark>"),
    ],
)
def test_phrases_are_marked_and_nothing_else_is_markup(text: str, phrases: list[str], shown: str) -> None:
    assert marked(text, phrases) == shown


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://etenders.example.org/1", "https://etenders.example.org/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, link: str) -> None:
    assert web_address(address) == link


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("results[].sek_millions", "results[].<wbr>sek_<wbr>millions"),
        ("/api/v1/matches/{match_id}", "/api/<wbr>v1/<wbr>matches/<wbr>{match_<wbr>id}"),
        ("<b>.a", "&lt;b&gt;.a"),
    ],
)
def test_names_in_code_may_break_between_their_words(name: str, shown: str) -> None:
    assert breakable(name) == shown


def test_what_is_done_here_late_in_the_evening_bears_this_day_and_what_is_due_in_india_the_next() -> None:
    with translation.override("en"):
        assert (stockholm_day(LATE), short_stockholm_day(LATE)) == ("22\xa0Nov\xa02026", "22\xa0Nov")
        assert (day(LATE), short_day(LATE)) == ("23\xa0Nov\xa02026", "23\xa0Nov")


def test_a_day_is_the_same_day_everywhere() -> None:
    with translation.override("sv"):
        assert short_day(date(2026, 11, 22)) == "22\xa0nov."
