"""The board of what is coming: what stands on it, for whom, and how it is narrowed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import ProjectFollow
from opportunities.models import Project, ProjectLink
from opportunities.parsed_notice import Stage
from opportunities.projects.quarters import quarter_of
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory, add_project_told, build_board
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def tendered(vallar: Company, alice: User) -> Project:
    profile = CapabilityProfileFactory.create(company=vallar)
    return build_board(vallar, alice, profile, now=timezone.now())


def shown(page: str) -> list[str]:
    """The titles on the board, in order."""
    return re.findall(r'class="project__title"><a[^>]*>([^<]+)<', page)


def column(page: str, name: str) -> str:
    return page.split(f'aria-labelledby="column-{name}"')[1].split("</section>", maxsplit=1)[0]


def test_projects_stand_in_the_columns_of_their_stages(tendered: Project, alice: User, as_: SignIn) -> None:
    page = as_(alice).get("/early/").content.decode()

    assert shown(column(page, "identified")) == [
        "Waste-to-energy and bio-methanation cluster of 350 TPD",
        "River-front sensors",
    ]
    assert shown(column(page, "funded")) == ["Adaptive LED street lighting on 9,000 poles"]
    assert shown(column(page, "tendered")) == [tendered.title]
    assert shown(column(page, "called_off")) == ["A bus terminal"]


def test_a_card_says_when_how_sure_why_and_how_it_slipped(
    tendered: Project, alice: User, as_: SignIn
) -> None:
    page = as_(alice).get("/early/").content.decode()

    card = re.sub(r"<[^>]+>|\s+", " ", column(page, "dpr"))
    later = quarter_of(timezone.now().date()).next.next
    said = " ".join(card.split())
    assert f"{later.last_day.year}" in said
    assert "uncertain: One council resolution" in said
    assert "2 quarters later than first told" in said
    assert "moved 2 times" in said
    assert "Fits 81 of 100" in said
    assert "water supply" in said


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("domain=lighting", {"Adaptive LED street lighting on 9,000 poles"}),
        ("state=mp", {"Waste-to-energy and bio-methanation cluster of 350 TPD"}),
        ("domain=lighting&state=MP", set()),
        ("only=followed", {"24x7 water supply for ward 4"}),
        (
            "only=slipping",
            {
                "Reduction of non-revenue water in the core city, with leak detection",
                "Adaptive LED street lighting on 9,000 poles",
            },
        ),
    ],
)
@pytest.mark.usefixtures("tendered")
def test_the_board_is_narrowed(query: str, titles: set[str], alice: User, as_: SignIn) -> None:
    assert set(shown(as_(alice).get(f"/early/?{query}").content.decode())) == titles


@pytest.mark.parametrize("query", ["stage=nonsense", "domain=%00", "state=%00x", "only=all", "page=-3"])
@pytest.mark.usefixtures("tendered")
def test_what_the_page_does_not_offer_is_taken_as_not_asked(query: str, alice: User, as_: SignIn) -> None:
    answer = as_(alice).get(f"/early/?{query}")

    assert answer.status_code == 200


def test_a_long_column_is_cut_and_has_a_page_of_its_own(alice: User, as_: SignIn) -> None:
    for number in range(25):
        add_project_told(f"Project {number}", now=timezone.now(), stage=Stage.DPR)

    board = as_(alice).get("/early/").content.decode()
    stage = as_(alice).get("/early/?stage=dpr").content.decode()

    assert (len(shown(board)), len(shown(stage))) == (8, 20)
    assert "Show all 25 in this stage" in board
    assert len(shown(as_(alice).get("/early/?stage=dpr&page=2").content.decode())) == 5


def test_nobody_is_told_to_bid_for_what_is_closed(tendered: Project, alice: User, as_: SignIn) -> None:
    link = ProjectLink.objects.get(project=tendered)
    link.opportunity.submission_deadline = timezone.now() - timedelta(days=1)
    link.opportunity.save(update_fields=["submission_deadline"])

    page = as_(alice).get(f"/projects/{tendered.pk}/").content.decode()

    assert "The bids are in." in page
    assert "Open the tender" not in page


def test_what_was_tendered_long_ago_is_gone(alice: User, as_: SignIn) -> None:
    for title, days in (("Lately", 100), ("Long ago", 200)):
        at_market = OpportunityFactory.create(stage="tender")
        since = timezone.now() - timedelta(days=days)
        ProjectFactory.create(title=title, opportunity=at_market, tendered_at=since)

    assert shown(as_(alice).get("/early/").content.decode()) == ["Lately"]


def test_an_empty_board_says_what_will_stand_there(alice: User, as_: SignIn) -> None:
    page = as_(alice).get("/early/").content.decode()

    assert "Nothing is shared yet" in page
    assert "board__column" not in page


def test_following_is_the_company_s_and_is_undone(
    tendered: Project, alice: User, bob: User, charlie: User, as_: SignIn
) -> None:
    wanted = Project.objects.get(title="River-front sensors")

    answer = as_(alice).post(f"/projects/{wanted.pk}/follow/", {"next": "/early/?stage=identified"})
    as_(bob).post(f"/projects/{wanted.pk}/follow/")

    assert answer.headers["Location"] == "/early/?stage=identified"
    assert ProjectFollow.objects.standing().filter(project=wanted).count() == 1
    assert "River-front sensors" in as_(bob).get("/early/?only=followed").content.decode()
    assert "River-front sensors" not in as_(charlie).get("/early/?only=followed").content.decode()

    as_(bob).post(f"/projects/{wanted.pk}/unfollow/")
    assert not ProjectFollow.objects.standing().filter(project=wanted).exists()


def test_what_may_not_be_known_of_can_t_be_followed(alice: User, as_: SignIn) -> None:
    secret = ProjectFactory.create(opportunity__disclosed_from=None, opportunity__stage="dpr")

    assert as_(alice).post(f"/projects/{secret.pk}/follow/").status_code == 404
    assert as_(alice).get(f"/projects/{secret.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/early/", "/matches/"])
def test_what_is_followed_and_tendered_is_told_where_members_look(
    path: str, tendered: Project, alice: User, charlie: User, as_: SignIn
) -> None:
    for user in (alice, charlie):
        for company in user.companies.all():
            CapabilityProfileFactory.create(company=company)

    page = as_(alice).get(path).content.decode()
    assert "1 project that you follow is now tendered" in page
    assert "NIT 17: 24x7 water supply, ward 4" in page
    assert "now tendered" not in as_(charlie).get(path).content.decode()
    assert tendered.is_tendered


def test_the_project_page_tells_its_story(tendered: Project, alice: User, as_: SignIn) -> None:
    slipping = Project.objects.get(expected_moves=2)

    page = as_(alice).get(f"/projects/{slipping.pk}/").content.decode()

    for told in ("AMRUT 2.0", "What to do now", "The project report decides", "First told of", "Preparation"):
        assert told in page
    assert "NIT 17" in as_(alice).get(f"/projects/{tendered.pk}/").content.decode()


def test_an_early_opportunity_leads_to_its_project(alice: User, as_: SignIn) -> None:
    project = add_project_told("Poles", now=timezone.now(), stage=Stage.DPR)

    page = as_(alice).get(f"/opportunities/{project.opportunity_id}/").content.decode()

    assert f'href="/projects/{project.pk}/"' in page


def test_the_office_s_own_is_on_no_page_of_members(alice: User, as_: SignIn) -> None:
    project = add_project_told("Poles", now=timezone.now(), stage=Stage.DPR, contact="GM Water, 98400 00000")

    for path in ("/early/", f"/projects/{project.pk}/"):
        assert "98400" not in as_(alice).get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/early/", "/early/?state=TN&only=slipping", "/early/?stage=dpr&state=TN", "/projects/{pk}/"]
)
def test_the_number_of_questions_does_not_grow(
    path: str, tendered: Project, alice: User, as_: SignIn
) -> None:
    client, path = as_(alice), path.format(pk=tendered.pk)
    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    for number in range(6):
        add_project_told(f"Project {number}", now=timezone.now(), stage=Stage.DPR)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200

    assert len(many) <= len(few) <= MOST_QUERIES
