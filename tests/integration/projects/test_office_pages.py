"""The office's side of projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Opportunity, Project, ProjectLink
from opportunities.projects.quarters import quarter_of
from opportunities.services import propose_links
from portal.accounts.models import User
from tests.integration.projects.world import early, project_told_in, record, tender
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def project() -> Project:
    return project_told_in(early(), at=timezone.now())


@pytest.fixture
def proposed(project: Project) -> ProjectLink:
    landed = record(tender(), at=timezone.now())
    propose_links(landed.pk, now=timezone.now())
    return project.links.get()


def typed(project: Project | None = None, **words: Any) -> dict[str, Any]:
    """A form as a browser sends it: what is known, and what was typed over it."""
    known = {}
    if project is not None:
        known = {
            "title": project.title,
            "description": project.description,
            "stage": project.stage,
            "city": project.city,
            "state": project.state,
            "buyer_name": project.buyer_name,
            "scheme": project.scheme,
            "value": "118",
            "quarter": "2027-Q1",
            "seen_version": project.version,
        }
    return {"because": "The city's engineer said so.", **known, **words}


def path(project: Project) -> str:
    return f"/office/projects/{project.pk}/"


def test_what_waits_is_confirmed_with_why(proposed: ProjectLink, olga: User, as_: SignIn) -> None:
    page = as_(olga).get("/office/projects/").content.decode()
    assert "Is this the tender it came to?" in page
    assert "words that both titles have" in page

    answer = as_(olga).post(
        f"{path(proposed.project)}link/{proposed.opportunity_id}/", {"answer": "yes", "because": "Same zones"}
    )

    proposed.refresh_from_db()
    assert (answer.status_code, proposed.state) == (302, "confirmed")
    assert "Same zones" in as_(olga).get(path(proposed.project)).content.decode()


def test_a_no_needs_a_reason(proposed: ProjectLink, olga: User, as_: SignIn) -> None:
    address = f"{path(proposed.project)}link/{proposed.opportunity_id}/"

    refused = as_(olga).post(address, {"answer": "no", "because": " "})
    assert refused.status_code == 422
    assert "so that nobody asks again" in refused.content.decode()

    as_(olga).post(address, {"answer": "no", "because": "Another ward"})
    proposed.refresh_from_db()
    assert proposed.state == "refused"


def test_a_link_is_taken_back_from_the_project_s_page(proposed: ProjectLink, olga: User, as_: SignIn) -> None:
    address = f"{path(proposed.project)}link/{proposed.opportunity_id}/"
    as_(olga).post(address, {"answer": "yes"})

    answer = as_(olga).post(address, {"answer": "no", "because": "Another lot", "back": "1"})

    proposed.refresh_from_db()
    assert (answer.headers["Location"], proposed.state) == (path(proposed.project), "refused")


def test_a_project_is_added_by_hand_and_waits_to_be_disclosed(olga: User, as_: SignIn) -> None:
    words = typed(
        title="Smart poles", city="Nagpur", state="", value="42.5", value_until="60", contact="GM (e-Gov)"
    )

    answer = as_(olga).post("/office/projects/new/", words)

    project = Project.objects.get()
    assert answer.headers["Location"] == path(project)
    assert (project.state, project.value_amount, project.contact) == (
        "MH",
        Decimal(425_000_000),
        "GM (e-Gov)",
    )
    assert project.opportunity.disclosed_from is None
    page = as_(olga).get(path(project)).content.decode()
    assert "Disclose it in the inbox" in page
    assert "entered by the office" in page


def test_how_sure_the_quarter_is_stays_unless_it_is_said_anew(olga: User, as_: SignIn) -> None:
    as_(olga).post("/office/projects/new/", typed(title="Smart poles", confidence="high"))
    project = Project.objects.get()

    page = as_(olga).get(path(project)).content.decode()

    assert "Unchanged: very likely" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"because": ""}, "This field is required"),
        ({"value": "60", "value_until": "42"}, "less than the value"),
        ({"city": "Nagpur", "state": "KL"}, "lies in another state"),
        ({"value": "lots"}, "Enter a number"),
    ],
)
def test_what_can_t_be_is_refused_in_words(words: dict[str, str], said: str, olga: User, as_: SignIn) -> None:
    answer = as_(olga).post("/office/projects/new/", typed(title="Smart poles") | words)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Project.objects.exists()


def test_the_quarter_is_corrected_and_the_page_says_who_and_why(
    project: Project, olga: User, as_: SignIn
) -> None:
    words = typed(project, quarter="2027-Q3", confidence="low", basis="One phone call")

    assert as_(olga).post(path(project), words).status_code == 302

    project.refresh_from_db()
    page = as_(olga).get(path(project)).content.decode()
    assert (project.tender_expected_from and quarter_of(project.tender_expected_from).name) == "2027-Q3"
    assert (project.confidence, project.basis) == ("low", "One phone call")
    for told in ("Olga Öberg", "The city&#x27;s engineer said so.", "2 quarters later than first told"):
        assert told in page


def test_two_coordinators_at_once_do_not_overwrite_each_other(
    project: Project, olga: User, as_: SignIn
) -> None:
    first, second = typed(project, funding="State budget"), typed(project, funding="A lender")
    as_(olga).post(path(project), first)

    clash = as_(olga).post(path(project), second)

    project.refresh_from_db()
    page = clash.content.decode()
    assert (clash.status_code, project.funding) == (409, "State budget")
    assert "while you were writing" in page
    assert "A lender" in page
    assert "State budget" in page

    again = as_(olga).post(path(project), second | {"seen_version": project.version})
    project.refresh_from_db()
    assert (again.status_code, project.funding) == (302, "A lender")


def test_a_period_of_two_quarters_is_not_cut_short_by_saving_something_else(olga: User, as_: SignIn) -> None:
    project = project_told_in(early(), at=timezone.now())
    Project.objects.filter(pk=project.pk).update(tender_expected_until="2027-09-30")
    Opportunity.objects.update(tender_expected_until="2027-09-30")

    as_(olga).post(path(project), typed(project, funding="State budget"))

    project.refresh_from_db()
    assert (project.funding, str(project.tender_expected_until)) == ("State budget", "2027-09-30")


def test_a_mistake_does_not_count_as_having_seen(project: Project, olga: User, as_: SignIn) -> None:
    stale = typed(project, because="")
    as_(olga).post(path(project), typed(project, funding="State budget"))

    page = as_(olga).post(path(project), stale).content.decode()

    assert f'name="seen_version" value="{project.version}"' in page


def test_what_does_not_exist_is_not_found(project: Project, olga: User, as_: SignIn) -> None:
    assert as_(olga).get("/office/projects/2000000000/").status_code == 404
    assert as_(olga).post(f"{path(project)}link/2000000000/", {"answer": "yes"}).status_code == 404


@pytest.mark.parametrize("address", ["/office/projects/", "/office/projects/{pk}/"])
def test_the_number_of_questions_does_not_grow(
    address: str, proposed: ProjectLink, olga: User, as_: SignIn
) -> None:
    client, address = as_(olga), address.format(pk=proposed.project_id)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    for number in range(4):
        landed = record(tender(process_id=f"2026_MSCL_9{number}_1"), at=timezone.now())
        propose_links(landed.pk, now=timezone.now())
        project_told_in(early(process_id=f"CII-SC/2026-40{number}/1", city="Salem"), at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200

    assert len(many) <= len(few) <= MOST_QUERIES
