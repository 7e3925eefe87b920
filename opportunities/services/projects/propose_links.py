from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q

from opportunities.models import Opportunity, OpportunityQuerySet, Project, ProjectLink
from opportunities.project_selectors.sides import side_of_project, side_of_tender
from opportunities.projects.likeness import LinkLikeness, link_likeness
from opportunities.projects.records import TENDERED_STAGES
from opportunities.sameness.names import plain_words
from opportunities.serialization import grounds_to_json

# More for one tender, or for one project, would be a city's everyday business.
MOST_PROPOSALS = 3
_MOST_CANDIDATES = 200
_LONGEST_WORDS = 8
# Who was tendered so long ago has found its tender.
_STILL_ASKED = timedelta(days=365)


def propose_links(opportunity_id: int, *, now: datetime) -> int:
    """Ask whether a tender is what some project has come to: the likeliest first. Return how many wait.

    What a person has decided about a pair stays, and it isn't asked again; a pair that waits is given the
    latest grounds. An early stage, and one without a place, is proposed for nothing.
    """
    tender = (
        Opportunity.objects.without_canaries()
        .standing()
        .select_related("search_entry")
        .defer("search_vector")
        .filter(pk=opportunity_id, stage__in=TENDERED_STAGES)
        .first()
    )
    if tender is None or not tender.state:
        return 0
    side = side_of_tender(tender)
    projects = (
        Project.objects.standing()
        .select_related("opportunity__search_entry")
        .defer("opportunity__search_vector")
        .filter(Q(tendered_at=None) | Q(tendered_at__gt=now - _STILL_ASKED), state=tender.state)
        .exclude(opportunity=tender)
        .exclude(opportunity__merged_into=tender)
    )
    if tender.city:
        projects = projects.filter(city__in=(tender.city, ""))
    judged = ((project, tender, link_likeness(side_of_project(project), side)) for project in projects)
    return _propose(judged, now=now)


def propose_links_of(project: Project, *, now: datetime) -> int:
    """The same from the other side: which open tenders a project may have come to already."""
    if not project.state:
        return 0
    side = side_of_project(project)
    tenders = _told_alike(project, now=now)[:_MOST_CANDIDATES]
    judged = ((project, tender, link_likeness(side, side_of_tender(tender))) for tender in tenders)
    return _propose(judged, now=now)


def _told_alike(project: Project, *, now: datetime) -> OpportunityQuerySet:
    """Open tenders in its place that share a word with its title or scope: few of very many."""
    root_id = project.opportunity.merged_into_id or project.opportunity_id
    said = plain_words(f"{project.title} {project.description}").split()
    words = sorted({word for word in said if word.isalpha()}, key=lambda word: (len(word), word))
    if not words:
        return Opportunity.objects.none()
    query = SearchQuery(" | ".join(words[-_LONGEST_WORDS:]), search_type="raw", config="english")
    tenders = (
        Opportunity.objects.without_canaries()
        .standing()
        .open_at(now)
        .filter(search_vector=query, state=project.state, stage__in=TENDERED_STAGES)
        .exclude(pk=root_id)
    )
    if project.city:
        tenders = tenders.filter(city__in=(project.city, ""))
    return (
        tenders.select_related("search_entry")
        .defer("search_vector")
        .order_by(F("submission_deadline").asc(nulls_last=True), "-pk")
    )


def _propose(judged: Iterable[tuple[Project, Opportunity, LinkLikeness]], *, now: datetime) -> int:
    worth_asking = [row for row in judged if row[2].is_worth_asking]
    best = sorted(worth_asking, key=lambda row: (-row[2].points, row[0].pk, row[1].pk))[:MOST_PROPOSALS]
    # In one order, whoever proposes, so that no two can each wait for the other's row.
    for project, tender, likeness in sorted(best, key=lambda row: (row[0].pk, row[1].pk)):
        grounds = {"likeness": likeness.points, "grounds": grounds_to_json(likeness.grounds)}
        link, is_new = ProjectLink.objects.get_or_create(
            project=project, opportunity=tender, defaults={**grounds, "proposed_at": now}
        )
        if not is_new:
            ProjectLink.objects.proposed().filter(pk=link.pk).update(**grounds)
    return len(best)


def likeness_of(project: Project, tender: Opportunity) -> LinkLikeness:
    """What speaks for a link that a person makes."""
    return link_likeness(side_of_project(project), side_of_tender(tender))
