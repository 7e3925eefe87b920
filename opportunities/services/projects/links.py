"""A person says whether a tender is what a project has come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from opportunities.models import LinkDecision, Opportunity, Project, ProjectLink
from opportunities.selectors import survivor_of
from opportunities.serialization import grounds_to_json
from opportunities.services.projects.propose_links import likeness_of
from opportunities.services.projects.record_project import mark_as_tendered
from portal.accounts.models import User

State = ProjectLink.State


@dataclass(frozen=True, slots=True)
class _Word:
    """What a person decided."""

    state: ProjectLink.State
    because: str
    by: User
    at: datetime


@transaction.atomic
def link_project(
    project_id: int, opportunity_id: int, *, because: str = "", by: User, now: datetime
) -> ProjectLink:
    """Say that a project has come to this tender, proposed or not. Those who follow the project are told.

    A project may come to several tenders, and a tender be several projects'. Linking again changes nothing.
    """
    return _decide(project_id, opportunity_id, _Word(State.CONFIRMED, because, by, now))


@transaction.atomic
def unlink_project(
    project_id: int, opportunity_id: int, *, because: str, by: User, now: datetime
) -> ProjectLink:
    """Take a link back: it was another tender. Nobody is told of it any more, nor is it proposed again."""
    return _decide(project_id, opportunity_id, _Word(State.REFUSED, because, by, now))


def refuse_link(
    project_id: int, opportunity_id: int, *, because: str, by: User, now: datetime
) -> ProjectLink:
    """Say no to what was proposed. The same as taking it back."""
    return unlink_project(project_id, opportunity_id, because=because, by=by, now=now)


def _decide(project_id: int, opportunity_id: int, word: _Word) -> ProjectLink:
    # Whoever decides about a project waits for whoever does already, or the last word could lose its trace.
    project = Project.objects.select_for_update(of=("self",), no_key=True).with_root().get(pk=project_id)
    # A tender that was merged since it was proposed is linked as what it is read as now.
    known_as = survivor_of(opportunity_id) or opportunity_id
    opportunity = Opportunity.objects.defer("search_vector").get(pk=known_as)
    likeness = likeness_of(project, opportunity)
    link, _ = ProjectLink.objects.get_or_create(
        project=project,
        opportunity=opportunity,
        defaults={
            "likeness": likeness.points,
            "grounds": grounds_to_json(likeness.grounds),
            "proposed_at": word.at,
        },
    )
    if link.state == word.state:
        return link
    link.state = word.state
    link.confirmed_at = word.at if word.state == State.CONFIRMED else None
    link.save(update_fields=["state", "confirmed_at"])
    LinkDecision.objects.create(
        link=link, state=word.state, because=word.because, decided_by=word.by, decided_at=word.at
    )
    own = Opportunity.objects.only("stage").get(pk=vars(project)["root_id"])
    mark_as_tendered(project, own_stage=own.stage, now=word.at)
    project.save(update_fields=["tendered_at"])
    return link
