"""Whatever a program sends, nothing but what is documented changes (ASVS 15.3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps

from ingest.models import RawDocument
from matching.models import Match, Subscription
from portal.accounts.models import User
from portal.api.said import NothingSaid, Said
from portal.api.serializers.said_office import (
    AudienceSaid,
    DeedSaid,
    DisclosureSaid,
    HandReadingSaid,
    LinkSaid,
    WithdrawalSaid,
)
from portal.api.serializers.said_own import (
    FollowSaid,
    ProjectFollowSaid,
    SavedSearchNameSaid,
    SavedSearchSaid,
    SubscriptionChangeSaid,
    SubscriptionSaid,
    VerdictSaid,
)
from portal.api.serializers.said_profile import NewProfileSaid, ProfileSaid
from portal.api.urls import urlpatterns
from tests.factories.matching import SavedSearchFactory
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import ProgramOf
from tests.integration.api.test_problems import kind

OUR_APPS = {"accounts", "ingest", "opportunities", "matching", "dashboards"}
# Every field of every model of ours, and what people try besides
NAMES = sorted(
    {
        field.name
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for field in model._meta.get_fields()
    }
    | {"id", "pk", "__proto__", "user_id", "company_id", "is_staff", "is_superuser"}
)


@dataclass(frozen=True, slots=True)
class Taken:
    """An address that takes something, as what, and something that it takes."""

    method: str
    address: str
    kind: type[Said]
    body: dict[str, Any]


def taken_of_the_office(world: World) -> list[Taken]:
    address, link = f"/office/disclosures/{world.poles.pk}", {"project": 1, "opportunity": 1, "is_it": True}
    deed = {"do": "remark", "remark": "Ask"}
    document = RawDocument.objects.rejected().latest("pk")
    typed = {"kind": "tender", "title": "Bus depot"}
    return [
        Taken("POST", f"/office/inbox/undisclosed-{world.poles.pk}/deeds", DeedSaid, deed),
        Taken("POST", f"/office/inbox/document-{document.pk}/readings", HandReadingSaid, typed),
        Taken("POST", address, DisclosureSaid, {}),
        Taken("POST", f"{address}/preview", AudienceSaid, {}),
        Taken("POST", f"{address}/withdraw", WithdrawalSaid, {"because": "A mistake"}),
        Taken("POST", "/office/links", LinkSaid, link),
    ]


def taken(world: World) -> list[Taken]:
    alice = world.profile.company.people.get()
    match = Match.objects.get(profile=world.profile, opportunity=world.sensors)
    search = SavedSearchFactory.create(company=world.profile.company, by=alice)
    subscription = Subscription.objects.get(profile=world.profile)
    project, sensors = ProjectFactory.create(), world.sensors.pk
    return [
        Taken("POST", "/verdicts", VerdictSaid, {"match": match.pk, "is_relevant": True}),
        Taken("POST", "/follows", FollowSaid, {"opportunity": sensors}),
        Taken("POST", "/project-follows", ProjectFollowSaid, {"project": project.pk}),
        Taken("POST", "/saved-searches", SavedSearchSaid, {"name": "Pumps", "query": ""}),
        Taken("PATCH", f"/saved-searches/{search.pk}", SavedSearchNameSaid, {"name": "Valves"}),
        Taken("POST", f"/saved-searches/{search.pk}/restore", NothingSaid, {}),
        Taken("POST", "/subscriptions", SubscriptionSaid, {"kind": "follows", "rhythm": "daily"}),
        Taken("PATCH", f"/subscriptions/{subscription.pk}", SubscriptionChangeSaid, {"rhythm": "daily"}),
        Taken("POST", "/profiles", NewProfileSaid, {"name": "Valves"}),
        Taken("PATCH", f"/profiles/{world.profile.pk}", ProfileSaid, {"name": "Valves"}),
        Taken("POST", f"/profiles/{world.profile.pk}/restore", NothingSaid, {}),
    ]


def everything() -> dict[str, list[Any]]:
    """All rows of ours, but that a token is in use."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and model.__name__ not in ("ApiToken", "RecordChange")
    }


def test_a_field_that_is_not_documented_is_refused_by_its_name_and_changes_nothing(
    world: World, alice: User, olga: User, program_of: ProgramOf
) -> None:
    sent = [(program_of(alice), one) for one in taken(world)]
    sent += [(program_of(olga), one) for one in taken_of_the_office(world)]
    before = everything()

    for program, one in sent:
        foreign = [name for name in NAMES if name not in one.kind().fields]
        answer = program.send(one.method, one.address, one.body | dict.fromkeys(foreign, 1), If_Match="*")

        assert kind(answer, 400) == "unknown-fields"
        assert {wrong["name"] for wrong in answer.json()["errors"]} == set(foreign), one.address
    assert everything() == before


def test_rows_within_a_profile_take_no_more_either(world: World, alice: User, program_of: ProgramOf) -> None:
    told = {
        "completed_projects": [{"name": "Meters", "profile": 1}],
        "yearly_turnovers": [{"id": 1, "year": 2024}],
    }

    answer = program_of(alice).send("PATCH", f"/profiles/{world.profile.pk}", told, If_Match="*")

    assert answer.status_code == 400
    assert {one["name"] for one in answer.json()["errors"]} == {
        "completed_projects.0.profile",
        "yearly_turnovers.0.id",
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_every_address_that_takes_something_is_tried(method: str, world: World) -> None:
    sent = [*taken(world), *taken_of_the_office(world)]
    tried = {re.sub("/[a-z]*-?[0-9]+", "/*", one.address) for one in sent if one.method == method}
    routes = {
        "/" + re.sub("<[^>]*>", "*", str(pattern.pattern))
        for pattern in urlpatterns
        if hasattr(getattr(pattern.callback, "view_class", None), method.lower())
    }

    assert routes == tried
