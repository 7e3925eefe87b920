from __future__ import annotations

from datetime import datetime, timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from opportunities.parsed_notice import Stage
from portal.accounts.models import Company, User
from portal.ui.formats import short_day
from tests.factories.matching import CapabilityProfileFactory, FollowFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn


def lines(client: Client) -> list[str]:
    page = BeautifulSoup(client.get("/followed/").content, "lxml")
    return [" ".join(line.get_text(" ").split()) for line in page.select(".card")]


def day(at: datetime) -> str:
    return " ".join(short_day(at).split())


def test_what_is_followed_stands_on_the_page_of_every_colleague_until_it_is_ended(
    world: World, alice: User, bob: User, as_: SignIn
) -> None:
    number = world.sensors.pk
    answer = as_(alice).post(f"/opportunities/{number}/follow/", {"next": "/matches/?state=MH"})

    assert answer.headers["Location"] == "/matches/?state=MH"
    assert world.sensors.title in lines(as_(bob))[0]
    for path in ("/matches/", f"/opportunities/{number}/"):
        assert "Alice Ahlgren" in as_(bob).get(path).content.decode()

    answer = as_(bob).post(f"/opportunities/{number}/unfollow/", {"next": "//elsewhere.example/"})

    assert answer.headers["Location"] == "/followed/"
    assert not any(world.sensors.title in line for line in lines(as_(alice)))


def test_whoever_follows_nothing_is_told_how_to(alice: User, as_: SignIn) -> None:
    assert "You follow nothing yet" in as_(alice).get("/followed/").content.decode()


def test_what_was_cancelled_is_told_of_on_matches_and_marked_with_its_day(
    vallar: Company, alice: User, as_: SignIn
) -> None:
    now = timezone.now()
    for days, title in ((3, "Water meters"), (40, "Bus shelters")):
        gone = OpportunityFactory.create(title=title, stage=Stage.CANCELLED.value, submission_deadline=now)
        notice = NoticeFactory.create(opportunity=gone, published_at=now - timedelta(days=days))
        stage = [{"field": "stage", "before": "tender", "after": "cancelled"}]
        OpportunityRevisionFactory.create(notice=notice, number=2, changes=stage)
        FollowFactory.create(company=vallar, opportunity=gone, by=alice)
    CapabilityProfileFactory.create(company=vallar)

    matches = BeautifulSoup(as_(alice).get("/matches/").content, "lxml")
    news = matches.select_one("section[aria-labelledby='ended-title']")

    assert news is not None
    told = " ".join(news.get_text(" ").split())
    assert f"Water meters · Cancelled {day(now - timedelta(days=3))}" in told
    assert "Bus shelters" not in told  # no news any more
    followed = " ".join(lines(as_(alice)))
    assert f"Cancelled {day(now - timedelta(days=40))}" in followed
    assert "days left" not in followed


def test_what_closes_next_comes_first_and_what_is_over_last(
    vallar: Company, alice: User, as_: SignIn
) -> None:
    now = timezone.now()
    for title, days, stage in (
        ("Closed long ago", -30, Stage.TENDER),
        ("Closes later", 20, Stage.TENDER),
        ("No day yet", None, Stage.DPR),
        ("Cancelled", 5, Stage.CANCELLED),
        ("Closes next", 2, Stage.TENDER),
    ):
        deadline = None if days is None else now + timedelta(days=days)
        opportunity = OpportunityFactory.create(title=title, submission_deadline=deadline, stage=stage.value)
        FollowFactory.create(company=vallar, opportunity=opportunity, by=alice)

    page = BeautifulSoup(as_(alice).get("/followed/").content, "lxml")

    assert [title.get_text() for title in page.select(".card__title")] == [
        "Closes next", "Closes later", "No day yet", "Cancelled", "Closed long ago",
    ]  # fmt: skip


def test_what_isn_t_disclosed_doesn_t_exist_for_those_who_would_follow_it(
    world: World, alice: User, as_: SignIn
) -> None:
    for path in (world.poles.pk, 0):
        for do in ("follow", "unfollow"):
            assert as_(alice).post(f"/opportunities/{path}/{do}/").status_code == 404


def test_following_takes_a_press_of_a_member(world: World, alice: User, olga: User, as_: SignIn) -> None:
    path = f"/opportunities/{world.sensors.pk}/follow/"

    assert as_(alice).get(path).status_code == 405
    assert as_(olga).post(path).status_code == 403
