"""Pages and people: who is let in, who is sent to the log-in, who is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from matching.models import Delivery
from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.pages.conftest import SignIn

OFFICE_PAGES = (
    "/office/vocabulary/",
    "/office/vocabulary/new/",
    "/office/inbox/",
    "/office/sources/",
    "/office/mail/",
    "/office/replays/",
    "/office/columns/",
    "/office/columns/1/",
)
MEMBER_PAGES = (
    "/matches/",
    "/matches/dismissed/",
    "/followed/",
    "/matches/why-not/",
    "/partners/",
    "/profile/",
    "/profile/1/",
)


@pytest.mark.parametrize("path", ["/", *OFFICE_PAGES, *MEMBER_PAGES, "/opportunities/1/", "/originals/1/"])
def test_a_stranger_is_sent_to_the_log_in(path: str, client: Client, db: None) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("path", OFFICE_PAGES)
def test_the_office_pages_are_not_for_members(path: str, alice: User, as_: SignIn) -> None:
    assert as_(alice).get(path).status_code == 403


@pytest.mark.parametrize("path", [*OFFICE_PAGES, *MEMBER_PAGES, "/opportunities/1/", "/originals/1/"])
def test_an_observer_sees_no_company_and_no_desk(path: str, oskar: User, as_: SignIn) -> None:
    assert as_(oskar).get(path).status_code == 403


def test_a_member_may_do_nothing_that_is_the_office_s(world: World, alice: User, as_: SignIn) -> None:
    message = Delivery.objects.exclude(body_html="").latest("pk")

    answers = [
        as_(alice).post(f"/office/inbox/disclose/{world.poles.pk}/"),
        as_(alice).post("/office/inbox/answer/1/fact-0/", {"answer": "confirm"}),
        as_(alice).post("/office/answers/1/take-back/"),
        as_(alice).post("/office/inbox/settle/1/", {"because": "read by hand"}),
        as_(alice).post("/office/inbox/ignore/1/", {"because": "read by hand"}),
        as_(alice).post("/office/inbox/part-1/read/", {"title": "Mine"}),
        as_(alice).post("/office/sources/1/poll/"),
        as_(alice).post("/office/sources/1/accept/"),
        as_(alice).post("/office/sources/1/close/"),
        as_(alice).post("/office/replays/compare/"),
        as_(alice).post("/office/replays/1/accept/"),
        as_(alice).post("/office/replays/1/refuse/"),
        as_(alice).post("/office/layouts/1/accept/"),
        as_(alice).post("/office/columns/1/", {"do": "save"}),
        as_(alice).post("/office/columns/1/no-notices/"),
        as_(alice).post("/office/columns/1/restore/1/"),
        as_(alice).post("/office/documents/1/retry/"),
        as_(alice).post("/office/sources/upload/"),
        as_(alice).post("/office/sources/paste/"),
        as_(alice).get(f"/office/mail/{message.pk}/body/"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    world.poles.refresh_from_db()
    assert world.poles.disclosed_from is None


@pytest.mark.parametrize(
    ("who", "where"), [("alice", "/matches/"), ("olga", "/office/inbox/")], ids=["member", "office"]
)
def test_each_begins_where_their_work_is(
    who: str, where: str, request: pytest.FixtureRequest, as_: SignIn
) -> None:
    person = request.getfixturevalue(who)

    assert as_(person).get("/").headers["Location"] == where


def test_an_observer_is_told_that_there_is_nothing_yet(oskar: User, as_: SignIn) -> None:
    assert "you act for no company" in as_(oskar).get("/").content.decode()


def test_a_competitor_sees_nothing_of_vallar_s_profile(world: World, charlie: User, as_: SignIn) -> None:
    client = as_(charlie)
    pages = [
        client.get("/matches/"),
        client.get(f"/matches/?profile={world.profile.pk}"),
        client.get(f"/opportunities/{world.sensors.pk}/"),
    ]

    said = " ".join(page.content.decode() for page in pages)
    assert [page.status_code for page in pages] == [200, 200, 200]
    for vallars_own in (world.profile.name, "Vallar AB", "vattenkvalitetssensorer", "92 out of 100"):
        assert vallars_own not in said
