"""With the broker down the pages work and what is saved is saved; only the bell is silent."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ingest.models import RawDocument, Source
from portal.accounts.models import Company, User
from portal.celery import app
from portal.embedded.valkey import Valkey
from tests.chaos.tables import hand_in
from tests.factories.ingest import SourceFactory
from tests.factories.world import World, build_world
from tests.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SLOWEST = 2.0  # seconds for a page, on two busy cores; a wait for the broker would take longer
PASSWORD = "a lantern over the river"  # noqa: S105  of a made-up person
SWEEP = "ingest.tasks.parse_pending_documents"
Visit = Callable[[], int]


@pytest.fixture
def world(vallar: Company, alice: User) -> World:
    return build_world(vallar, alice, now=timezone.now())


@pytest.fixture
def dead_broker(broker: Valkey, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Valkey:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": broker.url()}}
    monkeypatch.setitem(app.conf, "broker_url", broker.url().replace("unix://", "redis+socket://"))
    broker.stop()
    return broker


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_pages_and_saves_work_while_the_broker_is_down(
    dead_broker: Valkey, world: World, alice: User, olga: User
) -> None:
    uploads = SourceFactory.create(kind="upload", address="")
    member, office = signed_in(alice), signed_in(olga)
    file = SimpleUploadedFile("november.csv", b"Tender ID,Title\n2026_X_1_1,Sensors\n")
    visits: list[Visit] = [
        lambda: member.get("/matches/").status_code,
        lambda: member.get(f"/opportunities/{world.sensors.pk}/").status_code,
        lambda: office.get("/office/inbox/").status_code,
        lambda: office.get("/office/sources/").status_code,
        lambda: office.post(f"/office/inbox/disclose/{world.poles.pk}/", follow=True).status_code,
        lambda: (
            office.post(
                "/office/sources/upload/", {"source": uploads.pk, "file": file}, follow=True
            ).status_code
        ),
        lambda: (
            office.post(
                f"/office/sources/{Source.objects.get(slug='kerala').pk}/poll/", follow=True
            ).status_code
        ),
    ]

    answers, seconds = zip(*(timed(visit) for visit in visits), strict=True)

    assert answers == (200,) * len(visits)
    assert max(seconds) < SLOWEST
    world.poles.refresh_from_db()
    assert world.poles.disclosed_from is not None
    assert RawDocument.objects.filter(url="november.csv", parsed_at=None).exists()


@pytest.mark.usefixtures("dead_broker")
def test_people_can_log_in_and_guessing_is_still_stopped(alice: User) -> None:
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])

    right = Client().post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    guesses = [
        Client().post("/accounts/login/", {"login": "bob@example.org", "password": f"guess {number}"})
        for number in range(20)
    ]

    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert any("too many" in guess.content.decode().lower() for guess in guesses)


def test_work_begins_when_the_broker_is_back(broker: Valkey, worker: Worker, noon: datetime) -> None:
    broker.stop()
    document = hand_in(SourceFactory.create(kind="upload"), table=0, rows=5, now=noon)
    broker.start()

    worker.wait_until(lambda: not RawDocument.objects.filter(parsed_at=None).exists(), ringing=SWEEP)

    assert document.extractions.count() == 5


def timed(visit: Visit) -> tuple[int, float]:
    before = time.monotonic()
    return visit(), time.monotonic() - before
