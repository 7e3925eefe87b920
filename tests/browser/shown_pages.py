"""The pages that every visual check goes through, and who sees them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from ingest.models import Extraction, PageLayout, QuarantinedPart, RawDocument, Source
from matching.models import Delivery
from opportunities.models import Project
from portal.accounts.models import User
from tests.browser.shown import Shown
from tests.browser.shown_accounts import account_pages
from tests.factories.buyers import pune
from tests.factories.matching import SavedSearchFactory, ShareFactory
from tests.factories.office_morning import mapped_table, merge_in_force, waiting_proposal, waiting_table
from tests.factories.projects import build_board, propose_link
from tests.factories.world import World

__all__ = ["Shown", "shown_pages"]


def shown_pages(world: World, *, member: User, office: User) -> Iterator[Shown]:
    """Every page, once in each state that looks different. Wants the office's morning and some verdicts."""
    yield Shown("login", "/accounts/login/", None)
    yield Shown("about", "/", None)
    yield Shown("accessibility", "/accessibility/", None)
    yield Shown("privacy", "/privacy/", None)
    yield Shown("open-data", "/open-data/", None)
    yield from account_pages(world, member=member, office=office)
    yield from _pages_of_members(world, member)
    yield from _inbox(world, office)
    yield from _pages_of_the_office(world, office)


def _pages_of_members(world: World, member: User) -> Iterator[Shown]:
    yield Shown("matches", "/matches/", member)
    yield Shown("followed", "/followed/", member)
    yield Shown("explore", "/explore/?q=gatubelysnig+-tunnel&state=MH&state=KA", member)
    yield Shown("explore-table", "/explore/?view=table&sort=value&state=ZZ", member)
    yield Shown("explore-map", "/explore/?view=map", member)
    yield Shown("explore-nothing", "/explore/?q=sensors&state=GA&within=7", member)
    company = member.companies.get()
    SavedSearchFactory.create(company=company, by=member, name="Givare och mätare i " + "Maharashtra" * 4)
    ShareFactory.create(company=company, opportunity=world.sensors, by=member, to__name="Bo Berg")
    ended = SavedSearchFactory.create(company=company, by=member, ended_at=world.sensors.recorded_at)
    yield Shown("saved-searches", f"/searches/?ended={ended.pk}", member)
    yield Shown("save-search", "/searches/new/?q=sensors&state=MH&buyer=Nobody", member)
    yield Shown("dismissed", "/matches/dismissed/", member)
    yield Shown("opportunity", f"/opportunities/{world.sensors.pk}/", member)
    yield Shown("calendar", "/calendar/?score=0", member)
    yield Shown("calendar-list", f"/calendar/?score=0&view=agenda&month={_month_of(world)}", member)
    yield Shown("calendar-empty", "/calendar/?month=2020-02", member)
    yield from _early_stage(world, member)
    yield Shown("cities", "/cities/", member)
    yield Shown("overview", "/overview/", member)
    yield Shown("notifications", "/notifications/", member)
    yield Shown("sent-to-me", "/notifications/sent/", member)
    yield Shown("notification", f"/notifications/{world.profile.pk}/", member)
    yield Shown("partners", "/partners/", member)
    yield Shown("partners-for", f"/partners/for/{world.sensors.pk}/", member)
    yield Shown("why-not", "/matches/why-not/", member)
    yield Shown("profiles", "/profile/", member)
    yield Shown("profile", f"/profile/{world.profile.pk}/", member)


def _month_of(world: World) -> str:
    """In which the sensors' bids close."""
    return f"{world.sensors.submission_deadline:%Y-%m}"


def _early_stage(world: World, member: User) -> Iterator[Shown]:
    tendered = build_board(world.profile.company, member, world.profile, now=timezone.now())
    slipping = Project.objects.get(expected_moves=2)
    yield Shown("early-stage", "/early/", member)
    yield Shown("early-stage-one", "/early/?stage=identified", member)
    yield Shown("early-stage-none", "/early/?state=GA", member)
    yield Shown("project", f"/projects/{slipping.pk}/", member)
    yield Shown("project-tendered", f"/projects/{tendered.pk}/", member)


def _inbox(world: World, office: User) -> Iterator[Shown]:
    """With a line of each kind open."""
    opened = {
        "undisclosed": world.poles.pk,
        "columns": waiting_table().pk,
        "duplicate": waiting_proposal().pk,
        "notice": Extraction.objects.exclude(doubts=[]).latest("pk").pk,
        "part": QuarantinedPart.objects.latest("pk").pk,
        "document": RawDocument.objects.rejected().latest("pk").pk,
        "source": Source.objects.get(name="Kerala e-tendering").pk,
        "alarm": Source.objects.get(kind="canary").pk,
        "layout": PageLayout.objects.latest("pk").pk,
    }
    for kind, pk in opened.items():
        yield Shown(f"inbox-{kind}", f"/office/inbox/?item={kind}-{pk}", office)


def _projects_of_the_office(world: World, office: User) -> Iterator[Shown]:
    project = Project.objects.get(expected_moves=2)
    propose_link(project, world.sensors)
    yield Shown("office-projects", "/office/projects/", office)
    yield Shown("office-project", f"/office/projects/{project.pk}/", office)
    yield Shown("office-project-new", "/office/projects/new/", office)


def _pages_of_the_office(world: World, office: User) -> Iterator[Shown]:
    yield from _projects_of_the_office(world, office)
    message = Delivery.objects.exclude(body_html="").latest("pk").pk
    document = RawDocument.objects.rejected().latest("pk").pk
    yield Shown("by-hand", f"/office/inbox/document-{document}/read/", office)
    yield Shown("columns", f"/office/columns/{waiting_table().pk}/", office)
    yield Shown("columns-mapped", f"/office/columns/{mapped_table().pk}/", office)
    yield Shown("known-columns", "/office/columns/", office)
    yield Shown("done-today", "/office/inbox/done/", office)
    yield Shown("disclosure", f"/office/disclosures/{world.poles.pk}/", office)
    yield Shown("merged", f"/office/merges/{merge_in_force().pk}/", office)
    yield Shown("merges", "/office/merges/", office)
    yield Shown("coverage", "/office/members/coverage/", office)
    yield Shown("reports", "/office/reports/", office)
    yield Shown("replays", "/office/replays/", office)
    yield Shown("buyer", f"/buyers/{pune().pk}/", office)
    yield Shown("opportunity-office", f"/opportunities/{world.sensors.pk}/", office)
    yield Shown("sources", "/office/sources/", office)
    yield Shown("sent-mail", f"/office/mail/?message={message}", office)
    yield Shown("digests", "/office/digests/?foretell=1", office)
    company = world.profile.company_id
    yield Shown("digest-trial", f"/office/digests/test/?company={company}", office)
    yield Shown("shares-sent", "/office/mail/shares/", office)
