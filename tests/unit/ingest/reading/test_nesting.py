from __future__ import annotations

import pytest

from ingest.reading.nesting import DEEPEST, is_too_deep


def test_no_page_that_people_write_is_too_deep() -> None:
    assert not is_too_deep("<div><b>x</b></div>" * 10_000)
    assert not is_too_deep("<p>a<br><li>b<td>c" * 10_000)


@pytest.mark.parametrize("markup", ["<div>" * (DEEPEST + 1), "<table><tr><td>" * (DEEPEST + 1)])
def test_tags_within_tags_without_end_are_too_deep(markup: str) -> None:
    assert is_too_deep(markup)
