"""What is sent twice under one key is done once, and answered as the first time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from matching.models import Follow, SavedSearch
from opportunities.models import Opportunity
from portal.accounts.kept_answers import KEPT_FOR
from portal.accounts.models import KeptAnswer, User
from portal.accounts.tasks import forget_unconfirmed
from portal.api.urls import urlpatterns
from portal.lib.locks import try_lock_until_commit
from tests.at_once import at_once
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf
from tests.integration.api.test_problems import kind

SEARCH = {"name": "Pumps", "query": "q=pumps"}


def test_the_same_again_is_answered_as_the_first_time(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)

    first = program.send("POST", "/saved-searches", SEARCH, Idempotency_Key="a")
    SavedSearch.objects.update(name="Renamed meanwhile")
    again = program.send("POST", "/saved-searches", SEARCH, Idempotency_Key="a")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )
    assert SavedSearch.objects.count() == 1


def test_a_key_is_of_one_request(world: World, alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    program.send("POST", "/saved-searches", SEARCH, Idempotency_Key="a")

    other_body = program.send("POST", "/saved-searches", SEARCH | {"name": "Valves"}, Idempotency_Key="a")
    other_address = program.send("POST", "/follows", {"opportunity": world.sensors.pk}, Idempotency_Key="a")

    assert kind(other_body, 422) == "key-of-another"
    assert kind(other_address, 422) == "key-of-another"


def test_a_key_is_of_one_person(alice: User, bob: User, charlie: User, program_of: ProgramOf) -> None:
    for person in (alice, bob, charlie):
        answer = program_of(person).send(
            "POST", "/saved-searches", SEARCH | {"name": person.name}, Idempotency_Key="a"
        )
        assert answer.status_code == 201

    assert KeptAnswer.objects.count() == 3


def test_what_was_refused_may_be_sent_again(world: World, alice: User, program_of: ProgramOf) -> None:
    later = OpportunityFactory.create(disclosed_from=timezone.now() + timedelta(hours=1))
    program, body = program_of(alice), {"opportunity": later.pk}

    refused = program.send("POST", "/follows", body, Idempotency_Key="a")
    later.disclosed_from = timezone.now()
    later.save()
    taken = program.send("POST", "/follows", body, Idempotency_Key="a")

    assert (refused.status_code, taken.status_code) == (404, 201)


def test_what_was_withdrawn_since_is_not_told_again(alice: User, program_of: ProgramOf) -> None:
    tender, project, program = OpportunityFactory.create(), ProjectFactory.create(), program_of(alice)
    asked = (("/follows", {"opportunity": tender.pk}), ("/project-follows", {"project": project.pk}))
    first = [program.send("POST", at, body, Idempotency_Key=at) for at, body in asked]

    Opportunity.objects.update(disclosed_from=None)
    again = [program.send("POST", at, body, Idempotency_Key=at) for at, body in asked]

    assert [one.status_code for one in first] == [201, 201]
    assert [kind(one, 404) for one in again] == ["not-found", "not-found"]
    assert tender.title not in again[0].content.decode()


@pytest.mark.parametrize("key", ["", "å", "a b", "a" * 256])
def test_a_key_is_a_short_word(key: str, alice: User, program_of: ProgramOf) -> None:
    answer = program_of(alice).send("POST", "/saved-searches", SEARCH, Idempotency_Key=key)

    assert kind(answer, 400) == "bad-parameters"
    assert answer.json()["errors"][0]["name"] == "Idempotency-Key"
    assert SavedSearch.objects.count() == 0


def test_old_answers_are_forgotten_at_night(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    for key in ("old", "young"):
        program.send("POST", "/saved-searches", SEARCH, Idempotency_Key=key)
    KeptAnswer.objects.filter(key="old").update(created_at=timezone.now() - KEPT_FOR)

    forget_unconfirmed()
    forget_unconfirmed()

    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["young"]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_do_it_once(alice: User, program_of: ProgramOf) -> None:
    opportunity = OpportunityFactory.create(disclosed_from=timezone.now() - timedelta(days=1))
    secret = program_of(alice).secret

    def send(number: int) -> int:
        program = Program(Client(), secret)
        body = {"name": f"Pumps {opportunity.pk}", "query": ""}
        answer = program.send("POST", "/saved-searches", body, Idempotency_Key="a")
        status: int = answer.status_code
        return status

    answers = at_once(send, range(16))

    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert SavedSearch.objects.count() == KeptAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_it_is_being_done_the_same_is_refused(world: World, alice: User, program_of: ProgramOf) -> None:
    program, company = program_of(alice), world.profile.company
    Follow.objects.all().delete()
    body = {"opportunity": world.sensors.pk}

    def hold(_: int) -> object:
        return program.send("POST", "/follows", body, Idempotency_Key="a")

    with transaction.atomic():
        assert try_lock_until_commit(f"kept answer {alice.pk} {company.pk} a")
        (refused,) = at_once(hold, [0])

    assert kind(refused, 409) == "still-answering"
    assert refused.headers["Retry-After"] == "1"  # type: ignore[attr-defined]
    assert Follow.objects.count() == 0
    assert program.send("POST", "/follows", body, Idempotency_Key="a").status_code == 201


def test_every_post_heeds_the_key() -> None:
    views = [
        pattern.callback.view_class for pattern in urlpatterns if hasattr(pattern.callback, "view_class")
    ]

    assert [view for view in views if hasattr(view, "post") and not hasattr(view.post, "is_once")] == []
