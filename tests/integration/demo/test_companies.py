"""The made-up companies, each tried in a world that is loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from matching.models import CapabilityProfile
from matching.scoring.vocabulary import DOMAINS
from opportunities.places import STATES
from portal.accounts.models import User
from portal.accounts.organisation_numbers import organisation_number
from portal.demo.companies import COMPANIES, DemoCompany, DemoProfile
from tests.factories.typed import as_sent

DESCRIBED = [(company, company.profile) for company in COMPANIES if company.profile is not None]


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    allowed = override_settings(DEMO=True, SIMULATOR_URL="")
    with allowed, django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once: None, db: None) -> None:
    """What a test changes in it is taken back."""


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("company", "profile"), DESCRIBED, ids=lambda made_up: made_up.name.split()[0])
def test_each_company_opens_its_profile_and_saves_it_as_it_is(
    company: DemoCompany, profile: DemoProfile
) -> None:
    kept = CapabilityProfile.objects.get(company__name=company.name, name=profile.name)
    client = Client()
    client.force_login(User.objects.filter(companies=kept.company)[0])
    form = client.get(f"/profile/{kept.pk}/").context["form"]

    answer = client.post(f"/profile/{kept.pk}/", as_sent(form) | {"do": "save"})

    kept.refresh_from_db()
    assert (answer.status_code, kept.version) == (302, 1)


@pytest.mark.parametrize(("company", "profile"), DESCRIBED, ids=lambda made_up: made_up.name.split()[0])
def test_profiles_speak_of_domains_and_states_that_exist(company: DemoCompany, profile: DemoProfile) -> None:
    assert company.name
    assert set(profile.domains) <= set(DOMAINS)
    assert set(profile.states) <= {state.code for state in STATES}


def test_their_numbers_are_given_to_nobody_and_each_has_its_own() -> None:
    numbers = [company.organisation_number for company in COMPANIES]

    assert all(number.startswith("40") and organisation_number(number) == number for number in numbers)
    assert len(set(numbers)) == len(numbers)
