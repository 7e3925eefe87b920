"""How a part of a score is worded, on pages and in mail alike."""

from __future__ import annotations

from django.template.loader import render_to_string

from matching.scoring.records import Evidence, Part, Verdict

TITLE = "Online monitoring of effluent at three sewage treatment plants"


def test_meaning_is_told_by_what_the_company_says_and_not_by_the_title_above_it() -> None:
    likeness = Evidence(TITLE, "Mätning av avloppsvatten", kind="meaning")

    worded = render_to_string(
        "components/reason.html", {"part": Part("meaning", 8, 20, Verdict.FITS, (likeness,))}
    )

    assert "Mätning av avloppsvatten" in worded
    assert TITLE not in worded
