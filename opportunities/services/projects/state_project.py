"""What the office says of a project itself. What a notice could say goes the way of a notice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from opportunities.errors import ProjectChangedMeanwhile
from opportunities.models import Notice, Project, ProjectStatement
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Stage
from opportunities.projects.records import PROJECT_FACTS, TOLD_BY_NOTICES, ProjectFacts
from opportunities.serialization import notice_from_json, notice_to_json, project_facts_to_json
from opportunities.services.projects.record_project import bring_up_to_date, facts_of_project, record_project
from opportunities.services.record_notices import record_notice
from portal.accounts.models import User

# Who numbers what only the office knows of.
OFFICE = "coordination office"
_ABOUT_THE_QUARTER = frozenset({"confidence", "basis"})


@transaction.atomic
def add_project(said: ProjectFacts, *, because: str, by: User, now: datetime) -> Project:
    """Record a project that no source has told of. Nobody but the office sees it until it is disclosed.

    The same title and place again is the same project, and changes nothing. ``because`` is where the office
    knows it from.
    """
    stated = replace(said, stage=said.stage or Stage.IDENTIFIED)
    number = _number(stated)
    known = Project.objects.filter(opportunity__publisher=OFFICE, opportunity__process_id=number).first()
    if known is not None:
        return known
    parsed = _notice(stated, process=(OFFICE, number), notice_id=number, now=now)
    notice = record_notice(parsed, seen_at=now, now=now)
    project = record_project(notice.opportunity_id, now=now)
    if project is None:
        raise ValueError("a project that is added has to be in an early stage")
    # Another who adds the same has waited for the opportunity, and finds what was said.
    if project.statements.exists():
        return project
    return _keep(project, stated, parsed, notice, because=because, by=by, now=now)


@transaction.atomic
def state_project(  # noqa: PLR0913  what is said, of what, and by whom
    project_id: int, said: ProjectFacts, *, because: str, seen_version: int, by: User, now: datetime
) -> Project:
    """Let a project say what the office states, and keep why. What isn't stated stays as it was.

    Saying what is known already changes nothing. Raise ProjectChangedMeanwhile where ``seen_version`` isn't
    the one that stands.
    """
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project_id)
    news = news_in(said, facts_of_project(project))
    if not news:
        return project
    if project.version != seen_version:
        raise ProjectChangedMeanwhile
    if news.keys() & _ABOUT_THE_QUARTER and "tender_expected_from" not in news:
        # So that it is known which quarter it was said of.
        news["tender_expected_from"] = project.tender_expected_from
        news["tender_expected_until"] = project.tender_expected_until
    stated = ProjectFacts(**news)
    if not any(name in news for name in TOLD_BY_NOTICES):
        return _keep(project, stated, None, None, because=because, by=by, now=now)
    process = (project.opportunity.publisher, project.opportunity.process_id)
    notice_id = f"{process[1]}/office-{project.statements.count() + 1}"
    parsed = _notice(stated, process=process, notice_id=notice_id, now=now)
    notice = record_notice(parsed, seen_at=now, now=now)
    return _keep(project, stated, parsed, notice, because=because, by=by, now=now)


def news_in(said: ProjectFacts, known: ProjectFacts) -> dict[str, Any]:
    """What is stated, and otherwise than it is known."""
    stated = ((name, getattr(said, name)) for name in PROJECT_FACTS)
    return {name: value for name, value in stated if value is not None and value != getattr(known, name)}


def repeat_statements(*, now: datetime) -> None:
    """Tell again what the office told as notices: for replaying the archive. Twice is once."""
    told = ProjectStatement.objects.exclude(content=None).order_by("stated_at", "pk")
    for statement in told.iterator():
        record_notice(notice_from_json(statement.content or {}), seen_at=statement.stated_at, now=now)


def _keep(  # noqa: PLR0913  what was said, of what, and by whom
    project: Project,
    said: ProjectFacts,
    parsed: ParsedNotice | None,
    notice: Notice | None,
    *,
    because: str,
    by: User,
    now: datetime,
) -> Project:
    statement = ProjectStatement.objects.create(
        project=project,
        said=project_facts_to_json(said),
        content=notice_to_json(parsed) if parsed else None,
        notice=notice,
        because=because,
        stated_by=by,
        stated_at=now,
    )
    return bring_up_to_date(project.pk, now=now, statement=statement)


def _notice(said: ProjectFacts, *, process: tuple[str, str], notice_id: str, now: datetime) -> ParsedNotice:
    publisher, process_id = process
    return ParsedNotice(
        publisher=publisher,
        process_id=process_id,
        notice_id=notice_id,
        kind=NoticeKind.PLANNING,
        published_at=now,
        facts=OpportunityFacts(**{name: getattr(said, name) for name in TOLD_BY_NOTICES}),
    )


def _number(said: ProjectFacts) -> str:
    """The same for the same work in the same place, so that sending it twice names one project."""
    about = json.dumps([(said.title or "").casefold(), said.city, said.state])
    return f"project-{hashlib.sha256(about.encode()).hexdigest()[:12]}"
