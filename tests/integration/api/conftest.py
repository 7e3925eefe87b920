"""Programs that ask, each with a token of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.api_tokens import make_token, scopes_open_to
from portal.accounts.models import ApiToken, Company, User
from portal.accounts.roles import is_office
from tests.factories.world import World, build_world

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Program:
    """Somebody's program, or, without a token, anybody's."""

    client: Client
    secret: str = ""

    def get(self, address: str, **headers: str) -> Any:
        return self.client.get(ROOT + address, headers=self._with_token(headers))

    def send(self, method: str, address: str, body: object = None, **headers: str) -> Any:
        return self.client.generic(
            method,
            ROOT + address,
            b"" if body is None else self.client._encode_json(body, "application/json"),  # type: ignore[attr-defined]
            "application/json",
            headers=self._with_token(headers),
        )

    def _with_token(self, headers: dict[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return own | {name.replace("_", "-"): value for name, value in headers.items()}


ProgramOf = Callable[..., Program]


@pytest.fixture(autouse=True)
def no_pace(settings: Settings) -> None:
    """How often one may ask is another matter."""
    settings.API_PACES = {}


@pytest.fixture
def world(vallar: Company, alice: User) -> World:
    return build_world(vallar, alice, now=timezone.now())


@pytest.fixture
def anybody(db: None) -> Program:
    return Program(Client())


@pytest.fixture
def program_of(db: None) -> ProgramOf:
    """A program with a token of a person's, for all that it may be for unless it is told."""

    def program(person: User, *scopes: ApiToken.Scope) -> Program:
        made = make_token(
            "A program",
            scopes or scopes_open_to(person),
            user=person,
            company=None if is_office(person) else person.companies.first(),
            life=timedelta(days=1),
            now=timezone.now(),
        )
        return Program(Client(), made.secret)

    return program
