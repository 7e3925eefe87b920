"""What is kept about people and companies: taken along, and forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile, Delivery, Follow, Match, Subscription, Verdict
from matching.services import follow_opportunity
from portal.accounts.api_tokens import make_token
from portal.accounts.colleagues import LastOwner
from portal.accounts.feed_links import make_feed_link
from portal.accounts.models import ApiToken, Company, Departure, FeedLink, Membership, User
from portal.accounts.telling import tell_departure, untold_departures
from portal.dashboards.own_data.erase import erase_company, erase_person
from tests.factories.accounts import PASSWORD, InvitationFactory, RegistrationFactory
from tests.factories.matching import VerdictFactory
from tests.factories.world import World, build_world
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User, bob: User, vallar: Company) -> World:
    """Alice has left traces everywhere, and Bo can take over."""
    now = timezone.now()
    built = build_world(vallar, alice, now=now)
    VerdictFactory.create(profile=built.profile, opportunity=built.sensors, person=alice)
    follow_opportunity(built.sensors.pk, company=vallar, by=alice, now=now)
    make_feed_link(user=alice, company=vallar, kind=FeedLink.Kind.CALENDAR, now=now)
    life = timedelta(days=30)
    make_token("Ours", [ApiToken.Scope.READ], user=alice, company=vallar, life=life, now=now)
    InvitationFactory.create(company=vallar, email=alice.email, invited_by=alice)
    RegistrationFactory.create(user=alice, is_approved=True, decided_at=now, decided_by=alice)
    Delivery.objects.filter(recipient__user=alice).update(
        address=alice.email, body_text=f"Hello {alice.name}", last_error=f"refused: {alice.email}"
    )
    browser = Client()
    browser.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    Membership.objects.filter(user=bob).update(role=Membership.Role.OWNER)
    return built


def everything_kept() -> Iterator[str]:
    """Every row of every table, as text."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            yield f"{model._meta.label}: {row}"


def downloaded(client: Client, path: str) -> dict[str, list[dict[str, Any]]]:
    kept: dict[str, list[dict[str, Any]]] = json.loads(client.get(path).content)["kept"]
    return kept


@pytest.mark.usefixtures("world")
def test_a_person_takes_along_all_that_is_kept_about_them(alice: User, as_: SignIn) -> None:
    kept = downloaded(as_(alice), "/account/data/download/")

    assert kept["accounts.User"][0]["email"] == alice.email
    for table in (
        "account.EmailAddress",
        "accounts.Membership",
        "accounts.Registration",
        "accounts.ApiToken",
        "accounts.FeedLink",
        "matching.Delivery",
        "matching.Follow",
        "matching.Subscription",
        "matching.Verdict",
        "usersessions.UserSession",
    ):
        assert len(kept[table]) > 0, table


@pytest.mark.usefixtures("world")
def test_nothing_that_opens_anything_is_in_it(alice: User, as_: SignIn) -> None:
    said = as_(alice).get("/account/data/download/").content.decode()

    assert "md5$" not in said
    assert FeedLink.objects.get().token_hash not in said
    assert ApiToken.objects.get().token_hash not in said
    for session in apps.get_model("usersessions", "UserSession").objects.all():
        assert session.session_key not in said


def test_an_owner_takes_along_the_companys_data_and_nobody_elses(
    world: World, alice: User, as_: SignIn
) -> None:
    kept = downloaded(as_(alice), "/account/data/company/")
    said = json.dumps(kept, ensure_ascii=False)

    assert {row["id"] for row in kept["matching.CapabilityProfile"]} == set(
        CapabilityProfile.objects.filter(company=world.profile.company).values_list("pk", flat=True)
    )
    assert len(kept["matching.Match"]) == Match.objects.filter(profile=world.profile).count()
    assert "Mälaröns Pumpteknik" not in said
    assert [request for request in kept["matching.PartnerRequest"] if "asked_by" not in request] != []
    # They tell of the other company as well.
    assert not [request for request in kept["matching.PartnerRequest"] if "concerns" in request]


@pytest.mark.usefixtures("world")
def test_nothing_of_a_person_remains(alice: User) -> None:
    name, email = alice.name, alice.email
    erase_person(alice, now=timezone.now())

    assert [row for row in everything_kept() if email in row or name in row] == []


def test_what_was_done_for_the_company_stays_with_it(world: World, alice: User) -> None:
    before = [model._default_manager.count() for model in (Verdict, Follow, Delivery)]

    erase_person(alice, now=timezone.now())

    assert [model._default_manager.count() for model in (Verdict, Follow, Delivery)] == before
    assert Verdict.objects.get(profile=world.profile).person.name == "–"
    assert not Subscription.objects.filter(recipient__user=alice, ended_at=None).exists()


def test_whoever_alone_answers_for_a_company_is_told_to_see_to_it_first(alice: User, as_: SignIn) -> None:
    with pytest.raises(LastOwner):
        erase_person(alice, now=timezone.now())

    answer = as_(alice).post("/account/data/delete/", {"password": PASSWORD})

    assert answer.status_code == 422
    assert "You alone answer for the company" in answer.content.decode()


@pytest.mark.usefixtures("world")
def test_deleting_an_account_asks_for_the_password_and_logs_out(alice: User, as_: SignIn) -> None:
    client = as_(alice)

    wrong = client.post("/account/data/delete/", {"password": "not-my-password"})
    right = client.post("/account/data/delete/", {"password": PASSWORD})

    assert [wrong.status_code, right.headers["Location"]] == [422, "/accounts/login/"]
    assert client.get("/matches/").status_code == 302
    assert not User.objects.get(pk=alice.pk).is_active


def test_an_owner_deletes_the_company_and_the_office_is_told(
    world: World, alice: User, bob: User, as_: SignIn
) -> None:
    as_(alice).post("/account/data/delete-company/", {"password": PASSWORD})
    now = timezone.now() + timedelta(seconds=1)
    told = [tell_departure(pk, now=now) for pk in untold_departures(now=now, count=9) * 2]

    assert not Company.objects.filter(name="Vallar AB").exists()
    assert not CapabilityProfile.objects.filter(pk=world.profile.pk).exists()
    assert User.objects.filter(pk__in=[alice.pk, bob.pk]).count() == 2
    assert told == [True, False]
    assert mail.outbox[-1].to == ["office@example.org"]
    assert "Vallar AB" in mail.outbox[-1].subject


@pytest.mark.usefixtures("world")
def test_of_a_company_that_left_its_name_on_one_line_remains(vallar: Company, alice: User) -> None:
    Delivery.objects.update(subject="", body_html="", body_text="")

    erase_company(vallar, by=alice, now=timezone.now())

    named = [row.partition(":")[0] for row in everything_kept() if "Vallar AB" in row]
    assert named == [Departure._meta.label]


def test_a_member_does_not_delete_the_company(bob: User, alice: User, as_: SignIn) -> None:
    answers = [
        as_(bob).get("/account/data/company/"),
        as_(bob).post("/account/data/delete-company/", {"password": PASSWORD}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
