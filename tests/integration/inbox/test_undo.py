"""What was done from the inbox is on record, and goes back where it can."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ingest.models import QuarantinedPart
from ingest.selectors import questions_about
from ingest.services import Answer
from opportunities.models import Disclosure, MergeProposal, Opportunity, Ruling
from portal.accounts.models import User
from portal.dashboards.deeds import Act, answering, disclosing, merging, settling
from portal.dashboards.handling import Hand, handle
from portal.dashboards.models import CaseEntry
from portal.dashboards.undoing import CantBeUndone, may_be_undone, undo
from portal.dashboards.waiting import everything_waiting, what_waits
from tests.factories.accounts import RegistrationFactory
from tests.factories.ingest import QuarantinedPartFactory, RawDocumentFactory
from tests.integration.inbox.lines import hidden_opportunity, told_more
from tests.integration.sameness.world import compare_all, in_a_bulletin, on_the_portal, record
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(noon: datetime) -> MergeProposal:
    record(on_the_portal(), in_a_bulletin(reference=None), at=noon)
    compare_all(noon)
    return MergeProposal.objects.get()


def waits(key: str, at: datetime) -> bool:
    return what_waits(key, at=at) is not None


def done(key: str, act: Act, by: User, at: datetime) -> CaseEntry:
    return handle(key, act, hand=Hand(by, at))


def test_an_embargo_is_withdrawn_and_the_record_keeps_both(olga: User, noon: datetime) -> None:
    poles = hidden_opportunity()
    key = f"undisclosed-{poles.pk}"
    entry = done(key, disclosing(noon + timedelta(days=2)), olga, noon)
    assert not waits(key, noon)

    undo(entry.pk, by=olga, now=noon)

    assert waits(key, noon)
    moments = Disclosure.objects.order_by("pk").values_list("disclosed_from", flat=True)
    assert list(moments) == [noon + timedelta(days=2), None]


def test_what_members_have_seen_is_not_undone(olga: User, noon: datetime) -> None:
    poles = hidden_opportunity()
    entry = done(f"undisclosed-{poles.pk}", disclosing(noon + timedelta(hours=1)), olga, noon)
    later = noon + timedelta(hours=2)

    with pytest.raises(CantBeUndone):
        undo(entry.pk, by=olga, now=later)

    poles.refresh_from_db()
    assert poles.disclosed_from == noon + timedelta(hours=1)
    assert not may_be_undone(entry, at=later)


@pytest.mark.parametrize("kind", ["part", "document"])
def test_what_was_settled_waits_again(kind: str, olga: User, noon: datetime) -> None:
    made = QuarantinedPartFactory if kind == "part" else RawDocumentFactory
    row = made.create() if kind == "part" else made.create(rejected_because="not a page we know")
    entry = done(f"{kind}-{row.pk}", settling("A heading, no tender"), olga, noon)

    undo(entry.pk, by=olga, now=noon)

    row.refresh_from_db()
    assert (row.settled_at, row.settled_because, row.settled_by) == (None, "", None)
    assert waits(entry.case.key, noon)


def test_what_was_settled_anew_since_stays_settled(olga: User, noon: datetime) -> None:
    part = QuarantinedPartFactory.create()
    entry = done(f"part-{part.pk}", settling("A heading"), olga, noon)
    QuarantinedPart.objects.filter(pk=part.pk).update(settled_at=noon + timedelta(minutes=1))

    with pytest.raises(CantBeUndone):
        undo(entry.pk, by=olga, now=noon + timedelta(minutes=2))


def test_what_was_set_aside_is_back_when_asked_or_when_more_is_known(olga: User) -> None:
    one, other = hidden_opportunity("Poles"), hidden_opportunity("Lamps")
    now = timezone.now()
    entries = [done(f"undisclosed-{row.pk}", settling("Too vague yet"), olga, now) for row in (one, other)]
    assert everything_waiting(at=now) == []

    undo(entries[0].pk, by=olga, now=now)
    told_more(other)

    assert {line.pk for line in everything_waiting(at=now)} == {one.pk, other.pk}


def test_a_merge_is_split_and_asked_about_again(proposal: MergeProposal, olga: User, noon: datetime) -> None:
    key = f"duplicate-{proposal.pk}"
    entry = done(key, merging(may_disclose=False), olga, noon)
    assert Opportunity.objects.filter(merged_into=None).count() == 1

    undo(entry.pk, by=olga, now=noon)

    assert Opportunity.objects.filter(merged_into=None).count() == 2
    assert waits(key, noon)


def test_that_two_are_two_is_taken_back(proposal: MergeProposal, olga: User, noon: datetime) -> None:
    key = f"duplicate-{proposal.pk}"
    entry = done(key, settling("Another ward"), olga, noon)
    assert not waits(key, noon)

    undo(entry.pk, by=olga, now=noon)

    assert waits(key, noon)


def test_an_answer_is_taken_back(sensors: Opportunity, olga: User) -> None:
    now = timezone.now()
    extraction = sensors.notices.get().extractions.get()
    question = questions_of(sensors)[0]
    act = answering(extraction.pk, question, answer=Answer.SETTLE, words="")
    entry = done(f"notice-{extraction.pk}", act, olga, now)
    assert Ruling.objects.in_force().count() == 1

    undo(entry.pk, by=olga, now=now)

    assert Ruling.objects.in_force().count() == 0


def test_twice_undone_is_once(olga: User, noon: datetime) -> None:
    part = QuarantinedPartFactory.create()
    entry = done(f"part-{part.pk}", settling("A heading"), olga, noon)

    first = undo(entry.pk, by=olga, now=noon)
    second = undo(entry.pk, by=olga, now=noon + timedelta(hours=1))

    assert first.undone_at == second.undone_at == noon


def test_a_registration_is_approved_in_the_inbox_and_nobody_is_untold(
    olga: User, as_: SignIn, noon: datetime
) -> None:
    registration = RegistrationFactory.create()
    office = as_(olga)

    office.post(f"/office/inbox/registration-{registration.pk}/approve/")

    registration.refresh_from_db()
    assert (registration.is_approved, registration.decided_by) == (True, olga)
    assert not may_be_undone(CaseEntry.objects.get(), at=noon)


def test_the_list_of_today_offers_the_way_back(olga: User, as_: SignIn) -> None:
    part = QuarantinedPartFactory.create()
    office = as_(olga)
    settled = office.post(
        f"/office/inbox/part-{part.pk}/settle/", {"because": "A heading, no tender"}, follow=True
    )
    address = f"/office/inbox/done/{CaseEntry.objects.get().pk}/undo/"
    assert address in settled.content.decode()
    assert address in office.get("/office/inbox/done/").content.decode()

    undone = office.post(address, follow=True)

    assert "waits as before" in undone.content.decode()
    assert undone.redirect_chain[-1][0].startswith(f"/office/inbox/?item=part-{part.pk}")
    assert address not in office.get("/office/inbox/done/").content.decode()


def questions_of(opportunity: Opportunity) -> list[str]:
    return [asked.question.key for asked in questions_about(opportunity.pk)]
