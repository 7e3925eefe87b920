"""Requests that nobody thought of, after the OpenAPI document: each is answered as the document says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance

from ingest.models import RawDocument, Source
from matching.models import Follow, Match, ProjectFollow, Subscription
from portal.accounts.models import User
from portal.dashboards.handling import Hand, remark
from tests.factories.buyers import pune
from tests.factories.matching import SavedSearchFactory, VerdictFactory
from tests.factories.office_morning import build_office_morning
from tests.factories.projects import ProjectFactory
from tests.factories.world import World
from tests.integration.api.conftest import ProgramOf

# A schema can't say all: that it was changed since, or that two things can't be together.
ANSWERS_TO_WHAT_IS_RIGHT = ["2xx", "308", "401", "403", "404", "409", "412", "422"]
CONFIGURED = {
    "generation": {"deterministic": True, "database": "none"},
    "checks": {"positive_data_acceptance": {"expected-statuses": ANSWERS_TO_WHAT_IS_RIGHT}},
}
BOTH = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
CALM = settings(
    max_examples=5, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def ids(world: World, alice: User, olga: User) -> dict[str, Any]:
    """What there is, by the names that addresses and bodies have for it."""
    build_office_morning(olga, now=timezone.now())
    company = world.profile.company
    Follow.objects.get_or_create(
        company=company, opportunity=world.sensors, defaults={"by": alice, "created_at": timezone.now()}
    )
    project = ProjectFactory.create()
    verdict = VerdictFactory.create(profile=world.profile, opportunity=world.sensors, person=alice)
    ProjectFollow.objects.create(company=company, project=project, by=alice, created_at=timezone.now())
    return {
        "opportunity_id": world.sensors.pk,
        "project_id": project.pk,
        "buyer_id": pune().pk,
        "slug": "pune",
        "profile_id": world.profile.pk,
        "match_id": Match.objects.filter(profile=world.profile).earliest("pk").pk,
        "verdict_id": verdict.pk,
        "search_id": SavedSearchFactory.create(company=company, by=alice).pk,
        "deed_id": remark(f"undisclosed-{world.poles.pk}", "Ask.", hand=Hand(olga, timezone.now())).pk,
        "source_id": Source.objects.get(slug="kerala").pk,
        "subscription_id": Subscription.objects.get(profile=world.profile).pk,
        "key": f"undisclosed-{world.poles.pk}",
        "unread": f"document-{RawDocument.objects.rejected().latest('pk').pk}",
    }


@pytest.fixture
def secrets(alice: User, olga: User, program_of: ProgramOf) -> dict[bool, str]:
    """Of a member's program, and of the office's."""
    return {is_office: program_of(person).secret for is_office, person in ((False, alice), (True, olga))}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands are refused, and each would be logged."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """A server closes its connection after each request; here all are asked on the test's own."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def document(one_connection: None) -> Any:
    config = schemathesis.Config.from_dict(CONFIGURED)
    return schemathesis.openapi.from_wsgi("/api/v1/schema?format=json", get_wsgi_application(), config=config)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.slow
def test_every_request_is_answered_as_the_document_says(
    document: Any, ids: dict[str, Any], secrets: dict[bool, str]
) -> None:
    wrong: list[str] = []
    answers: dict[str, set[int]] = {}
    for found in document.get_all_operations():
        operation = found.ok()
        answers[operation.label] = set()
        for case in thought_up(operation, document):
            try:
                answers[operation.label].add(ask(case, ids, secrets))
            except FailureGroup as group:
                curl = case.as_curl_command()[:500]
                wrong += [f"{operation.label}: {one.title}. {one.message} {curl}" for one in group.exceptions]

    assert "\n\n".join(wrong) == ""
    # Each was also done, not just refused.
    assert [label for label, statuses in answers.items() if not statuses & {200, 201, 204}] == []


def thought_up(operation: Any, document: Any) -> Iterator[Any]:
    """Requests to one address: right and wrong ones, at the ends of what each part may be, and any."""
    yield from document.iter_coverage_cases(
        operation, generation_modes=BOTH, generation_config=document.config.generation
    )
    for mode in BOTH:
        yield from drawn(operation.as_strategy(generation_mode=mode))


def drawn(strategy: Any) -> list[Any]:
    """Some of what a strategy makes, the same each time."""
    found: list[Any] = []

    @CALM
    @given(strategy)
    def collect(case: Any) -> None:
        found.append(case)

    with suppress(Unsatisfiable):  # there is nothing to be wrong in it
        collect()
    return found


def ask(case: Any, ids: dict[str, Any], secrets: dict[bool, str]) -> int:
    put_what_there_is(case, ids)
    token = secrets["/office/" in case.path]
    with taken_back():
        # Which fields are left out a schema of the answer can't say.
        is_sparse = "fields" in (case.query or {})
        left_out = [response_schema_conformance] if is_sparse else []
        answer = case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"}, excluded_checks=left_out
        )
    status: int = answer.status_code
    return status


def put_what_there_is(case: Any, ids: dict[str, Any]) -> None:
    """Where what was thought up is right, but for what it is about."""
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    case.path_parameters.update({name: ids[name] for name in case.path_parameters if name in ids})
    if case.path.endswith("/readings"):
        case.path_parameters["key"] = ids["unread"]
    for name in ("cursor", "profile"):  # we give the first; the other is of somebody
        if case.query and name in case.query:
            del case.query[name]
    if case.headers and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        known = {name.removesuffix("_id"): pk for name, pk in ids.items()}
        known["saved_search"] = ids["search_id"]
        case.body.update({name: known[name] for name in case.body if name in known})
        if case.body.get("do") == "remark":  # most fields of a deed don't go with one another
            case.body = {"do": "remark", "remark": "Ask."}
