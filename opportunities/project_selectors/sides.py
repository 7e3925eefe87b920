"""A project and a tender as they are held against each other."""

from __future__ import annotations

from opportunities.models import Opportunity, Project
from opportunities.projects.likeness import Side
from portal.lib.clocks import INDIA


def side_of_project(project: Project) -> Side:
    return Side(
        title=project.title,
        description=project.description,
        buyer_name=project.buyer_name,
        city=project.city,
        state=project.state,
        scheme=project.scheme,
        value=project.value,
        domains=_domains_of(project.opportunity),
        begins=project.tender_expected_from,
    )


def side_of_tender(tender: Opportunity) -> Side:
    published = tender.published_at or tender.recorded_at
    return Side(
        title=tender.title,
        description=tender.description,
        buyer_name=tender.buyer_name,
        city=tender.city,
        state=tender.state,
        scheme=tender.scheme,
        value=tender.value,
        domains=_domains_of(tender),
        begins=published.astimezone(INDIA).date(),
    )


def _domains_of(opportunity: Opportunity) -> tuple[str, ...]:
    entry = getattr(opportunity, "search_entry", None)
    return tuple(entry.domains) if entry else ()
