"""What is unchanged is not sent again, and what is going says so."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from opportunities.models import Opportunity
from portal.accounts.models import ApiToken, User
from portal.api.view import ApiView, Deprecation
from tests.factories.opportunities import OpportunityFactory
from tests.factories.world import World
from tests.integration.api.conftest import Program, ProgramOf


def test_what_is_unchanged_is_not_sent_again(world: World, alice: User, program_of: ProgramOf) -> None:
    program, address = program_of(alice), f"/opportunities/{world.sensors.pk}"
    mark = program.get(address).headers["ETag"]

    unchanged = program.get(address, If_None_Match=mark)
    Opportunity.objects.filter(pk=world.sensors.pk).update(title="Sensors, once more")
    changed = program.get(address, If_None_Match=mark)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert (changed.status_code, changed.json()["title"]) == (200, "Sensors, once more")


def test_what_is_hidden_changes_no_mark(world: World, anybody: Program) -> None:
    before = anybody.get("/opportunities").headers["ETag"]

    OpportunityFactory.create(disclosed_from=None)
    OpportunityFactory.create(audience_domains=["street-lighting"])

    assert anybody.get("/opportunities").headers["ETag"] == before


def test_no_cache_mixes_those_who_ask(anybody: Program) -> None:
    answer = anybody.get("/cities")

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))


def test_what_is_going_says_when_and_what_is_used_instead(anybody: Program) -> None:
    going = Deprecation(date(2027, 1, 1), date(2028, 1, 1), "/api/v2/cities")

    with patch.object(ApiView, "deprecation", going):
        answer = anybody.get("/cities")

    assert answer.headers["Deprecation"] == "@1798761600"
    assert answer.headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert answer.headers["Link"] == '</api/v2/cities>; rel="successor-version"'


def test_that_a_token_is_used_is_noted_to_the_hour(alice: User, program_of: ProgramOf) -> None:
    program = program_of(alice)

    program.get("/cities")
    first = ApiToken.objects.get().last_used_at
    program.get("/cities")

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
