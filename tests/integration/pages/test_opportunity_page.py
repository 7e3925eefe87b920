from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client

from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.ingest import ExtractionFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn


def page_of(opportunity: Opportunity, client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/opportunities/{opportunity.pk}/").content, "lxml")


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def facts_on(page: BeautifulSoup) -> dict[str, str]:
    return {
        text_of(fact.select("dt")[0]): " ".join(text_of(said) for said in fact.select("dd"))
        for fact in page.select(".fact")
    }


def test_each_fact_stands_with_its_source_and_words(world: World, alice: User, as_: SignIn) -> None:
    facts = facts_on(page_of(world.sensors, as_(alice)))

    assert facts["Value"].startswith("₹ 84.5 crore ≈ SEK 93 M source Maharashtra e-tendering")
    assert "84,50,00,000" in facts["Value"]


def test_what_no_notice_states_is_shown_as_unknown(world: World, alice: User, as_: SignIn) -> None:
    facts = facts_on(page_of(world.sensors, as_(alice)))

    assert facts["Last day for questions"] == "not stated"
    assert facts["Time for the work"] == "not stated"


def test_a_moment_is_told_by_both_clocks_and_a_day_alone_says_so(alice: User, as_: SignIn) -> None:
    opportunity = OpportunityFactory.create(
        submission_deadline=datetime(2026, 11, 30, 9, 30, tzinfo=UTC),
        opening_at=datetime(2026, 12, 1, 18, 29, 59, tzinfo=UTC),
        without_time=["opening_at"],
    )

    facts = facts_on(page_of(opportunity, as_(alice)))

    assert facts["Bids close"] == "30 Nov 2026 15:00 IST · 10:30 Stockholm"
    assert facts["Bids opened"] == "1 Dec 2026 , time not stated"


def test_what_was_known_before_its_tender_says_since_when(world: World, olga: User, as_: SignIn) -> None:
    page = page_of(world.poles, as_(olga))

    steps = [text_of(step) for step in page.select(".stages__name")]
    assert steps == ["Known early", "Tender expected"]


def test_what_could_not_be_read_is_quoted(world: World, alice: User, as_: SignIn) -> None:
    page = page_of(world.sensors, as_(alice))

    assert "the notice says as per the corrigendum" in text_of(page)


def test_a_correction_is_told_field_by_field(world: World, alice: User, as_: SignIn) -> None:
    page = page_of(world.sensors, as_(alice))

    rows = [text_of(row) for row in page.select(".changes")[0].select("tbody tr")]
    assert rows[1] == "Joint venture – allowed"
    assert rows[0].count("IST") == 2


def test_what_is_merely_filled_in_is_named_and_no_more(world: World, alice: User, as_: SignIn) -> None:
    page = page_of(world.sensors, as_(alice))

    tables = [[text_of(row)[:8] for row in table.select("tbody tr")] for table in page.select(".changes")]
    assert tables == [["Bids clo", "Joint ve"], ["Title SC", "Place Pu"]]
    assert "Tender fee, Form of contract" in text_of(page)


def test_the_words_a_score_rests_on_are_marked_in_the_scope(world: World, alice: User, as_: SignIn) -> None:
    page = page_of(world.sensors, as_(alice))

    assert [mark.get_text() for mark in page.select(".scope mark")] == ["water-quality sensors", "SCADA"]


def test_the_score_is_the_sum_of_what_is_listed(world: World, alice: User, as_: SignIn) -> None:
    page = page_of(world.sensors, as_(alice))

    parts = [text_of(part) for part in page.select(".part")]
    assert [part.split(" ")[0] for part in parts] == ["Field", "Wording", "Contract", "Place"]


def test_words_of_a_notice_can_not_become_markup(alice: User, as_: SignIn) -> None:
    opportunity = OpportunityFactory.create(
        title="<script>alert(1)</script>", description="<img src=x>", url="javascript:alert(1)"
    )

    said = as_(alice).get(f"/opportunities/{opportunity.pk}/").content.decode()

    assert "<script>alert" not in said
    assert "<img" not in said
    assert "javascript:" not in said


def test_the_original_is_text_that_can_not_run(world: World, alice: User, as_: SignIn) -> None:
    document = world.sensors.notices.get(notice_id="NIT 17").extractions.get().document

    answer = as_(alice).get(f"/originals/{document.pk}/")

    assert answer.content == bytes(document.body)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_original_that_is_no_text_is_saved_and_not_opened(alice: User, as_: SignIn) -> None:
    extraction = ExtractionFactory.create(
        notice=NoticeFactory.create(), document__media_type="application/pdf", document__body=b"%PDF-1.7 \xff"
    )

    answer = as_(alice).get(f"/originals/{extraction.document_id}/")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("path", ["/opportunities/0/", "/originals/0/", "/no/such/page/"])
def test_what_is_not_there_is_not_found(path: str, alice: User, as_: SignIn) -> None:
    answer = as_(alice).get(path)

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_its_dates_go_into_a_calendar_where_there_are_any(world: World, alice: User, as_: SignIn) -> None:
    early = OpportunityFactory.create(submission_deadline=None)

    assert "/calendar.ics" in as_(alice).get(f"/opportunities/{world.sensors.pk}/").content.decode()
    assert "/calendar.ics" not in as_(alice).get(f"/opportunities/{early.pk}/").content.decode()
