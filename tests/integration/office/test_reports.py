"""What the office and Team Sweden read: numbers of five companies or more, and no member's name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from matching.models import Follow, LossCount, Outcome, Verdict
from matching.services import count_losses
from opportunities.models import Disclosure, Opportunity
from opportunities.services.search_entries import write_search_entries
from portal.accounts.models import Company, User
from portal.dashboards.reports.figures import figures_of
from portal.dashboards.reports.last_told import last_told
from portal.dashboards.reports.paper import printed
from portal.dashboards.reports.period import Quarter, chosen_quarter, offered_quarters, quarter_of
from portal.dashboards.reports.sections import Section, sections
from portal.dashboards.reports.steps import as_told
from portal.lib.small_cells import LEAST
from portal.ui.charts.weeks import WEEK
from tests.at_once import at_once
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.ingest import SourceFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    LastLookFactory,
    MatchFactory,
    VerdictFactory,
)
from tests.factories.opportunities import OpportunityFactory

SECRETS = ("Hemligt", "Person", "@example.org")


def _members(count: int) -> list[tuple[Company, User]]:
    found = []
    for number in range(count):
        company = CompanyFactory.create(name=f"Hemligt företag {number} AB")
        person = UserFactory.create()
        MembershipFactory.create(company=company, user=person)
        found.append((company, person))
    return found


def _disclosed(by: User, *, title: str = "Smart poles ₹ 42 crore") -> Opportunity:
    now = timezone.now() - timedelta(minutes=5)
    opportunity = OpportunityFactory.create(title=title, state="MH", disclosed_from=now)
    write_search_entries([opportunity.pk])
    opportunity.search_entry.domains = ["lighting"]
    opportunity.search_entry.save()
    Disclosure.objects.create(opportunity=opportunity, decided_by=by, decided_at=now, disclosed_from=now)
    return opportunity


def _part(key: str, *, after: timedelta = timedelta(0)) -> Section:
    now = timezone.now()
    with translation.override("en"):
        parts = sections(as_told(figures_of(quarter_of(now), now=now + after)), is_office=True)
    return next(part for part in parts if part.key == key)


def _numbers(key: str, *, after: timedelta = timedelta(0)) -> dict[object, object]:
    return {row[0]: row[-1] for row in _part(key, after=after).rows}


def _do_everything(members: list[tuple[Company, User]], opportunity: Opportunity, stage: str = "bid") -> None:
    for company, person in members:
        profile = CapabilityProfileFactory.create(company=company)
        MatchFactory.create(profile=profile, opportunity=opportunity)
        LastLookFactory.create(person=person, opportunity=opportunity)
        FollowFactory.create(company=company, opportunity=opportunity, by=person)
        VerdictFactory.create(
            profile=profile, opportunity=opportunity, person=person, reason=Verdict.Reason.NO_TIME
        )
        Outcome.objects.create(
            company=company,
            opportunity=opportunity,
            stage=stage,
            reason="price" if stage == "lost" else "",
            told_by=person,
            told_at=timezone.now(),
        )


def test_what_five_members_did_is_told(olga: User) -> None:
    opportunity = _disclosed(olga)
    _do_everything(_members(LEAST), opportunity, stage="lost")

    assert _part("reach").rows[0][2:] == (5, 5, 5, 5)
    assert _numbers("funnel") == {"Followed": 5, "Bid": 5, "Shortlisted": None, "Won": None}
    reasons = _numbers("reasons")
    assert (reasons["dismissed: not enough time"], reasons["lost or not bid: price"]) == (5, 5)
    for key in ("matches", "follows"):
        assert not any(row[1] for row in _part(key).rows)  # the week still runs
        assert [row[1] for row in _part(key, after=WEEK).rows if row[1]] == [5]


def test_what_four_members_did_is_told_nowhere(olga: User) -> None:
    opportunity = _disclosed(olga)
    members = _members(LEAST + LEAST)
    _do_everything(members[: LEAST - 1], opportunity, stage="lost")

    assert _part("reach").rows[0][2:] == (10, None, None, None)
    for key in ("funnel", "reasons", "matches", "follows"):
        assert {row[-1] for row in _part(key, after=WEEK).rows} == {None}


def test_what_one_company_did_between_two_days_is_told_on_neither(olga: User) -> None:
    opportunity = _disclosed(olga)
    members = _members(3 * LEAST)
    _do_everything(members[:LEAST], opportunity, stage="lost")
    keys = ("reach", "reasons", "funnel")
    before = {key: _part(key).rows for key in keys}

    _do_everything(members[LEAST : 2 * LEAST - 1], opportunity, stage="lost")
    between = {key: _part(key).rows for key in keys}
    _do_everything(members[2 * LEAST - 1 : 2 * LEAST], opportunity, stage="lost")

    assert before["reach"][0][2:] == (15, 5, 5, 5)
    assert between == before
    assert _part("reach").rows[0][2:] == (15, 10, 10, 10)
    assert (_numbers("funnel")["Bid"], _numbers("reasons")["lost or not bid: price"]) == (10, 10)


def test_a_company_that_leaves_takes_nothing_out_of_what_was_told(olga: User) -> None:
    opportunity = _disclosed(olga)
    _do_everything(_members(2 * LEAST), opportunity)
    before = _part("funnel").rows

    Follow.objects.filter(company=Follow.objects.earliest("pk").company).delete()

    assert _part("funnel").rows == before


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_with_one_company_more_each_are_told_the_same() -> None:
    def ask(number: int) -> list[int]:
        acts = {"bid": list(range(LEAST + number))}
        return list(last_told({"race": acts}, now=timezone.now())["race"]["bid"])

    told = at_once(ask, range(LEAST - 1))

    assert len({len(by) for by in told}) == 1


def test_what_a_few_did_not_do_can_not_be_worked_out(olga: User) -> None:
    """Eight could see it and seven follow it: the eighth would be told by subtraction."""
    opportunity = _disclosed(olga)
    members = _members(8)
    _do_everything(members[:7], opportunity)

    assert _part("reach").rows[0][2:] == (8, None, None, None)


def test_a_stage_that_all_but_a_few_reached_is_not_told(olga: User) -> None:
    opportunity = _disclosed(olga)
    members = _members(7)
    _do_everything(members[:6], opportunity, stage="won")
    FollowFactory.create(company=members[6][0], opportunity=opportunity, by=members[6][1])

    assert _numbers("funnel") == {"Followed": 7, "Bid": None, "Shortlisted": None, "Won": None}


def test_demand_is_counted_from_what_every_member_may_see(olga: User) -> None:
    _disclosed(olga)
    some = _disclosed(olga)
    Opportunity.objects.filter(pk=some.pk).update(audience_domains=["lighting"])
    secret = _disclosed(olga)
    Opportunity.objects.filter(pk=secret.pk).update(disclosed_from=None)

    assert _numbers("domains") == {"Lighting": 1}
    assert _numbers("states") == {"Maharashtra": 1}


def test_gates_are_counted_once_a_day_and_told_of_five_companies(olga: User) -> None:
    now = timezone.now()
    closing = OpportunityFactory.create(submission_deadline=now + timedelta(days=1))
    for company, _ in _members(LEAST):
        MatchFactory.create(profile=CapabilityProfileFactory.create(company=company), opportunity=closing)

    assert [count_losses(now=now), count_losses(now=now)] == [True, True]

    assert LossCount.objects.count() == len(LossCount.Gate)
    assert _numbers("gates")["not enough time"] is None  # the month runs
    next_month = timedelta(days=32)
    assert _numbers("gates", after=next_month)["not enough time"] == LEAST
    LossCount.objects.filter(gate="time").update(companies=LEAST - 1)
    assert _numbers("gates", after=next_month)["not enough time"] is None


@pytest.mark.django_db
def test_each_profile_more_costs_one_query_to_count_its_losses() -> None:
    now = timezone.now()

    def asked(profiles: int) -> int:
        for company, _ in _members(profiles):
            profile = CapabilityProfileFactory.create(company=company)
            for opportunity in OpportunityFactory.create_batch(
                2, submission_deadline=now + timedelta(days=1)
            ):
                MatchFactory.create(profile=profile, opportunity=opportunity)
        with CaptureQueriesContext(connection) as queries:
            count_losses(now=now)
        return len(queries)

    assert asked(3) + 4 == asked(4)


def test_observers_read_the_report_and_no_members_name(client: Client, olga: User, oskar: User) -> None:
    _do_everything(_members(LEAST), _disclosed(olga))
    hidden = _disclosed(olga, title="Only for a few")
    Opportunity.objects.filter(pk=hidden.pk).update(audience_domains=["lighting"])
    client.force_login(oskar)

    answers = [client.get("/", follow=True), client.get("/office/reports/?period=nonsense")]

    for page in (answer.content.decode() for answer in answers):
        assert "Reports" in page or "Rapporter" in page
        assert "Smart poles" in page
        assert "Only for a few" not in page
        assert not [word for word in SECRETS if word in page.replace("oskar@example.org", "")]


def test_observers_open_nothing_else(client: Client, oskar: User) -> None:
    client.force_login(oskar)
    others = ("/office/members/", "/matches/", "/office/inbox/", "/office/mail/", "/overview/")

    assert {client.get(page).status_code for page in others} == {403}


def test_the_page_asks_the_database_little(
    client: Client, olga: User, oskar: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        _do_everything(_members(2), _disclosed(olga))
    SourceFactory.create(poll_every_minutes=10)
    client.force_login(oskar)

    assert client.get("/office/reports/").status_code == 200

    with django_assert_max_num_queries(12):
        assert client.get("/office/reports/").status_code == 200


def test_the_workbook_says_what_the_page_says_and_runs_nothing(client: Client, olga: User) -> None:
    _do_everything(_members(LEAST), _disclosed(olga, title="=cmd|' /C calc'!A0"))
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
    _do_everything(_members(LEAST), _disclosed(olga))
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


def test_periods_touch_and_never_overlap() -> None:
    now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # a new year in Sweden

    offered = offered_quarters(now)

    assert offered[:2] == [Quarter(2027, 1), Quarter(2026, 4)]
    assert [later.begins for later in offered[:-1]] == [earlier.ends for earlier in offered[1:]]
    assert chosen_quarter("2026-4", now=now) == Quarter(2026, 4)
    assert chosen_quarter("1999-1", now=now) == chosen_quarter("x", now=now) == Quarter(2027, 1)
