"""How a part of a score is worded, on pages and in mail alike."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from matching.scoring.records import Evidence, Part, Verdict

TITLE = "Online monitoring of effluent at three sewage treatment plants"


def test_meaning_is_told_by_what_the_company_says_and_not_by_the_title_above_it() -> None:
    likeness = Evidence(TITLE, "Mätning av avloppsvatten", kind="meaning")

    worded = render_to_string(
        "components/reason.html", {"part": Part("meaning", 8, 20, Verdict.FITS, (likeness,))}
    )

    assert "Mätning av avloppsvatten" in worded
    assert TITLE not in worded


@pytest.mark.parametrize(
    ("statement", "told"),
    [("38421100", "vattenmätare"), ("99999999", "99999999"), ("5 000 mätare", "5 000 mätare")],
)
def test_a_code_is_told_by_its_name(statement: str, told: str) -> None:
    part = Part("meaning", 8, 20, Verdict.FITS, (Evidence(TITLE, statement, kind="meaning"),))

    with translation.override("sv"):
        worded = render_to_string("components/reason.html", {"part": part})

    assert f"ligger nära ert ”{told}”" in worded


@pytest.mark.parametrize(
    ("kind", "why"),
    [("hands", "eftersom arbetskraft söks"), ("let-out", "eftersom något hyrs ut eller säljs")],
)
def test_what_counts_less_is_told_why_in_the_tenders_words(kind: str, why: str) -> None:
    part = Part("domain", 8, 100, Verdict.FITS, details=(("deal", kind), ("deal_words", "Sweeping of")))

    with translation.override("sv"):
        worded = render_to_string("components/part.html", {"part": part})

    assert why in worded
    assert '<span lang="en">“Sweeping of”</span>' in worded


def test_what_the_company_dismissed_is_quoted_and_counted_as_swedes_do() -> None:
    part = Part("feedback", -4, 10, Verdict.GAP, (Evidence("lake", "sjö"),), (("dismissed", "2"),))

    with translation.override("sv"):
        worded = render_to_string("components/part.html", {"part": part})

    assert "om ”lake”" in worded
    assert "−4 av 10" in worded
