from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ingest.models import Source
from ingest.sources import ADAPTERS
from matching.models import CapabilityProfile, Subscription
from portal.accounts.models import Company, Membership, User
from portal.demo.companies import COMPANIES
from portal.demo.people import PEOPLE

COUNTED = (User, Company, Membership, CapabilityProfile, Subscription, Source)


@pytest.fixture(autouse=True)
def demo(settings: Settings, db: None) -> None:
    settings.DEMO = True
    settings.SIMULATOR_URL = "http://127.0.0.1:8900"


def load_demo(*words: str) -> str:
    out = StringIO()
    call_command("load_demo", *words, stdout=out)
    return out.getvalue()


def test_twice_is_once() -> None:
    load_demo()
    once = [model._default_manager.count() for model in COUNTED]

    load_demo()

    assert [model._default_manager.count() for model in COUNTED] == once == [17, 13, 15, 11, 26, 5]


def test_what_a_person_has_changed_stays() -> None:
    load_demo()
    CapabilityProfile.objects.update(summary="Ours now")
    Subscription.objects.update(ended_at=timezone.now())

    load_demo()

    assert set(CapabilityProfile.objects.values_list("summary", flat=True)) == {"Ours now"}
    assert not Subscription.objects.filter(ended_at=None).exists()


def test_a_profile_that_was_renamed_or_retired_is_not_made_again() -> None:
    load_demo()
    first, second, *_ = CapabilityProfile.objects.all()
    CapabilityProfile.objects.filter(pk=first.pk).update(name="Our own words")
    CapabilityProfile.objects.filter(pk=second.pk).update(retired_at=timezone.now())

    load_demo()

    assert CapabilityProfile.objects.count() == sum(company.profile is not None for company in COMPANIES)


def test_a_simulator_that_moved_is_followed_and_read_at_once(settings: Settings) -> None:
    load_demo()
    Source.objects.update(next_poll_at=timezone.now() + timedelta(hours=1))
    settings.SIMULATOR_URL = "http://127.0.0.1:8901"

    load_demo()

    due = Source.objects.due_at(timezone.now())
    assert {source.kind for source in due} == {"gepnic", "cii_pages", "cii_mailbox"}
    assert {source.address.split("/")[2] for source in due if source.kind != "cii_mailbox"} == {
        "127.0.0.1:8901"
    }


def test_without_a_simulator_nothing_is_polled(settings: Settings) -> None:
    settings.SIMULATOR_URL = ""

    assert "nothing new will come in" in load_demo()
    assert not Source.objects.due_at(timezone.now()).exists()


def test_everyone_listed_can_sign_in() -> None:
    load_demo()

    listed = [line.split()[:2] for line in load_demo("--list").splitlines()]

    assert [email for email, _ in listed] == [person.email for person in PEOPLE]
    assert all(authenticate(email=email, password=password) for email, password in listed)


def test_listing_makes_nobody() -> None:
    load_demo("--list")

    assert not User.objects.exists()


def test_the_log_in_page_shows_the_log_ins_in_the_demo_alone(settings: Settings) -> None:
    assert "astrid@nordvatten.example" in Client().get("/accounts/login/").content.decode()

    settings.DEMO = False

    assert "astrid@nordvatten.example" not in Client().get("/accounts/login/").content.decode()


def test_the_demo_never_loads_into_a_real_portal(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO is off"):
        load_demo()
    with pytest.raises(CommandError, match="DEMO is off"):
        load_demo("--list")


def test_sources_are_of_kinds_we_can_read() -> None:
    load_demo()

    assert set(Source.objects.values_list("kind", flat=True)) <= set(ADAPTERS)
