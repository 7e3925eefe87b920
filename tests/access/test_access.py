"""Every route and every kind of person: ``matrix.txt`` says what each is answered, and they are asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from tests.access.address_values import BODIES, NOTHING, value_of
from tests.access.rows import METHODS, ROLES, Row, place, routes, rows_written, write_rows
from tests.access.small_world import SmallWorld, build_small_world

ROWS = rows_written()
# Mail programs post here by themselves; the token in the address is the secret.
WITHOUT_CSRF_TOKEN = {"/mail/reports/<provider>/", "/mail/mute/<token>/", "/mail/unsubscribe/<token>/"}

pytestmark = pytest.mark.django_db
Ask = Callable[..., HttpResponse]


@pytest.fixture(scope="module")
def small_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SmallWorld]:
    """Built once: what a request changes in it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_small_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(small_world: SmallWorld) -> dict[str, str]:
    """The session key of each role that is signed in."""
    keys = {}
    for role, person in small_world.people.items():
        if person is not None:
            client = Client()
            client.force_login(person)
            keys[role] = str(client.session.session_key)
    return keys


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    """How often one may ask is another matter."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.API_PACES = {}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Each refusal would be logged with its traceback, which costs more than the refusal."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def ask(small_world: SmallWorld, sessions: dict[str, str]) -> Ask:
    """Ask as a role, in a browser that holds its session and nothing else. Nothing stays changed."""

    def ask(role: str, row: Row, *, about: str = "", csrf_checks: bool = False) -> HttpResponse:
        client = Client(enforce_csrf_checks=csrf_checks, raise_request_exception=False)
        if role in sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
        named = small_world.values
        path = row.path((name, about or value_of(name, row.route, named)) for name in row.parameters)
        with transaction.atomic():
            answer = client.get(path) if row.method == "GET" else _sent(client, path, row.route)
            transaction.set_rollback(True)
        return answer  # type: ignore[return-value]  # the stubs keep the type of Client's answers to themselves

    return ask


def _sent(client: Client, path: str, route: str) -> Any:
    """A form; to the API, JSON."""
    if route.startswith("/api/"):
        return client.post(path, BODIES.get(route, {}), content_type="application/json")
    return client.post(path, BODIES.get(route, {}))


def _in_short(answer: HttpResponse) -> str:
    """As the matrix says it: ``login`` for being sent to the log-in, the status otherwise."""
    is_sent_to_log_in = answer.status_code == 302 and answer.headers["Location"].startswith(
        "/accounts/login/?"
    )
    return "login" if is_sent_to_log_in else str(answer.status_code)


def test_every_route_has_its_rows(ask: Ask) -> None:
    """Missing ones are written into the matrix: it is then for a person to tell whether they are right."""
    missing = sorted(_all_places() - {place(row) for row in ROWS})

    rows = [Row(method, route, ()) for route, method in missing]
    answered = [replace(row, answers=tuple(_in_short(ask(role, row)) for role in ROLES)) for row in rows]
    if answered:
        write_rows(answered)

    assert [str(row) for row in answered] == []


def test_no_row_is_without_a_route() -> None:
    assert {place(row) for row in ROWS} - _all_places() == set()


def test_the_rows_stand_in_order() -> None:
    """So that two who add a row each seldom meet."""
    assert sorted(ROWS, key=place) == ROWS


def _all_places() -> set[tuple[str, str]]:
    return {(route, method) for route in routes() for method in METHODS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_each_role_is_answered_as_the_matrix_says(row: Row, ask: Ask) -> None:
    # A method that a route hasn't got is refused before anyone is looked at, which two can tell.
    asked = ("visitor", "office") if set(row.answers) == {"405"} else ROLES

    answered = {role: _in_short(ask(role, row)) for role in asked}

    assert answered == {role: row.answer_to(role) for role in asked}


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.parameters and row.answer_to("rival") == "404"],
    ids=lambda row: f"{row.method} {row.route}",
)
def test_what_is_another_companys_looks_like_what_does_not_exist(row: Row, ask: Ask) -> None:
    theirs, nothing = ask("rival", row), ask("rival", row, about=NOTHING)

    assert (theirs.status_code, _without_address(theirs)) == (nothing.status_code, _without_address(nothing))


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda row: row.route)
def test_nothing_is_done_without_the_forms_token(row: Row, ask: Ask) -> None:
    is_refused = ask("owner", row, csrf_checks=True).status_code == 403

    assert is_refused is (row.route not in WITHOUT_CSRF_TOKEN)


def _without_address(answer: HttpResponse) -> str:
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'value="/[^"]*"|"instance":"[^"]*"', "", said)
