"""The office looks at what a member is shown: for a while, changing nothing, and those concerned are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from matching.models import Follow, LastLook
from matching.scoring.records import Evidence, Part, Verdict
from matching.scoring.serialization import parts_to_json
from opportunities.models import LedgerEntry
from portal.accounts.looking import LOOK_LASTS, begin_look, end_look, tell_look, untold_looks
from portal.accounts.models import Company, OfficeLook, User
from portal.accounts.office_looks import LOOKING
from tests.factories.accounts import CompanyFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    LastLookFactory,
    MatchFactory,
    NoteFactory,
    SavedSearchFactory,
    VerdictFactory,
)
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import build_board

SHOWN = ("/matches/", "/overview/", "/explore/", "/early/")
CLOSED = (
    "/followed/",
    "/matches/dismissed/",
    "/searches/",
    "/calendar/",
    "/partners/",
    "/profile/",
    "/notifications/",
    "/colleagues/",
    "/account/data/company/",
)


@pytest.fixture
def looking(client: Client, olga: User, vallar: Company, alice: User, bob: User) -> Client:
    client.force_login(olga)
    client.post(f"/office/members/{vallar.pk}/look/", {"because": "Alice asked why a tender is missing"})
    return client


def test_the_office_sees_the_list_that_the_member_sees(looking: Client, vallar: Company) -> None:
    match = MatchFactory.create(profile=CapabilityProfileFactory.create(company=vallar), score=91)

    page = looking.get("/matches/").content.decode()

    assert match.opportunity.title in page
    assert "You see what <strong>Vallar AB</strong> sees." in page


def test_what_setu_shows_a_member_can_be_seen_and_its_own_stays_closed(
    looking: Client, vallar: Company
) -> None:
    CapabilityProfileFactory.create(company=vallar)

    answered = {page: looking.get(page).status_code for page in SHOWN + CLOSED}

    assert answered == dict.fromkeys(SHOWN, 200) | dict.fromkeys(CLOSED, 403)


def test_what_a_member_does_is_on_no_page(looking: Client, vallar: Company, alice: User) -> None:
    profile = CapabilityProfileFactory.create(company=vallar)
    feedback = Part(
        "feedback", 6, 12, Verdict.FITS, (Evidence("secret taste", "secret taste"),), (("tenders", "3"),)
    )
    match = MatchFactory.create(profile=profile, parts=parts_to_json((feedback,)))
    opportunity = match.opportunity
    FollowFactory.create(company=vallar, by=alice, opportunity=opportunity)
    NoteFactory.create(company=vallar, by=alice, opportunity=opportunity, text="Ring Bo om pumparna")
    VerdictFactory.create(profile=profile, person=alice, opportunity=opportunity, is_relevant=True, reason="")
    SavedSearchFactory.create(company=vallar, by=alice, name="Hemlig sökning")
    build_board(vallar, alice, profile, now=timezone.now())
    own = ("Alice", "Ring Bo", "secret taste", "Hemlig", 'name="verdict"', "/follow/")

    told = {
        page: [word for word in own if word in looking.get(page).content.decode()]
        for page in (
            *SHOWN,
            "/matches/?mark=followed",
            "/early/?only=followed",
            f"/opportunities/{opportunity.pk}/",
        )
    }

    assert not any(told.values()), told


def test_the_filter_for_what_is_followed_tells_nothing(looking: Client, vallar: Company, alice: User) -> None:
    match = MatchFactory.create(profile=CapabilityProfileFactory.create(company=vallar))
    FollowFactory.create(company=vallar, by=alice, opportunity=match.opportunity)

    assert "Nothing here with this choice" in looking.get("/matches/?mark=followed").content.decode()


def test_looking_changes_no_mark_of_the_member(looking: Client, vallar: Company, alice: User) -> None:
    match = MatchFactory.create(profile=CapabilityProfileFactory.create(company=vallar))
    LastLookFactory.create(person=alice, opportunity=match.opportunity)
    before = list(LastLook.objects.values())

    looking.get(f"/opportunities/{match.opportunity_id}/")
    looking.get("/matches/")

    assert list(LastLook.objects.values()) == before


def test_every_form_is_refused(looking: Client, vallar: Company) -> None:
    opportunity = OpportunityFactory.create()
    for form in (
        f"/opportunities/{opportunity.pk}/follow/",
        f"/opportunities/{opportunity.pk}/note/",
        f"/office/inbox/disclose/{opportunity.pk}/",
        "/profile/new/",
        "/account/",
        "/nowhere/",
    ):
        assert looking.post(form, {"text": "x"}).status_code in (403, 404)

    assert looking.post("/account/", {"name": "Another", "language": "sv"}).status_code == 403
    assert not Follow.objects.exists()
    assert User.objects.filter(name="Olga Öberg").exists()


def test_what_is_hidden_from_the_member_is_hidden_from_the_look(looking: Client, olga: User) -> None:
    secret = OpportunityFactory.create(disclosed_from=None)

    assert looking.get(f"/opportunities/{secret.pk}/").status_code == 404

    looking.post("/office/look/end/")

    assert looking.get(f"/opportunities/{secret.pk}/").status_code == 200


def test_after_half_an_hour_it_is_over(looking: Client, vallar: Company) -> None:
    began = timezone.now() - LOOK_LASTS - timedelta(seconds=1)
    OfficeLook.objects.update(began_at=began, until=began + LOOK_LASTS)

    answer = looking.get("/matches/", follow=True)

    assert answer.redirect_chain == [("/office/members/", 302)]
    assert "is over" in answer.content.decode()
    assert looking.get("/matches/").status_code == 403
    assert LOOKING not in looking.session


def test_stopping_ends_it_and_forms_are_taken_again(looking: Client) -> None:
    looking.post("/office/look/end/")

    assert OfficeLook.objects.get().ended_at is not None
    assert looking.get("/matches/").status_code == 403
    assert looking.post("/account/", {"name": "Olga Ö", "language": "en"}).status_code == 302


def test_it_needs_a_reason(client: Client, olga: User, vallar: Company) -> None:
    client.force_login(olga)

    assert client.post(f"/office/members/{vallar.pk}/look/", {"because": "  "}).status_code == 422
    assert not OfficeLook.objects.exists()


def test_a_company_that_is_shown_nothing_can_not_be_looked_at(client: Client, olga: User) -> None:
    waiting = CompanyFactory.create(approved_at=None)
    client.force_login(olga)

    assert client.post(f"/office/members/{waiting.pk}/look/", {"because": "why"}).status_code == 404


def test_nobody_borrows_a_look_of_somebody_else(
    looking: Client, client: Client, vallar: Company, charlie: User
) -> None:
    number = OfficeLook.objects.get().pk
    rival = Client()
    rival.force_login(charlie)
    session = rival.session
    session[LOOKING] = number
    session.save()
    profile = CapabilityProfileFactory.create(company=vallar)
    match = MatchFactory.create(profile=profile)

    page = rival.get("/matches/").content.decode()

    assert match.opportunity.title not in page
    assert "You see what" not in page


def test_it_stands_on_the_ledger(looking: Client, vallar: Company, olga: User) -> None:
    entry = LedgerEntry.objects.get()

    assert (entry.kind, entry.company_id, entry.by_id) == ("impersonated", vallar.pk, olga.pk)
    assert entry.because == "Alice asked why a tender is missing"


def test_everybody_of_the_company_is_told_once(
    looking: Client, alice: User, bob: User, charlie: User
) -> None:
    now = timezone.now()
    due = untold_looks(now=now, count=10)

    told = [tell_look(notice, now=now) for notice in due + due]

    assert told == [True, True, False, False]
    assert sorted(message.to for message in mail.outbox) == [["alice@example.org"], ["bob@example.org"]]
    by_person = {message.to[0]: message for message in mail.outbox}
    assert "Olga Öberg of the coordination office" in by_person["alice@example.org"].body
    assert "Alice asked why a tender is missing" in by_person["bob@example.org"].body
    assert by_person["bob@example.org"].subject.startswith("Samordningskansliet har tittat på vad Vallar AB")


def test_it_stands_on_the_account_page_of_the_companys_people(
    looking: Client, bob: User, charlie: User
) -> None:
    pages = {}
    for person in (bob, charlie):
        browser = Client()
        browser.force_login(person)
        pages[person.name] = browser.get("/account/").content.decode()

    assert "Alice asked why a tender is missing" in pages["Bo Berg"]
    assert "Alice asked" not in pages["Charlie Cedergren"]


def test_of_one_person_one_look_goes_on(vallar: Company, olga: User, noon: datetime) -> None:
    other = CompanyFactory.create()
    first = begin_look(vallar, by=olga, because="why", now=noon)
    second = begin_look(other, by=olga, because="why", now=noon + timedelta(minutes=1))

    end_look(first.pk, by=olga, now=noon + timedelta(minutes=5))  # changes nothing any more

    first.refresh_from_db()
    assert first.ended_at == noon + timedelta(minutes=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeLook.objects.create(
            company=vallar, by=olga, because="why", began_at=noon, until=noon + LOOK_LASTS
        )
    assert OfficeLook.objects.standing_at(noon + timedelta(minutes=2)).get() == second
