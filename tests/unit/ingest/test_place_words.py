from __future__ import annotations

import pytest
from django.utils import translation

from ingest.templatetags.place_words import place_in_words


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("row 3", "rad 3"),
        ("page 2, line 14", "sidan 2, rad 14"),
        ("item 4, paragraph 1", "punkt 4, stycke 1"),
        ("attachment page 3.xlsx, row 12", "attachment page 3.xlsx, rad 12"),
        ("Sheet1, row 7", "Sheet1, rad 7"),
        ("Annexure II", "Annexure II"),
        ("", ""),
    ],
)
def test_a_place_is_told_in_swedish_but_for_the_documents_own_names(place: str, told: str) -> None:
    with translation.override("sv"):
        assert place_in_words(place) == told


def test_in_english_a_place_stays_as_it_was_noted() -> None:
    assert place_in_words("page 2, line 14") == "page 2, line 14"
