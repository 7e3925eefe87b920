"""Chromium, as a person. One browser serves the whole run, and each test gets a fresh window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from matching.models import Match
from portal.accounts.models import Company, User
from tests.browser.shown_pages import Shown, shown_pages
from tests.factories.matching import LastLookFactory, VerdictFactory
from tests.factories.office_morning import build_office_morning
from tests.factories.world import World, build_world

# Playwright keeps an event loop in this thread, which Django takes for one that it must not block.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# How quick pages are is measured elsewhere, on a quiet machine.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)

OpenWindow = Callable[..., BrowserContext]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session", autouse=True)
def database_let_go(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The server's threads keep their connections for a while, and the test database could not be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def world(vallar: Company, alice: User, live_server: LiveServer) -> World:
    del live_server  # what it serves must be committed, and it sees to that
    return build_world(vallar, alice, now=timezone.now())


@pytest.fixture
def shown(world: World, alice: User, olga: User) -> list[Shown]:
    """Every page in every state, in a world where the office has much to do and a match has been judged."""
    now = timezone.now()
    build_office_morning(olga, now=now)
    matches = Match.objects.filter(profile=world.profile)
    judged = {"profile": world.profile, "person": alice}
    VerdictFactory.create(opportunity=world.sensors, is_relevant=True, reason="", **judged)
    visited = now - timedelta(days=2)
    LastLookFactory.create(person=alice, opportunity=world.sensors, looked_at=visited)
    worst = matches.order_by("score")[0].opportunity
    VerdictFactory.create(opportunity=worst, note="Lakes are for our sister company.", **judged)
    return list(shown_pages(world, member=alice, office=olga))


@pytest.fixture
def complaints() -> list[str]:
    """What windows could not load, asked of others, or wrote on the console. For a test to look at."""
    return []


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[OpenWindow]:
    """Open a window for someone who is signed in, in a language, with Playwright's own options."""
    opened: list[BrowserContext] = []

    def open_window(user: User | None = None, *, language: str = "en", **options: object) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(120_000)
        opened.append(context)
        _watch(context, live_server, complaints)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if user is not None:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context

    yield open_window
    for context in opened:
        context.close()


def _watch(context: BrowserContext, live_server: LiveServer, complaints: list[str]) -> None:
    def on_answer(answer: Response) -> None:
        if answer.status >= 400 or not answer.url.startswith(live_server.url):
            complaints.append(f"{answer.status} {answer.url}")

    context.on("response", on_answer)
    context.on("requestfailed", lambda request: complaints.append(f"failed {request.url}"))
    context.on("console", lambda said: complaints.append(f"{said.page and said.page.url}: {said.text}"))


@pytest.fixture
def visit(window: OpenWindow) -> Visit:
    """Go to a shown page, in one window for each person, language and set of Playwright's options."""
    pages: dict[tuple[object, ...], Page] = {}

    def go_to(shown: Shown, *, language: str = "en", **options: object) -> Page:
        key = (shown.user, language, *sorted(options))
        if key not in pages:
            pages[key] = window(shown.user, language=language, **options).new_page()
        pages[key].goto(shown.path)
        return pages[key]

    return go_to


@pytest.fixture
def page_of(window: OpenWindow) -> Callable[..., Page]:
    """The same, as a page."""

    def open_page(user: User | None = None, **options: object) -> Page:
        return window(user, **options).new_page()

    return open_page
