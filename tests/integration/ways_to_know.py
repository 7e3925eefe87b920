"""Every page, file and feed by which a member may come to know of an opportunity: what is said there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from matching.models import CapabilityProfile
from opportunities.buyers import BuyerKind
from opportunities.exports.told import number_of
from opportunities.models import BuyerNaming, Opportunity, Project, ProjectLink
from opportunities.services import add_buyer, note_search_words
from portal.accounts.feed_links import make_feed_link
from portal.accounts.models import FeedLink, User
from tests.factories.accounts import UserFactory
from tests.factories.buyers import PUNE, pune, remember
from tests.factories.matching import (
    FollowFactory,
    SavedSearchFactory,
)
from tests.factories.opportunities import NoticeFactory
from tests.factories.projects import ProjectFactory, ProjectFollowFactory
from tests.factories.typed import typed_profile

TITLE = "Water-quality sensors nobody knows of yet"
Door = Callable[[User, Opportunity], str]


def through_matches(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return _page(person, "/matches/")


def through_search(person: User, opportunity: Opportunity) -> str:
    del opportunity
    # Searched by the buyer, for the page repeats what was searched for.
    return _page(person, "/matches/?q=Pune")


def through_explore(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return _page(person, "/explore/?q=Pune")


def through_the_counts_of_explore(person: User, opportunity: Opportunity) -> str:
    """As if its title were told by a number of one: nothing else is in the world."""
    del opportunity
    found = BeautifulSoup(_page(person, "/explore/?stage=tender"), "lxml")
    counts = [int(count.get_text()) for count in found.select(".narrowing__count")]
    total = found.select_one("h1")
    assert total is not None
    return TITLE if any(counts) or total.get_text(strip=True)[0] != "0" else ""


def through_open_data(person: User, opportunity: Opportunity) -> str:
    """Whoever asks: by the month, by its number, and by what the catalogue and the page tell."""
    content = NoticeFactory.build(opportunity=opportunity).content | {"facts": {"title": TITLE}}
    NoticeFactory.create(opportunity=opportunity, content=content)
    ocid = f"ocds-xxsetu-{number_of(opportunity.publisher, opportunity.process_id)}"
    told = [_page(person, f"/open-data/ocds/{kind}/{ocid}.json") for kind in ("releases", "records")]
    month = timezone.now().strftime("%Y-%m")
    answer = Client().get(f"/open-data/ocds/releases/{month}.jsonl.gz")
    if answer.status_code == 200:
        told.append(gzip.decompress(b"".join(answer.streaming_content)).decode())  # type: ignore[attr-defined]
    months = Client().get("/open-data/ocds/months.json").json()["months"]
    assert bool(months) is all(TITLE in each for each in told)
    return " ".join([*told, _page(person, "/open-data/"), _page(person, "/open-data/catalogue.rdf")])


def through_open_projects(person: User, opportunity: Opportunity) -> str:
    ProjectFactory.create(opportunity=opportunity, title=TITLE)
    return _page(person, "/open-data/oc4ids/projects.json")


def through_its_buyer(person: User, opportunity: Opportunity) -> str:
    """Whose page, and the city's, exist whatever is disclosed."""
    Opportunity.objects.filter(pk=opportunity.pk).update(buyer_name=PUNE)
    BuyerNaming.objects.update(is_due=True)
    remember(timezone.now())
    return _page(person, f"/buyers/{pune().pk}/") + _page(person, "/cities/pune/")


def through_a_buyer_that_nobody_knew(person: User, opportunity: Opportunity) -> str:
    """Which the office added for it: whether there is one tells of it."""
    now = timezone.now()
    Opportunity.objects.filter(pk=opportunity.pk).update(buyer_name=TITLE)
    BuyerNaming.objects.update(is_due=True)
    add_buyer(TITLE, kind=BuyerKind.OTHER, by=UserFactory.create(), now=now)
    remember(now)
    return _page(person, "/buyers/?q=nobody")


def through_a_file(person: User, opportunity: Opportunity) -> str:
    del opportunity
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client.get("/explore/export.csv").getvalue().decode()


def through_the_tables_of_pages(person: User, opportunity: Opportunity) -> str:
    """As files: what fits, what is followed, the calendar, what is coming and the ledger."""
    FollowFactory.create(company=person.companies.get(), opportunity=opportunity, by=person)
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    month = f"{opportunity.submission_deadline:%Y-%m}"
    asked = ("matches/?", "followed/?", f"calendar/?score=0&month={month}&", "early/?", "ledger/?")
    return "".join(client.get(f"/{address}download=csv").getvalue().decode() for address in asked)


def through_a_workbook(person: User, opportunity: Opportunity) -> str:
    del opportunity
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    book = client.get("/explore/export.xlsx?stage=tender").getvalue()
    return str(CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python())


