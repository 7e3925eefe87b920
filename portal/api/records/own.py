"""What is a company's own, as the API tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from matching.models import (
    CapabilityProfile,
    CompletedProject,
    Match,
    SavedSearch,
    Subscription,
    Verdict,
    YearlyTurnover,
)
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from matching.selectors import Followed, Reader, changed_for, follow_on, followed_in, standing_verdicts
from opportunities.selectors import OpportunityLine, lines_of, visible_opportunities
from portal.api.records.project import ProjectLine, project_line


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """A profile with what it can prove."""

    row: CapabilityProfile
    yearly_turnovers: list[YearlyTurnover]
    completed_projects: list[CompletedProject]
    page: str


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """What the company says of a match."""

    id: int
    is_relevant: bool
    reason: str
    note: str
    by_name: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """How well an opportunity fits a profile, why, and what the company has made of it."""

    id: int
    profile: int
    score: int
    parts: tuple[Part, ...]
    first_matched_at: datetime
    matched_at: datetime
    opportunity: OpportunityLine
    verdict: VerdictRecord | None
    follow: Followed | None
    has_changed: bool  # since the person opened it


@dataclass(frozen=True, slots=True)
class FollowRecord:
    """An opportunity that the company follows."""

    opportunity: OpportunityLine
    since: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class GivenVerdictRecord:
    """What the company said, be that taken back since."""

    id: int
    profile: int
    opportunity: int
    is_relevant: bool
    reason: str
    note: str
    by_name: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProjectFollowRecord:
    """A project that the company follows."""

    project: ProjectLine
    since: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class SavedSearchRecord:
    id: int
    name: str
    query: str
    by_name: str
    created_at: datetime
    page: str


@dataclass(frozen=True, slots=True)
class SubscriptionRecord:
    id: int
    kind: str
    profile: int | None
    saved_search: int | None
    query: str
    rhythm: str
    weekday: int | None
    minimum_score: int | None
    created_at: datetime


def profile_record(row: CapabilityProfile) -> ProfileRecord:
    return ProfileRecord(
        row,
        list(row.yearly_turnovers.all()),
        list(row.completed_projects.all()),
        settings.SITE_URL + reverse("matching:profile", args=[row.pk]),
    )


def match_records(match_ids: Sequence[int], *, reader: Reader, at: datetime) -> list[MatchRecord]:
    """These matches of one profile of the reader's company, in this order, as far as it may know of them.

    At most four queries.
    """
    rows = Match.objects.in_bulk(list(match_ids))
    found = [rows[pk] for pk in match_ids if pk in rows]
    opportunities = [match.opportunity_id for match in found]
    lines = {line.id: line for line in lines_of(opportunities, to=reader.company, at=at)}
    marks = _marks(opportunities, reader, at=at)
    verdicts = standing_verdicts(found[0].profile_id, opportunities) if found else {}
    return [
        MatchRecord(
            id=match.pk,
            profile=match.profile_id,
            score=match.score,
            parts=parts_from_json(match.parts),
            first_matched_at=match.first_matched_at,
            matched_at=match.matched_at,
            opportunity=lines[match.opportunity_id],
            verdict=verdict_record(verdicts.get(match.opportunity_id)),
            follow=followed_in(marks[match.opportunity_id]),
            has_changed=marks[match.opportunity_id].has_changed,
        )
        for match in found
        if match.opportunity_id in lines
    ]


def _marks(opportunity_ids: Sequence[int], reader: Reader, *, at: datetime) -> Mapping[int, Any]:
    """What the company follows of these, and what has changed since the person opened it. One query."""
    rows: Any = visible_opportunities(to=reader.company, at=at).filter(pk__in=opportunity_ids).only("pk")
    told = rows.annotate(
        follow=follow_on("pk", by=reader.company),
        has_changed=Exists(changed_for(reader.person).filter(opportunity=OuterRef("pk"))),
    )
    return {row.pk: row for row in told}


def follow_records(followed: Sequence[Any], *, reader: Reader, at: datetime) -> list[FollowRecord]:
    """Of opportunities that came with their ``follow``, in their order. One query."""
    lines = {line.id: line for line in lines_of([row.pk for row in followed], to=reader.company, at=at)}
    told = [(lines.get(row.pk), followed_in(row)) for row in followed]
    return [FollowRecord(line, follow.since, follow.by_name) for line, follow in told if line and follow]


def verdict_record(verdict: Verdict | None) -> VerdictRecord | None:
    if verdict is None:
        return None
    return VerdictRecord(
        verdict.pk,
        verdict.is_relevant,
        verdict.reason,
        verdict.note,
        verdict.person.name,
        verdict.given_at,
    )


def given_verdict_record(row: Verdict) -> GivenVerdictRecord:
    return GivenVerdictRecord(
        row.pk,
        row.profile_id,
        row.opportunity_id,
        row.is_relevant,
        row.reason,
        row.note,
        row.person.name,
        row.given_at,
        row.withdrawn_at,
    )


def project_follow_records(followed: Iterable[Any]) -> list[ProjectFollowRecord]:
    """Of projects that came through the door with their ``follow``, in their order."""
    told = [(project_line(row), followed_in(row)) for row in followed]
    return [ProjectFollowRecord(line, follow.since, follow.by_name) for line, follow in told if follow]


def saved_search_record(saved: SavedSearch) -> SavedSearchRecord:
    return SavedSearchRecord(
        saved.pk,
        saved.name,
        saved.query,
        saved.by.name,
        saved.created_at,
        settings.SITE_URL + reverse("dashboards:explore") + (f"?{saved.query}" if saved.query else ""),
    )


def subscription_record(row: Subscription) -> SubscriptionRecord:
    rhythm = "immediate" if row.is_immediate else "daily" if row.weekday is None else "weekly"
    return SubscriptionRecord(
        row.pk,
        row.kind,
        row.profile_id,
        row.saved_search_id,
        row.query,
        rhythm,
        row.weekday,
        row.minimum_score,
        row.created_at,
    )
