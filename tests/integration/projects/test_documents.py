"""Documents that the office attaches to a project: for itself, or for whoever sees the project."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Project, ProjectDocument
from portal.accounts.models import User
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
PLAN, OPEN_DATA = "https://pmc.example.in/dpr.pdf", "/open-data/oc4ids/projects.json"


def typed(**said: str) -> dict[str, str]:
    return {
        "kind": "projectPlan",
        "title": "Detailed project report",
        "url": PLAN,
        "audience": "members",
    } | said


def path_of(project: Project) -> str:
    return f"/office/projects/{project.pk}/documents/"


def documents_in_open_data() -> list[dict[str, str]]:
    told = json.loads(Client().get(OPEN_DATA).getvalue()).get("projects", [])
    return [document for project in told for document in project.get("documents", [])]


def test_members_and_everyone_see_what_is_shared_and_never_what_is_internal(
    olga: User, alice: User, as_: SignIn
) -> None:
    project = ProjectFactory.create()
    office = as_(olga)
    office.post(path_of(project), typed(published_on="2026-03-31"))
    office.post(path_of(project), typed(title="A draft", url=f"{PLAN}?draft", audience="office"))
    office.post(path_of(project), typed(title="For nobody named", url=f"{PLAN}?other", audience=""))

    own = office.get(f"/office/projects/{project.pk}/").content.decode()
    theirs = as_(alice).get(f"/projects/{project.pk}/").content.decode()

    titles = ("Detailed project report", "A draft", "For nobody named")
    assert [title in own for title in titles] == [True] * 3
    assert [title in theirs for title in titles] == [True, False, False]
    assert [document["url"] for document in documents_in_open_data()] == [PLAN]


def test_a_project_that_is_not_disclosed_tells_of_its_documents_nowhere(
    olga: User, alice: User, as_: SignIn
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    project = ProjectFactory.create(
        opportunity=OpportunityFactory.create(stage="dpr", disclosed_from=tomorrow)
    )
    as_(olga).post(path_of(project), typed())

    assert as_(alice).get(f"/projects/{project.pk}/").status_code == 404
    assert documents_in_open_data() == []


def test_a_removed_document_is_shown_to_nobody_and_may_be_attached_again(
    olga: User, alice: User, as_: SignIn
) -> None:
    project = ProjectFactory.create()
    office = as_(olga)
    office.post(path_of(project), typed())
    remove = f"/office/projects/documents/{ProjectDocument.objects.get().pk}/remove/"

    assert office.post(remove).status_code == 302

    assert PLAN not in as_(alice).get(f"/projects/{project.pk}/").content.decode()
    assert documents_in_open_data() == []
    assert ProjectDocument.objects.get().removed_by == olga
    assert office.post(remove).status_code == 404
    assert office.post(path_of(project), typed()).status_code == 302


def test_an_address_stands_once_and_what_is_said_of_it_is_not_overwritten(olga: User, as_: SignIn) -> None:
    project = ProjectFactory.create()
    office = as_(olga)
    office.post(path_of(project), typed(audience="office"))

    again = office.post(path_of(project), typed(audience="office"))
    otherwise = office.post(path_of(project), typed(title="The same, for all"))

    assert (again.status_code, otherwise.status_code) == (302, 422)
    assert "attached already" in otherwise.content.decode()
    assert 'value="The same, for all"' in otherwise.content.decode()
    assert not ProjectDocument.objects.get().is_shared


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://pmc.example.in/dpr.pdf"},
        {"url": "/dpr.pdf"},
        {"url": "https://ravi:secret@pmc.example.in/dpr.pdf"},
        {"url": f"{PLAN}?{'x' * 500}"},
        {"title": " "},
        {"title": "x" * 301},
        {"kind": "rumour"},
        {"published_on": "2999-01-01"},
        {"published_on": "yesterday"},
    ],
)
def test_what_is_typed_wrongly_is_said_and_nothing_is_kept(
    wrong: dict[str, str], olga: User, as_: SignIn
) -> None:
    answer = as_(olga).post(path_of(ProjectFactory.create()), typed(**wrong))

    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not ProjectDocument.objects.exists()


def test_the_database_itself_keeps_no_address_that_is_a_script(olga: User) -> None:
    with pytest.raises(IntegrityError):
        ProjectDocument.objects.create(
            project=ProjectFactory.create(),
            kind="other",
            title="A script",
            url="javascript:alert(1)",
            is_shared=True,
            added_by=olga,
            added_at=timezone.now(),
        )


def test_many_documents_ask_no_more_questions(olga: User, alice: User, as_: SignIn) -> None:
    project = ProjectFactory.create()
    for number in range(3):
        as_(olga).post(path_of(project), typed(url=f"{PLAN}?{number}"))
    member, office = as_(alice), as_(olga)

    with CaptureQueriesContext(connection) as of_the_office:
        office.get(f"/office/projects/{project.pk}/")
    with CaptureQueriesContext(connection) as of_a_member:
        member.get(f"/projects/{project.pk}/")

    assert max(len(of_the_office), len(of_a_member)) <= MOST_QUERIES
