"""What every page tells the browser: nothing but our own files, no script or style written into the page."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.signing_in import SignIn

OWN = "'self'"
SCRIPTS = re.compile(r'<script[^>]*\bsrc="/static/([^"]+)"')


def policy_of(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["Content-Security-Policy"]
    return {name: values for name, *values in map(str.split, header.split(";"))}


def test_a_page_may_run_and_load_nothing_but_our_own(db: None) -> None:
    policy = policy_of(Client(), "/accounts/login/")

    assert policy["default-src"] == ["'none'"]
    assert {policy[kind][0] for kind in ("script-src", "style-src", "font-src", "connect-src")} == {OWN}
    assert {len(policy[kind]) for kind in ("script-src", "style-src", "font-src", "connect-src")} == {1}
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]


@pytest.mark.parametrize("path", ["/matches/", "/partners/", "/profile/"])
def test_a_page_holds_no_script_and_no_style_of_its_own(
    path: str, world: World, alice: User, as_: SignIn
) -> None:
    page = as_(alice).get(path).content.decode()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", page) == []
    assert all(finders.find(script) for script in SCRIPTS.findall(page))


def test_htmx_comes_from_our_own_site_and_may_not_evaluate(world: World, alice: User, as_: SignIn) -> None:
    page = as_(alice).get("/matches/").content.decode()

    assert "django_htmx/htmx-2.min.js" in SCRIPTS.findall(page)
    assert '"allowEval": false' in page
    assert '"selfRequestsOnly": true' in page


def test_a_view_knows_whether_htmx_asks(world: World, alice: User, as_: SignIn) -> None:
    plain = as_(alice).get("/matches/")
    fragment = as_(alice).get("/matches/", headers={"HX-Request": "true"})

    assert [bool(vars(answer.wsgi_request)["htmx"]) for answer in (plain, fragment)] == [False, True]
