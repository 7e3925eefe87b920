from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import Match, Verdict
from matching.selectors import matches_of
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, VerdictFactory
from tests.factories.world import World
from tests.integration.delivery.world import owe_and_send
from tests.integration.signing_in import SignIn

AGAINST = {"answer": "wrong_field", "note": "Sludge, not sensors"}


@pytest.fixture
def match(world: World) -> Match:
    return Match.objects.get(profile=world.profile, opportunity=world.sensors)


def text_of(client: Client, address: str) -> str:
    return " ".join(BeautifulSoup(client.get(address).content, "lxml").get_text(" ").split())


def test_a_dismissed_match_leaves_the_list_and_can_be_undone_at_once(
    match: Match, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    title = match.opportunity.title

    answer = client.post(f"/matches/{match.pk}/verdict/", {**AGAINST, "next": "/matches/?stage=tender"})
    page = BeautifulSoup(client.get(answer.headers["Location"]).content, "lxml")

    assert answer.headers["Location"] == "/matches/?stage=tender"
    assert title not in [link.get_text() for link in page.select(".card__title a")]
    undo = page.select_one(".message form[action$='/withdraw/']")
    assert undo is not None
    client.post(str(undo["action"]), {"next": "/matches/"})
    assert title in text_of(client, "/matches/")
    assert "Undone." not in text_of(client, "/matches/")  # told once


def test_what_was_dismissed_stands_in_a_list_of_its_own(match: Match, alice: User, as_: SignIn) -> None:
    client = as_(alice)
    client.post(f"/matches/{match.pk}/verdict/", AGAINST)

    said = text_of(client, "/matches/dismissed/")

    assert match.opportunity.title in said
    assert "Dismissed : Not our field (Alice Ahlgren" in said
    assert "Sludge, not sensors" in said
    assert "1 dismissed" in text_of(client, "/matches/")


def test_an_empty_list_of_dismissed_ones_says_so(world: World, alice: User, as_: SignIn) -> None:
    assert "Nothing is dismissed" in text_of(as_(alice), "/matches/dismissed/")


def test_the_opportunity_page_shows_the_verdict_that_stands(match: Match, alice: User, as_: SignIn) -> None:
    client = as_(alice)
    page = f"/opportunities/{match.opportunity_id}/"

    client.post(f"/matches/{match.pk}/verdict/", {"answer": "relevant", "next": page})

    assert "Marked as relevant (Alice Ahlgren" in text_of(client, page)


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": "because"}, {**AGAINST, "note": "x" * 501}])
def test_a_dismissal_without_a_reason_is_sent_back(
    form: dict[str, str], match: Match, alice: User, as_: SignIn
) -> None:
    client = as_(alice)

    answer = client.post(f"/matches/{match.pk}/verdict/", form, follow=True)

    assert "Choose why it is nothing for you" in answer.content.decode()
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("page", ["https://evil.example.org/", "//evil.example.org", "javascript:alert(1)"])
def test_nobody_is_led_away_from_the_portal(page: str, match: Match, alice: User, as_: SignIn) -> None:
    answer = as_(alice).post(f"/matches/{match.pk}/verdict/", {**AGAINST, "next": page})

    assert answer.headers["Location"] == "/matches/"


def test_a_competitor_can_neither_judge_nor_undo_for_us(
    match: Match, alice: User, charlie: User, as_: SignIn
) -> None:
    as_(alice).post(f"/matches/{match.pk}/verdict/", AGAINST)
    verdict = Verdict.objects.get()

    judged = as_(charlie).post(f"/matches/{match.pk}/verdict/", {"answer": "relevant"})
    undone = as_(charlie).post(f"/verdicts/{verdict.pk}/withdraw/")

    assert (judged.status_code, undone.status_code) == (404, 404)
    assert Verdict.objects.get().withdrawn_at is None


def test_a_match_that_is_withheld_again_cannot_be_judged(match: Match, alice: User, as_: SignIn) -> None:
    match.opportunity.disclosed_from = timezone.now() + timedelta(hours=1)
    match.opportunity.save(update_fields=["disclosed_from"])

    assert as_(alice).post(f"/matches/{match.pk}/verdict/", AGAINST).status_code == 404


def test_a_withheld_opportunity_is_not_even_in_the_list_of_dismissed_ones(
    match: Match, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    client.post(f"/matches/{match.pk}/verdict/", AGAINST)
    match.opportunity.disclosed_from = None
    match.opportunity.save(update_fields=["disclosed_from"])

    assert match.opportunity.title not in text_of(client, "/matches/dismissed/")


def test_nobody_else_reads_our_verdicts(
    match: Match, alice: User, charlie: User, olga: User, as_: SignIn
) -> None:
    as_(alice).post(f"/matches/{match.pk}/verdict/", AGAINST)
    CapabilityProfileFactory.create(company=charlie.companies.get())
    page = f"/opportunities/{match.opportunity_id}/"

    said = "".join(
        as_(person).get(address).content.decode()
        for person, address in (
            (charlie, page),
            (charlie, "/matches/"),
            (charlie, "/matches/dismissed/"),
            (charlie, f"/matches/dismissed/?profile={match.profile_id}"),
            (olga, page),
            (olga, "/office/inbox/"),
            (olga, "/office/mail/"),
        )
    )

    for ours in (AGAINST["note"], "Alice Ahlgren,", "Dismissed</span>"):
        assert ours not in said


def test_the_list_and_its_figures_leave_out_what_was_dismissed(
    match: Match, alice: User, as_: SignIn
) -> None:
    now = timezone.now()
    kept = matches_of(match.profile, at=now).count()
    as_(alice).post(f"/matches/{match.pk}/verdict/", AGAINST)

    assert matches_of(match.profile, at=now).count() == kept - 1


@pytest.mark.parametrize("is_dismissed", [False, True])
def test_a_mail_tells_nothing_of_what_was_dismissed(
    match: Match, alice: User, as_: SignIn, mailoutbox: list[EmailMessage], *, is_dismissed: bool
) -> None:
    if is_dismissed:
        as_(alice).post(f"/matches/{match.pk}/verdict/", AGAINST)

    owe_and_send((timezone.now() + timedelta(days=3)).date(), now=timezone.now())

    told = "".join(str(message.body) for message in mailoutbox)
    assert (f"/opportunities/{match.opportunity_id}/" in told) is not is_dismissed


def test_a_hundred_dismissed_ones_ask_no_more_questions_than_one(
    match: Match, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    VerdictFactory.create(profile=match.profile)
    with CaptureQueriesContext(connection) as few:
        client.get("/matches/dismissed/")
    for _ in range(12):
        VerdictFactory.create(profile=match.profile)
    with CaptureQueriesContext(connection) as many:
        client.get("/matches/dismissed/")

    assert len(many) == len(few) <= 12
