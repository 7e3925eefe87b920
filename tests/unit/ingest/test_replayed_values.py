"""What a comparison of readings says on its page, in words and not as the database writes it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from ingest.services.replay.snapshot import COLUMNS
from ingest.templatetags.source_words import replayed_field, replayed_value


@pytest.mark.parametrize(
    ("column", "said", "words"),
    [
        ("", "absent", "saknas"),
        ("notices", '["ab12", "cd34"]', "2 annonser"),
        ("value_amount", '"42000000.00"', "42 000 000"),
        ("value_currency", '"INR"', "INR"),
        ("submission_deadline", '"2026-12-31T09:30:00Z"', "31 dec. 2026 15:00 IST"),
        ("submission_deadline", "null", "–"),
        ("tender_expected_from", '"2027-07-01"', "juli 2027"),
        ("is_joint_venture_allowed", "false", "inte tillåtet"),
        ("period_days", "90", "90 dagar"),
        ("organisation_chain", '["Kakinada", "Smart City"]', "Kakinada › Smart City"),
        ("without_time", '["submission_deadline"]', "Sista anbudsdag"),
        ("without_time", "[]", "–"),
        ("stage", '"eoi"', "Intresseanmälan"),
        ("title", '""', "–"),
    ],
)
def test_a_value_is_told_in_words(column: str, said: str, words: str) -> None:
    with override("sv"):
        assert replayed_value(said, column).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_that_is_compared_has_a_name_and_words_for_nothing(column: str) -> None:
    with override("sv"):
        assert replayed_field(column) != column
        assert replayed_value("null", column) == ("0 annonser" if column == "notices" else "–")
