from __future__ import annotations

import pytest

from matching.scoring.records import Evidence
from matching.templatetags.match_words import first_few


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["sewage treatment plant", "treatment plant", "sewage"], ["sewage treatment plant"]),
        (
            ["LED street lights", "smart LED street", "led street lights"],
            ["LED street lights", "smart LED street"],
        ),
        (["a", "b", "c", "d", "e"], ["a", "b", "c", "d"]),
        ([], []),
    ],
)
def test_a_line_of_reasons_says_nothing_twice(found: list[str], told: list[str]) -> None:
    assert [each.offered for each in first_few([Evidence(words, words) for words in found])] == told