def through_the_feed_of_a_search(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return Client().get(f"/searches/feed/{_feed_token(person)}.atom").content.decode()


def through_the_json_feed_of_a_search(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return Client().get(f"/searches/feed/{_feed_token(person)}.json").content.decode()


def _feed_token(person: User) -> str:
    company = person.companies.get()
    search = SavedSearchFactory.create(company=company, by=person, query="stage=tender")
    made = make_feed_link(
        user=person, company=company, kind=FeedLink.Kind.ATOM, about=str(search.pk), now=timezone.now()
    )
    return made.token


def through_the_expected_volume(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return "" if "none at all" in _page(person, "/searches/new/?stage=tender") else TITLE


def through_suggestions(person: User, opportunity: Opportunity) -> str:
    """A word that it alone says, mistyped."""
    del opportunity
    note_search_words()
    return TITLE if "sensors</strong>" in _page(person, "/explore/?q=sensosr") else ""


def through_what_is_known_of_a_word(person: User, opportunity: Opportunity) -> str:
    """Whether a word is known tells as much as what it finds."""
    del opportunity
    note_search_words()
    return "" if "No opportunity says" in _page(person, "/explore/?q=nobody") else TITLE


def through_its_page(person: User, opportunity: Opportunity) -> str:
    return _page(person, f"/opportunities/{opportunity.pk}/")


def through_what_we_follow(person: User, opportunity: Opportunity) -> str:
    now = timezone.now()
    FollowFactory.create(company=person.companies.get(), opportunity=opportunity, by=person, created_at=now)
    return _page(person, "/followed/")


def through_the_calendar(person: User, opportunity: Opportunity) -> str:
    return _page(person, f"/calendar/?score=0&month={opportunity.submission_deadline:%Y-%m}")


def through_the_calendar_feed(person: User, opportunity: Opportunity) -> str:
    del opportunity
    made = make_feed_link(
        user=person,
        company=person.companies.get(),
        kind=FeedLink.Kind.CALENDAR,
        about="0",
        now=timezone.now(),
    )
    return _unfolded(Client().get(f"/calendar/feed/{made.token}.ics").content)


def through_its_calendar(person: User, opportunity: Opportunity) -> str:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return _unfolded(client.get(f"/opportunities/{opportunity.pk}/calendar.ics").content)


def _unfolded(calendar: bytes) -> str:
    return calendar.decode().replace("\r\n ", "")


def through_a_draft(person: User, opportunity: Opportunity) -> str:
    del opportunity
    (profile,) = CapabilityProfile.objects.filter(company__people=person)
    return _sent(person, f"/profile/{profile.pk}/", typed_profile(do="preview", version="1"))


def through_why_not(person: User, opportunity: Opportunity) -> str:
    # By its number, for the page repeats what was asked.
    return _sent(person, "/matches/why-not/", {"text": opportunity.process_id})


def through_its_partners(person: User, opportunity: Opportunity) -> str:
    return _page(person, f"/partners/for/{opportunity.pk}/")


def through_the_early_stage(person: User, opportunity: Opportunity) -> str:
    _project_on(opportunity)
    return _page(person, "/early/?stage=dpr")


def through_its_project(person: User, opportunity: Opportunity) -> str:
    return _page(person, f"/projects/{_project_on(opportunity).pk}/")


def through_a_project_that_came_to_it(person: User, opportunity: Opportunity) -> str:
    now = timezone.now()
    project = ProjectFactory.create(tendered_at=now)
    ProjectLink.objects.create(
        project=project, opportunity=opportunity, state="confirmed", proposed_at=now, confirmed_at=now
    )
    ProjectFollowFactory.create(company=person.companies.get(), project=project, by=person)
    return _page(person, f"/projects/{project.pk}/") + _page(person, "/early/")


def _project_on(opportunity: Opportunity) -> Project:
    Opportunity.objects.filter(pk=opportunity.pk).update(stage="dpr")
    return ProjectFactory.create(opportunity=opportunity, title=opportunity.title, stage="dpr")


def through_the_preview_of_a_mail(person: User, opportunity: Opportunity) -> str:
    del opportunity
    return _page(person, f"/notifications/{_own_profile(person).pk}/")


def through_the_frame_of_a_mail(person: User, opportunity: Opportunity) -> str:
    del opportunity
    address = f"/notifications/{_own_profile(person).pk}/preview/?rhythm=daily&minimum_score=&language=en"
    return _page(person, address)


def _own_profile(person: User) -> CapabilityProfile:
    return CapabilityProfile.objects.get(company=person.companies.get())


def _page(person: User, address: str) -> str:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client.get(address).content.decode()


def _sent(person: User, address: str, typed: dict[str, Any]) -> str:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client.post(address, typed).content.decode()
