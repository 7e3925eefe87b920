"""Where a person is logged in, and when each log-in was last used."""

from __future__ import annotations

import time

import pytest
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.test import Client

from portal.accounts.models import User
from portal.accounts.session_use import NOTED_AT, SECONDS_BETWEEN
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/26.0 Mobile/15E148 Safari/604.1"


def log_in(user: User, user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def make_older(client: Client, seconds: int) -> None:
    session = client.session
    session[NOTED_AT] = int(time.time()) - seconds
    session.save()


def test_each_log_in_is_told_in_words_and_one_is_marked_as_this(alice: User) -> None:
    log_in(alice, SAFARI)
    here = log_in(alice, FIREFOX)

    page = BeautifulSoup(here.get("/accounts/sessions/").content, "lxml")

    told = [" ".join(line.get_text(" ").split()) for line in page.select("main li")]
    assert [line.startswith("Safari on iPhone Last used ") for line in told] == [True, False]
    assert [line.startswith("Firefox on Linux this one In use now, from ") for line in told] == [False, True]


def test_using_it_again_is_noted_after_an_hour_with_the_place(alice: User) -> None:
    client = log_in(alice, SAFARI)
    began = UserSession.objects.get(user=alice)
    make_older(client, SECONDS_BETWEEN)

    client.get("/account/", REMOTE_ADDR="192.0.2.7")

    noted = UserSession.objects.get(user=alice)
    assert noted.ip == "192.0.2.7"
    assert noted.last_seen_at > began.last_seen_at
    assert noted.created_at == began.created_at


def test_within_the_hour_nothing_is_written(alice: User) -> None:
    client = log_in(alice, SAFARI)
    make_older(client, SECONDS_BETWEEN - 60)

    client.get("/account/", REMOTE_ADDR="192.0.2.7")

    assert UserSession.objects.get(user=alice).ip == "127.0.0.1"
