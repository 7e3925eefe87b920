"""Whatever goes wrong is told in one form, in the language of who asks, and in words for programs."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import ApiToken, User
from portal.api.views.opportunities import OpportunityList
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf


def kind(answer: object, status: int) -> str:
    """What a problem calls itself."""
    told = answer.json()  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/problem+json"  # type: ignore[attr-defined]
    assert (answer.status_code, told["status"]) == (status, status)  # type: ignore[attr-defined]
    return str(told["type"]).removeprefix("urn:setu:problem:")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/opportunities?colour=red&shape=round", ["colour", "shape"]),
        ("/opportunities?state=Bavaria", ["state"]),
        ("/opportunities?limit=0", ["limit"]),
        ("/opportunities?limit=1&limit=2", ["limit"]),
        ("/opportunities?cursor=made-up", ["cursor"]),
        ("/opportunities?fields=id,secret", ["fields"]),
        ("/opportunities?q=%00", ["q"]),
        ("/opportunities?view=map", ["view"]),
        ("/buyers?kind=neighbour", ["kind"]),
        ("/schema", []),
    ],
)
def test_what_is_not_known_is_named(address: str, named: list[str], anybody: Program) -> None:
    answer = anybody.get(address)

    if named:
        assert kind(answer, 400) == "bad-parameters"
        assert [mistake["name"] for mistake in answer.json()["errors"]] == named
    else:
        assert answer.status_code == 200


def test_a_cursor_is_of_one_list(anybody: Program, world: World) -> None:
    address = anybody.get("/opportunities?limit=1").json()["next"].partition("/api/v1")[2]

    assert anybody.get(address).status_code == 200
    assert kind(anybody.get(address + "&state=KL"), 400) == "bad-parameters"


@pytest.mark.parametrize(
    "address", ["/opportunities/2000000000", "/projects/2000000000", "/cities/atlantis", "/nowhere", "/"]
)
def test_what_does_not_exist_is_not_found(address: str, anybody: Program) -> None:
    assert kind(anybody.get(address), 404) == "not-found"


def test_problems_are_told_in_swedish_and_english(anybody: Program) -> None:
    swedish = anybody.get("/nowhere", Accept_Language="sv").json()
    english = anybody.get("/nowhere", Accept_Language="en").json()

    assert swedish["title"] == "Det finns inget sådant"
    assert english["title"] == "There is no such thing"
    assert swedish["type"] == english["type"]


def test_other_ways_to_ask_wrongly(anybody: Program) -> None:
    assert kind(anybody.send("POST", "/opportunities", {}), 405) == "no-such-method"
    assert kind(anybody.send("PUT", "/opportunities?limit=none", {}), 405) == "no-such-method"
    assert kind(anybody.get("/opportunities", Accept="text/csv"), 406) == "no-such-format"


def test_a_field_is_asked_for_no_more_often_than_there_are_fields(anybody: Program) -> None:
    assert kind(anybody.get(f"/cities?fields={','.join(['name'] * 40)}"), 400) == "bad-parameters"


@pytest.mark.parametrize("secret", ["", "setu_nothing", "å", "a b"])
def test_a_token_that_opens_nothing_is_refused(secret: str, db: None) -> None:
    answer = Program(Client()).get("/opportunities", Authorization=f"Bearer {secret}")

    assert kind(answer, 401) == "who-are-you"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_opens_nothing(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)
    ApiToken.objects.update(revoked_at="2026-01-01T00:00:00Z")

    assert kind(program.get("/opportunities"), 401) == "who-are-you"


def test_who_asks_too_often_is_told_when_to_go_on(
    alice: User, program_of: ProgramOf, settings: Settings, own_cache: None
) -> None:
    program, anybody = program_of(alice), Program(Client())
    settings.API_PACES = {"read": "2/min", "public": "1/min"}

    answers = [program.get("/cities") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert kind(answers[2], 429) == "too-often"
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert [anybody.get("/cities").status_code for _ in range(2)] == [200, 429]


def test_our_own_mistakes_tell_nothing(anybody: Program) -> None:
    with patch.object(OpportunityList, "asked", side_effect=ValueError("secret")):
        answer = anybody.get("/opportunities")

    assert kind(answer, 500) == "our-mistake"
    assert "secret" not in answer.content.decode()


def test_while_the_database_is_away_one_is_told_to_wait(anybody: Program) -> None:
    with patch.object(OpportunityList, "asked", side_effect=OperationalError("gone")):
        answer = anybody.get("/opportunities")

    assert kind(answer, 503) == "not-now"
    assert answer.headers["Retry-After"] == "5"
