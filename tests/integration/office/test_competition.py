"""The office reads how often members ask each other to bid together, and of no company which."""

from __future__ import annotations

from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.bidding.teams.records import Concern
from matching.models import PartnerRequest
from matching.selectors.competition import Answered, PartnerCounts, partner_counts, partner_requests
from matching.services import answer_partner, withdraw_partner_request
from portal.accounts.models import User
from portal.dashboards.reports.period import quarter_of
from portal.lib.small_cells import LEAST
from tests.factories.accounts import CompanyFactory
from tests.factories.matching import CapabilityProfileFactory, PartnerRequestFactory
from tests.factories.opportunities import OpportunityFactory

SECRETS = ("Hemligt", "Smart poles", "crore", "₹")


def _ask(count: int, *concerns: Concern) -> list[PartnerRequest]:
    """Each by a company of its own, of another of its own."""
    opportunity = OpportunityFactory.create(title="Smart poles ₹ 42 crore")
    profiles = [
        CapabilityProfileFactory.create(company=CompanyFactory.create(name=f"Hemligt företag {number} AB"))
        for number in range(2 * count)
    ]
    return [
        PartnerRequestFactory.create(
            opportunity=opportunity, asking=asking, asked=asked, concerns=list(concerns)
        )
        for asking, asked in zip(profiles[:count], profiles[count:], strict=True)
    ]


def _answer(requests: list[PartnerRequest], by: User, *, has_agreed: bool) -> None:
    for request in requests:
        answer_partner(request.pk, has_agreed=has_agreed, by=by, now=timezone.now())


def _counts() -> PartnerCounts:
    quarter = quarter_of(timezone.now())
    return partner_counts(partner_requests(since=quarter.begins, until=quarter.ends))


def _rows(client: Client, address: str = "/office/competition/") -> dict[str, str]:
    page = BeautifulSoup(client.get(address).content, "lxml")
    return {
        row.select(".bars__name")[0].get_text(strip=True): row.select(".bars__number")[0].get_text(strip=True)
        for row in page.select(".bars__row")
    }


def test_the_page_tells_numbers_and_reasons_and_nobody(
    client: Client, olga: User, charlie: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _answer(_ask(LEAST + 1, Concern.SUBSTITUTES), charlie, has_agreed=True)
    _answer(_ask(LEAST), charlie, has_agreed=False)
    client.force_login(olga)

    with django_assert_max_num_queries(12):
        said = client.get("/office/competition/").content.decode()

    assert [secret for secret in SECRETS if secret in said] == []
    assert "Competitors may only join to reach what neither can alone." in said
    assert _rows(client) == {
        "Asked": "11",
        "Both agreed": "6",
        "Declined": "5",
        "Waiting for an answer": "not shown",
        "Taken back": "not shown",
        "Names told": "12",
        "Could bid alone": "not shown",
        "Offer the same": "6",
        "In another team": "not shown",
        "No warning": "5",
    }


def test_what_four_asked_is_told_nowhere(client: Client, olga: User, charlie: User) -> None:
    _answer(_ask(LEAST - 1, Concern.COULD_BID_ALONE), charlie, has_agreed=True)
    client.force_login(olga)

    assert set(_rows(client).values()) == {"not shown"}


def test_many_questions_to_few_companies_are_told_nowhere(db: None) -> None:
    one = CapabilityProfileFactory.create()
    PartnerRequestFactory.create_batch(LEAST + 1, asked=one, concerns=[Concern.SUBSTITUTES])
    PartnerRequestFactory.create_batch(LEAST + 1, asking=one, concerns=[Concern.SUBSTITUTES])
    PartnerRequest.objects.filter(asking=one).update(has_agreed=False, answered_at=timezone.now())

    counts = _counts()

    assert counts.asked == 2 * (LEAST + 1)
    assert set(counts.answers.values()) == {None}


def test_the_one_without_a_warning_is_not_told_by_those_with_one(db: None) -> None:
    _ask(LEAST, Concern.SUBSTITUTES, Concern.COULD_BID_ALONE)
    _ask(LEAST, Concern.COULD_BID_ALONE)
    _ask(1)

    counts = _counts()

    assert counts.asked == 2 * LEAST + 1
    assert counts.concerns[Concern.COULD_BID_ALONE] is None
    assert counts.concerns[Concern.SUBSTITUTES] == LEAST
    assert counts.unconcerned is None


def test_a_number_without_warning_is_not_told_beside_a_warning_of_few(db: None) -> None:
    _ask(LEAST, Concern.SUBSTITUTES)
    _ask(LEAST)
    _ask(1, Concern.IN_OTHER_TEAM)

    counts = _counts()

    assert (counts.concerns[Concern.SUBSTITUTES], counts.unconcerned) == (LEAST, None)


def test_names_count_where_the_ledger_has_a_line_for_each_side(charlie: User) -> None:
    _answer(_ask(LEAST), charlie, has_agreed=True)
    unlogged = [request.pk for request in _ask(LEAST)]
    now = timezone.now()
    PartnerRequest.objects.filter(pk__in=unlogged).update(has_agreed=True, answered_at=now)

    counts = _counts()

    assert (counts.answers[Answered.AGREED], counts.revealed) == (2 * LEAST, 2 * LEAST)


def test_what_was_taken_back_or_asked_before_warnings_were_kept_carries_none(db: None) -> None:
    for request in _ask(LEAST):
        withdraw_partner_request(request.pk, now=timezone.now())
    PartnerRequest.objects.update(concerns=None)

    counts = _counts()

    assert counts.answers[Answered.TAKEN_BACK] == LEAST
    assert {*counts.concerns.values(), counts.unconcerned} == {None}


def test_each_quarter_tells_its_own(client: Client, olga: User) -> None:
    now = timezone.now()
    before = quarter_of(now).previous
    _ask(LEAST)
    PartnerRequest.objects.update(asked_at=before.begins + timedelta(days=1))
    client.force_login(olga)

    assert _rows(client)["Asked"] == "not shown"
    assert _rows(client, f"/office/competition/?period={before.key}")["Asked"] == "5"


def test_reports_lead_the_office_there_and_no_observer(client: Client, olga: User, oskar: User) -> None:
    found = []
    for person in (olga, oskar):
        client.force_login(person)
        found.append("/office/competition/" in client.get("/office/reports/").content.decode())

    assert found == [True, False]


def test_one_pair_more_moves_nothing_until_five_have_asked_five(client: Client, olga: User) -> None:
    _ask(LEAST, Concern.SUBSTITUTES)
    client.force_login(olga)
    before = _rows(client)

    _ask(LEAST - 1, Concern.SUBSTITUTES)
    between = _rows(client)
    _ask(1)

    assert (before["Asked"], between) == ("5", before)
    assert (_rows(client)["Asked"], _rows(client)["Offer the same"]) == ("10", "not shown")


def test_an_answer_is_not_told_by_itself(client: Client, olga: User, charlie: User) -> None:
    asked = _ask(2 * LEAST)
    client.force_login(olga)
    before = _rows(client)

    _answer(asked[: LEAST - 1], charlie, has_agreed=True)
    between = _rows(client)
    _answer(asked[LEAST - 1 : LEAST], charlie, has_agreed=True)

    assert between == before
    assert _rows(client)["Both agreed"] == "5"
