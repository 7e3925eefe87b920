"""The made-up world read by the real client, stored, parsed, recorded and matched, as the worker does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from ingest.models import QuarantinedPart, RawDocument, Source
from ingest.selectors import questions_about, unsure_extractions
from ingest.services import parse_document, poll_source
from matching.models import CapabilityProfile
from matching.services import score_profile
from opportunities.models import Merge, MergeProposal, Notice, Opportunity, OpportunityRevision, Requirement
from opportunities.parsed_notice import Stage
from opportunities.services import compare_opportunity, pending_comparisons, settle_proposals
from portal.demo.simulator.server import Simulator
from portal.demo.simulator.tenders import PORTAL_HOST
from tests.integration.demo.conftest import Clock

EVERYTHING = (RawDocument, Notice, Opportunity, OpportunityRevision)


START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def turned() -> Clock:
    """The one clock that the simulator of all these tests goes by."""
    return Clock(START)


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory, turned: Clock) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("channel"), clock=turned) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def read_once(
    simulator: Simulator, turned: Clock, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The world, made and read once: what a test changes in it is taken back."""
    allowed = override_settings(
        DEMO=True,
        SIMULATOR_URL=simulator.address,
        FETCH_ALLOW_LOOPBACK=True,
        FETCH_SECONDS_BETWEEN_REQUESTS=0,
    )
    with allowed, django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        Source.objects.filter(kind="cii_mailbox").update(address=str(simulator.mailbox))
        read_everything(turned)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clock(turned: Clock, simulator: Simulator) -> Iterator[Clock]:
    """Turned back after the test, with the mail that came in it."""
    before = set(simulator.mailbox.iterdir())
    yield turned
    turned.now = START
    for mail in set(simulator.mailbox.iterdir()) - before:
        mail.unlink()


@pytest.fixture
def world(read_once: None, db: None) -> None:
    """As it is once everything was read."""


def read_everything(clock: Clock) -> None:
    for source in Source.objects.exclude(poll_every_minutes=None):
        poll_source(source.pk, now=clock())
    assert not Source.objects.exclude(last_failure="").exists()
    for document in RawDocument.objects.filter(parsed_at=None):
        parse_document(document.pk, now=clock())


def counts() -> list[int]:
    return [model._default_manager.count() for model in EVERYTHING]


@pytest.mark.usefixtures("world")
def test_everything_the_simulator_offers_becomes_an_opportunity() -> None:
    assert Opportunity.objects.count() == 20 + 16 + 3 + 2 + 2
    assert not QuarantinedPart.objects.exists()
    assert not RawDocument.objects.rejected().exists()
    assert not Opportunity.objects.filter(city="").exists()
    assert Opportunity.objects.values("state").distinct().count() == 19
    early = Opportunity.objects.early_stage().exclude(tender_expected_from=None)
    assert {opportunity.city for opportunity in early} == {"Madurai", "Gwalior", "Pimpri-Chinchwad"}


@pytest.mark.usefixtures("world")
def test_a_tender_by_two_routes_is_one_opportunity() -> None:
    nagpur = Opportunity.objects.get(city="Nagpur")
    sources = {e.document.source.kind for n in nagpur.notices.all() for e in n.extractions.all()}
    assert nagpur.publisher == PORTAL_HOST
    assert sources == {"gepnic", "cii_mailbox"}
    assert nagpur.title.startswith("Supply, installation and five years")


@pytest.mark.usefixtures("world")
def test_a_report_that_quotes_the_id_is_merged_and_one_that_is_alike_is_proposed(clock: Clock) -> None:
    for pk in pending_comparisons(count=100):
        compare_opportunity(pk, now=clock())
    settle_proposals(now=clock())

    merge, proposal = Merge.objects.get(), MergeProposal.objects.undecided().get()
    assert (merge.into.publisher, merge.into.city, merge.ground) == (PORTAL_HOST, "Thane", "tender_id")
    assert {proposal.first.city, proposal.second.city} == {"Raipur"}


@pytest.mark.usefixtures("world")
def test_reading_again_changes_nothing(clock: Clock) -> None:
    before = counts()

    clock.pass_time(timedelta(seconds=30))
    read_everything(clock)

    assert counts() == before


@pytest.mark.usefixtures("world")
def test_what_comes_later_moves_a_deadline_and_a_value_and_cancels_one(
    simulator: Simulator, clock: Clock
) -> None:
    deadline = Opportunity.objects.get(city="Pune").submission_deadline

    clock.pass_time(timedelta(minutes=2))
    simulator.drop_mail()
    read_everything(clock)

    pune = Opportunity.objects.get(city="Pune")
    assert deadline is not None
    assert pune.submission_deadline == deadline + timedelta(days=14)
    assert Opportunity.objects.get(city="Solapur").value_amount == 565_000_000
    assert Opportunity.objects.get(city="Jaipur").stage == Stage.CANCELLED
    assert Opportunity.objects.count() == 43
    assert not QuarantinedPart.objects.exists()


@pytest.mark.usefixtures("world")
def test_each_company_finds_work_of_its_own_kind(clock: Clock) -> None:
    for profile in CapabilityProfile.objects.all():
        score_profile(profile.pk, now=clock())

    best = {
        profile.company.name.split()[0]: set(
            profile.matches.order_by("-score").values_list("opportunity__city", flat=True)[:3]
        )
        for profile in CapabilityProfile.objects.select_related("company")
    }
    water = {"Nagpur", "Vadodara", "Madurai", "Mangaluru", "Solapur", "Bhubaneswar", "Dehradun"}
    assert best["Nordvatten"] <= water
    assert best["Ljusvakt"] <= {"Pune", "Rajkot", "Ludhiana", "Shivamogga", "Bengaluru", "Pimpri-Chinchwad"}
    assert best["Kretsa"] <= {"Indore", "Kanpur", "Gwalior", "Nashik"}
    assert best["Stadspuls"] <= {"Kochi", "Agra", "Aligarh", "Jaipur", "Ahmedabad", "Bhopal", "Panaji"}


@pytest.mark.usefixtures("world")
def test_tenders_say_what_they_ask_and_leave_the_office_two_questions(clock: Clock) -> None:
    asked = set(Requirement.objects.values_list("kind", flat=True))
    assert asked >= {"turnover", "experience", "certification", "local_content", "joint_venture", "net_worth"}
    questions = {
        (Opportunity.objects.get(pk=waiting.opportunity_id).city, str(one.question.field))
        for waiting in unsure_extractions(at=clock())
        for one in questions_about(waiting.opportunity_id)
    }
    assert questions == {("Solapur", "turnover"), ("Lucknow", "land_border")}
