"""What the office adds to projects itself: links that nobody proposed, notes, and what couldn't be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ingest.models import QuarantinedPart
from opportunities.models import Opportunity, Project, ProjectLink, ProjectNote
from opportunities.project_selectors import how_well_foretold
from portal.accounts.models import User
from tests.factories.ingest import QuarantinedPartFactory, RawDocumentFactory
from tests.factories.projects import ProjectFactory
from tests.integration.projects.world import early, project_told_in, record, tender
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def project() -> Project:
    return project_told_in(early(), at=timezone.now())


@pytest.fixture
def landed() -> Opportunity:
    return record(tender(), at=timezone.now())


def test_a_tender_that_nobody_proposed_is_found_and_linked(
    project: Project, landed: Opportunity, olga: User, as_: SignIn
) -> None:
    office, path = as_(olga), f"/office/projects/{project.pk}/"
    ProjectLink.objects.all().delete()
    page = BeautifulSoup(office.get(path, {"q": landed.process_id}).content, "lxml")
    form = page.select_one(f'form[action="{path}link/{landed.pk}/"]')
    assert form is not None
    assert "of 100" in page.get_text()

    office.post(str(form["action"]), {"answer": "yes", "because": "The city says so", "back": "1"})

    assert ProjectLink.objects.confirmed().get().opportunity == landed
    assert not BeautifulSoup(office.get(path, {"q": landed.process_id}).content, "lxml").select(
        "#find-title ~ ol"
    )


@pytest.mark.parametrize("words", ["unheard-of words", "   ", '"'])
def test_what_no_tender_says_is_found_nowhere(
    words: str, project: Project, landed: Opportunity, olga: User, as_: SignIn
) -> None:
    answer = as_(olga).get(f"/office/projects/{project.pk}/", {"q": words})

    assert answer.status_code == 200
    assert "tender_found" not in answer.content.decode()


def test_members_read_what_is_shared_and_never_what_is_internal(olga: User, alice: User, as_: SignIn) -> None:
    project = ProjectFactory.create()
    office, path = as_(olga), f"/office/projects/{project.pk}/notes/"
    office.post(path, {"text": "The council votes in May.", "for": "members"})
    office.post(path, {"text": "The engineer is about to leave.", "for": "office"})
    office.post(path, {"text": "Nobody said for whom."})

    own = office.get(f"/office/projects/{project.pk}/").content.decode()
    theirs = as_(alice).get(f"/projects/{project.pk}/").content.decode()

    assert [text in own for text in ("votes in May", "about to leave", "for whom")] == [True] * 3
    assert [text in theirs for text in ("votes in May", "about to leave", "for whom")] == [True, False, False]


def test_a_removed_note_is_shown_to_nobody_and_an_empty_one_is_not_kept(
    olga: User, alice: User, as_: SignIn
) -> None:
    project = ProjectFactory.create()
    office, path = as_(olga), f"/office/projects/{project.pk}/notes/"
    office.post(path, {"text": " ", "for": "members"})
    office.post(path, {"text": "The council votes in May.", "for": "members"})

    office.post(f"/office/projects/notes/{ProjectNote.objects.get().pk}/remove/")

    assert "votes in May" not in as_(alice).get(f"/projects/{project.pk}/").content.decode()
    assert ProjectNote.objects.get().removed_by == olga


def test_what_could_not_be_read_becomes_a_project_and_is_settled(olga: User, as_: SignIn) -> None:
    document = RawDocumentFactory.create(body=b"Mysuru: bus depot, report under way", media_type="text/plain")
    part = QuarantinedPartFactory.create(document=document)
    office, path = as_(olga), f"/office/projects/new/?from=part-{part.pk}"
    assert "bus depot, report under way" in office.get(path).content.decode()

    office.post(path, {"title": "Bus depot", "because": "Read in the bulletin", "from": f"part-{part.pk}"})

    assert Project.objects.get().title == "Bus depot"
    assert QuarantinedPart.objects.get().settled_because == "Added as the project “Bus depot”"


@pytest.mark.parametrize("key", ["part-0", "undisclosed-1", "nothing"])
def test_a_project_is_not_added_from_what_is_not_there(key: str, olga: User, as_: SignIn) -> None:
    assert as_(olga).get(f"/office/projects/new/?from={key}").status_code == 404


def test_the_process_leads_to_its_project(project: Project, olga: User, as_: SignIn) -> None:
    answer = as_(olga).get(f"/office/projects/of/{project.opportunity_id}/")

    assert answer.headers["Location"] == f"/office/projects/{project.pk}/"
    assert as_(olga).get("/office/projects/of/99999999/").status_code == 404


def test_the_board_holds_what_was_foretold_against_what_came(olga: User, as_: SignIn) -> None:
    ProjectFactory.create_batch(4, tendered_at=datetime(2027, 8, 1, tzinfo=UTC))
    ProjectFactory.create(tendered_at=datetime(2027, 12, 20, tzinfo=UTC))
    ProjectFactory.create()

    told = how_well_foretold()

    assert (told.count, told.within_first, told.within_last, told.first_off_by) == (5, 4, 4, 0)
    assert "in the quarter first told" in as_(olga).get("/office/projects/").content.decode()


def test_the_page_of_a_project_asks_few_questions(
    project: Project, landed: Opportunity, olga: User, as_: SignIn
) -> None:
    office = as_(olga)
    for text in ("One", "Two", "Three"):
        office.post(f"/office/projects/{project.pk}/notes/", {"text": text, "for": "members"})

    with CaptureQueriesContext(connection) as asked:
        office.get(f"/office/projects/{project.pk}/", {"q": landed.process_id})

    assert len(asked) <= MOST_QUERIES
