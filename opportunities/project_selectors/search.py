"""Tenders to link a project to that nobody proposed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from opportunities.models import Opportunity, Project, ProjectLink
from opportunities.project_selectors.sides import side_of_project, side_of_tender
from opportunities.projects.likeness import GroundFound, link_likeness
from opportunities.projects.records import TENDERED_STAGES
from opportunities.selectors import opportunities_for_office

_LOOKED_AT = 60
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class TenderFound:
    """A tender that somebody looks for, and what speaks for it being what the project has come to."""

    opportunity: Opportunity
    points: int
    grounds: tuple[GroundFound, ...]


def tenders_to_link(project: Project, text: str) -> list[TenderFound]:
    """Tenders that say these words, or bear that number, the likeliest first: for the office alone.

    Ended ones too, for what a project has come to may be over. What is linked already is left out. One query.
    """
    if not text.strip():
        return []
    said = Q(search_vector=SearchQuery(text, search_type="websearch", config="english"))
    numbered = Q(process_id__iexact=text.strip()) | Q(reference__iexact=text.strip())
    linked = ProjectLink.objects.confirmed().filter(project=project).values("opportunity")
    tenders = (
        opportunities_for_office()
        .filter(said | numbered, stage__in=TENDERED_STAGES)
        .exclude(pk__in=linked)
        .exclude(pk=project.opportunity_id)
        .select_related("search_entry")
        .defer("search_vector")
        .order_by("-published_at", "-pk")
    )
    side = side_of_project(project)
    found = []
    for tender in tenders[:_LOOKED_AT]:
        likeness = link_likeness(side, side_of_tender(tender))
        found.append(TenderFound(tender, likeness.points, likeness.grounds))
    return sorted(found, key=lambda one: -one.points)[:_SHOWN]
