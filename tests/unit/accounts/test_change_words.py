"""What stood in a watched row, in words that a person of the office reads."""

from __future__ import annotations

import pytest
from django.utils import translation

from portal.accounts.templatetags.change_words import column_value


@pytest.mark.parametrize(
    ("value", "column", "said"),
    [
        ("2025-09-28T16:35:10.117988+00:00", "approved_at", "28 Sep 2025 18:35"),
        ("whenever", "ended_at", "whenever"),
        ("17", "region", "Värmland"),
        ("99", "region", "99"),
        ("17", "name", "17"),
        (None, "region", "–"),
        (True, "is_active", "yes"),
        (["Poona", "Puna"], "other_names", "Poona, Puna"),
    ],
)
def test_a_value_is_said_in_words_where_it_has_any(value: object, column: str, said: str) -> None:
    with translation.override("en"):
        assert column_value(value, column) == said
