"""The report as a workbook and on paper: what the page says, and nothing more."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from portal.accounts.models import User
from portal.dashboards.reports.figures import figures_of
from portal.dashboards.reports.paper import printed
from portal.dashboards.reports.period import quarter_of
from portal.dashboards.reports.sections import Section, sections
from portal.dashboards.reports.steps import as_told
from portal.lib.small_cells import LEAST
from tests.integration.office.members_at_work import disclosed, do_everything, some_members


def test_the_workbook_says_what_the_page_says_and_runs_nothing(client: Client, olga: User) -> None:
    do_everything(some_members(LEAST), disclosed(olga, title="=cmd|' /C calc'!A0"))
    client.force_login(olga)

    body = client.get("/office/reports/report.xlsx").content

    rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    cells = [str(cell) for row in rows for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert "not shown" in cells
    assert not [cell for cell in cells if "Hemligt" in cell]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("From following to winning", "Smart poles INR 42 crore", "not shown")),
        ("sv", ("Från bevakning till vinst", "Efterfrågan per område", "visas inte")),
    ],
)
def test_the_paper_can_be_read_in_both_languages(olga: User, language: str, words: tuple[str, ...]) -> None:
    do_everything(some_members(LEAST), disclosed(olga))
    now = timezone.now()
    with translation.override(language):
        parts = sections(as_told(figures_of(quarter_of(now), now=now)), is_office=True)
        body = printed("Q4", parts, language=language, now=now)

    paper = pypdfium2.PdfDocument(body)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())
    assert [word for word in words if word not in text] == []
    assert "Hemligt" not in text


def test_the_paper_has_a_letter_for_every_date(olga: User) -> None:
    with translation.override("en"):
        week = "Week 40, 28\u2009Sept\u2009–\u20094 Oct 2026"
        part = Section("weeks", "Weeks", "", ("Week", "Opportunities"), ((week, 7),))
        body = printed("Q4", [part], language="en", now=timezone.now())

    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()
    assert "?" not in text
    assert "Opportunities" in text  # unbroken


def test_the_paper_is_sent_as_a_pdf(client: Client, olga: User) -> None:
    client.force_login(olga)

    answer = client.get("/office/reports/report.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
