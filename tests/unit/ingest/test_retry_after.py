from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.http.retry_after import LONGEST, retry_after

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Fri, 20 Nov 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Friday, 20-Nov-26 12:30:00 GMT", timedelta(minutes=30)),
        ("Fri Nov 20 12:30:00 2026", timedelta(minutes=30)),
        ("Fri, 20 Nov 2026 11:30:00 GMT", timedelta(0)),
        ("Sun, 22 Nov 2099 10:00:00 GMT", LONGEST),
        ("9" * 5_000, LONGEST),
        ("", timedelta(0)),
        ("soon", timedelta(0)),
        ("-5", timedelta(0)),
        ("٣٠", timedelta(0)),
    ],
)
def test_what_a_server_asks_for_is_understood(value: str, wait: timedelta) -> None:
    assert retry_after(value, now=NOON) == wait


@given(st.text(max_size=80))
def test_whatever_it_says_the_wait_has_an_end(value: str) -> None:
    assert timedelta(0) <= retry_after(value, now=NOON) <= LONGEST
