"""The months before today: read as the bulletins came, and lived through by the members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from ingest.models import QuarantinedPart, RawDocument, Source
from matching.models import CapabilityProfile, Follow, Outcome
from matching.selectors.competition import partner_counts, partner_requests
from matching.selectors.coverage import coverage
from matching.selectors.members import members
from matching.selectors.report import follows_begun, given_up
from opportunities.models import BuyerMemory, LedgerEntry, Notice, Opportunity
from opportunities.selectors import examine_ledger
from opportunities.services import name_buyers, reckon_memories
from portal.accounts.counties import COUNTIES
from portal.accounts.models import Company
from portal.dashboards.reports.period import quarter_of
from portal.demo.past import tell_of_the_past
from portal.demo.simulator.server import Simulator
from portal.lib.small_cells import told, told_chain

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
# Five months are lived through, which takes some seconds.
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("past")]


@pytest.fixture(scope="module")
def lived_once(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Made once: no test changes anything in it."""
    folder = tmp_path_factory.mktemp("data")
    at_work = override_settings(DEMO=True, SIMULATOR_URL="http://127.0.0.1:1", DATA_DIR=folder)
    with (
        Simulator(folder / "channel", clock=lambda: NOW),
        at_work,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        call_command("load_demo", verbosity=0)
        assert tell_of_the_past(now=NOW) is True
        yield
        transaction.set_rollback(True)


@pytest.fixture
def past(lived_once: None, db: None) -> None:
    """As it is once everything has happened."""


def test_the_earlier_bulletins_are_read_as_on_the_day_they_came() -> None:
    documents = RawDocument.objects.filter(source__slug="cii-past")
    assert documents.count() == 18
    assert not QuarantinedPart.objects.exists()
    assert not documents.exclude(rejected_because="").exists()
    tenders = Opportunity.objects.filter(stage="tender")
    assert tenders.count() == 39
    assert all(one.recorded_at - one.published_at < HOUR for one in tenders if one.published_at)
    assert Source.objects.get(slug="cii-past").last_polled_at == NOW


def test_twice_is_once() -> None:
    before = [model._default_manager.count() for model in (Notice, Follow, Outcome, LedgerEntry)]

    assert tell_of_the_past(now=NOW) is False

    assert [model._default_manager.count() for model in (Notice, Follow, Outcome, LedgerEntry)] == before


def test_the_members_are_many_and_unlike_and_some_are_silent_or_have_told_little() -> None:
    companies = Company.objects.exclude(approved_at=None)
    regions = set(companies.values_list("region", flat=True))
    assert companies.count() >= 9
    assert len(regions & COUNTIES.keys()) >= 9
    assert "" in regions
    assert {one.company.name for one in members() if one.is_silent(NOW)} == {
        "Kretsa Bioenergy AB",
        "Parkrot Stadsgrönska AB",
        "Rumsklok Byggautomation AB",
    }
    assert not CapabilityProfile.objects.filter(company__name__startswith="Parkrot").exists()
    assert any(row.is_unanswered for row in coverage(at=NOW))


def test_five_buyers_are_remembered_with_every_figure() -> None:
    name_buyers(now=NOW)
    reckon_memories(now=NOW, most=1_000)

    told_of = BuyerMemory.objects.filter(
        bid_days_of__gte=5, closed__gte=5, extended__gt=0, security_of__gte=5
    )
    assert told_of.count() == 5
    assert BuyerMemory.objects.filter(cancelled__gt=0).get().buyer.name.startswith("Nagpur")


def test_a_quarter_tells_how_far_members_came_and_keeps_the_few_who_won_to_itself() -> None:
    quarter = quarter_of(NOW).previous
    period = {"since": quarter.begins, "until": quarter.ends}
    begun = follows_begun(**period)

    followed, bid, _, won = told_chain(begun.funnel.stages)
    assert followed is not None
    assert bid is not None
    assert followed > bid
    assert won is None
    assert any(told(cell) for cell in begun.by_week.values())
    assert any(told(cell) for cell in given_up(**period).values())
    assert partner_counts(partner_requests(**period)).asked is not None


def test_the_ledger_tells_it_in_order_and_is_sound() -> None:
    at = list(LedgerEntry.objects.order_by("number").values_list("at", flat=True))

    assert at == sorted(at)
    assert examine_ledger().flaw is None
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == {"described", "admitted", "disclosed", "names-revealed"}
