"""Personas and the clock, for every test."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from portal.accounts.models import Company, Membership, User
from portal.running.messages import compile_messages
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.template_database import copy_from_template

# The same examples each time and without a clock, as Hypothesis itself does it where it knows of a CI.
hypothesis.settings.load_profile("ci")
MIGRATING = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_configure(config: pytest.Config) -> None:
    # Once, before any worker starts: Swedish pages are tried in Swedish.
    if not hasattr(config, "workerinput"):
        compile_messages(django_settings.BASE_DIR)
        if config.getoption("numprocesses", None) and not config.getoption("reuse_db"):
            # Workers collect tests before they want a database, which leaves time to migrate meanwhile.
            config.stash[MIGRATING] = subprocess.Popen(
                [sys.executable, "-m", "tests.template_database"],  # our own
                cwd=django_settings.BASE_DIR,
            )


def pytest_unconfigure(config: pytest.Config) -> None:
    migrating = config.stash.get(MIGRATING, None)
    if migrating is not None:
        migrating.terminate()
        migrating.wait()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: what gzip makes holds the second it was made in, and two workers would disagree."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, *, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    """A database that is kept from the last run needs no copying."""
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            copy_from_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests that commit are followed by emptying every table; the ledger would refuse it."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE opportunities_ledgerentry DISABLE TRIGGER ledger_keeps_all")


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def office_by_password_alone(settings: Settings) -> None:
    """What the second factor is for is asked of it alone."""
    settings.OFFICE_SECOND_FACTOR = False


@pytest.fixture
def own_cache(settings: Settings) -> None:
    """For what counts log-ins: attempts of one test must not lock out the next."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def noon() -> datetime:
    """A moment to tell services; pages look at the real clock."""
    return datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def vallar(db: None) -> Company:
    """Sells sensors for water; all that happens in these tests happens to it first."""
    return CompanyFactory.create(name="Vallar AB")


@pytest.fixture
def alice(vallar: Company) -> User:
    """Works at Vallar and answers for it, reads English."""
    user = UserFactory.create(name="Alice Ahlgren", email="alice@example.org", language="en")
    MembershipFactory.create(user=user, company=vallar, role=Membership.Role.OWNER)
    return user


@pytest.fixture
def bob(vallar: Company) -> User:
    """Her colleague, reads Swedish."""
    user = UserFactory.create(name="Bo Berg", email="bob@example.org", language="sv")
    MembershipFactory.create(user=user, company=vallar)
    return user


@pytest.fixture
def charlie(db: None) -> User:
    """Works at a competitor: must never see what is Vallar's own."""
    user = UserFactory.create(name="Charlie Cedergren", email="charlie@example.org")
    cedern = CompanyFactory.create(name="Cedern AB")
    MembershipFactory.create(user=user, company=cedern, role=Membership.Role.OWNER)
    return user


@pytest.fixture
def olga(db: None) -> User:
    """The coordination office."""
    return UserFactory.create(name="Olga Öberg", email="olga@example.org", role=User.Role.OFFICE)


@pytest.fixture
def oskar(db: None) -> User:
    """Observes for a ministry: overviews, no company's own."""
    return UserFactory.create(name="Oskar Ohlsson", email="oskar@example.org", role=User.Role.OBSERVER)
