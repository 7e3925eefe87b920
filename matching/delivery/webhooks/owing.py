"""What an endpoint is to be told: read through the door, compared with what it was told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from matching.delivery.sections import CALLED_OFF, changes_that_matter
from matching.models import Follow, Match, ProjectFollow, Verdict, WebhookDelivery, WebhookEndpoint
from matching.selectors import followed_projects
from opportunities.project_selectors import tendered_projects
from opportunities.selectors import (
    Opportunities,
    changes_by_opportunity,
    changes_since,
    visible_opportunities,
)
from opportunities.serialization import changes_to_json

MOST_AT_ONCE = 200  # of a kind, to an endpoint; the rest with the next sweep
Kind = WebhookDelivery.Kind
NEVER_TOLD = 0


@transaction.atomic
def owe_webhooks(endpoint_id: int, *, now: datetime) -> int:
    """Owe an endpoint what it hasn't been told. Return how many messages. Again owes nothing more."""
    endpoint = (
        WebhookEndpoint.objects.listening()
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("company")
        .filter(pk=endpoint_id)
        .first()
    )
    if endpoint is None:  # switched off, or another worker is at it
        return 0
    owed: list[WebhookDelivery] = []
    if Kind.MATCH_NEW in endpoint.kinds:
        owed += _new(endpoint, now=now)
    if Kind.OPPORTUNITY_CHANGED in endpoint.kinds:
        owed += _changed(endpoint, now=now)
    if Kind.PROJECT_TENDERED in endpoint.kinds:
        owed += _tendered(endpoint, now=now)
    return len(WebhookDelivery.objects.bulk_create(owed))


def _new(endpoint: WebhookEndpoint, *, now: datetime) -> list[WebhookDelivery]:
    since = endpoint.listens_since
    matches = _matches(endpoint).filter(opportunity=OuterRef("pk"))
    told_elsewhere = WebhookDelivery.objects.filter(
        endpoint=endpoint, opportunity__merged_into=OuterRef("pk")
    )
    found = (
        _tellable(endpoint, now=now)
        .open_at(now)
        .annotate(told_number=_told_number(endpoint))
        .filter(latest_number__isnull=False)
        .filter(Exists(matches), ~Exists(told_elsewhere), told_number=NEVER_TOLD)
        .filter(Q(disclosed_from__gte=since) | Exists(matches.filter(first_matched_at__gte=since)))
    )
    return [
        _owed(endpoint, Kind.MATCH_NEW, opportunity_id, revision_id, now=now)
        for opportunity_id, revision_id in found.order_by("pk").values_list("pk", "latest_revision_id")[
            :MOST_AT_ONCE
        ]
    ]


def _changed(endpoint: WebhookEndpoint, *, now: datetime) -> list[WebhookDelivery]:
    """Of what was told before, and of what stood already and is matched or followed."""
    first_news = changes_since(endpoint.listens_since).filter(opportunity=OuterRef("pk")).order_by("number")
    follows = Follow.objects.standing().filter(company=endpoint.company, opportunity=OuterRef("pk"))
    concerned = Exists(_matches(endpoint).filter(opportunity=OuterRef("pk"))) | Exists(follows)
    stood = Q(told_number=NEVER_TOLD, first_news__isnull=False) & ~Q(
        disclosed_from__gte=endpoint.listens_since
    )
    found = (
        _tellable(endpoint, now=now)
        .annotate(told_number=_told_number(endpoint), first_news=Subquery(first_news.values("number")[:1]))
        .filter(concerned)
        .filter(Q(told_number__gt=NEVER_TOLD, latest_number__gt=F("told_number")) | stood)
    )
    rows = list(
        found.order_by("pk").values_list("pk", "latest_revision_id", "told_number", "first_news")[
            :MOST_AT_ONCE
        ]
    )
    revisions = changes_by_opportunity([row[0] for row in rows]) if rows else {}
    owed = []
    for opportunity_id, revision_id, told_number, news_number in rows:
        since = told_number or news_number - 1
        changes = changes_that_matter(
            revision.changes for revision in revisions.get(opportunity_id, ()) if revision.number > since
        )
        if changes:
            row = _owed(endpoint, Kind.OPPORTUNITY_CHANGED, opportunity_id, revision_id, now=now)
            row.changes = changes_to_json(changes)
            owed.append(row)
    return owed


def _tendered(endpoint: WebhookEndpoint, *, now: datetime) -> list[WebhookDelivery]:
    company = endpoint.company
    found = tendered_projects(followed_projects(company, at=now), to=company, at=now)
    if not found:
        return []
    follows = dict(
        ProjectFollow.objects.standing().filter(company=company).values_list("project", "created_at")
    )
    told = set(endpoint.deliveries.exclude(project=None).values_list("project", "opportunity"))
    return [
        WebhookDelivery(
            endpoint=endpoint,
            kind=Kind.PROJECT_TENDERED,
            opportunity_id=one.tender.pk,
            project_id=one.project.pk,
            owed_at=now,
            retry_at=now,
        )
        for one in found
        if one.tender.is_open_at(now)
        and max(follows[one.project.pk], endpoint.listens_since) <= one.since
        and (one.project.pk, one.tender.pk) not in told
    ]


def _tellable(endpoint: WebhookEndpoint, *, now: datetime) -> Opportunities:
    door = visible_opportunities(to=endpoint.company, at=now)
    return (door.open_at(now) | door.filter(stage__in=CALLED_OFF)).with_latest_revision()


def _told_number(endpoint: WebhookEndpoint) -> Coalesce:
    """The latest revision of an opportunity that the endpoint was told of."""
    told = (
        WebhookDelivery.objects.filter(endpoint=endpoint, opportunity=OuterRef("pk"))
        .order_by()
        .values("opportunity")
        .annotate(number=Max("revision__number"))
        .values("number")
    )
    return Coalesce(Subquery(told), NEVER_TOLD)


def _matches(endpoint: WebhookEndpoint) -> QuerySet[Match]:
    dismissed = Verdict.objects.dismissals().filter(
        profile=OuterRef("profile"), opportunity=OuterRef("opportunity")
    )
    return Match.objects.filter(
        ~Exists(dismissed),
        profile__company=endpoint.company,
        profile__retired_at=None,
        score__gte=F("profile__minimum_score"),
    )


def _owed(
    endpoint: WebhookEndpoint, kind: Kind, opportunity_id: int, revision_id: int, *, now: datetime
) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint=endpoint,
        kind=kind,
        opportunity_id=opportunity_id,
        revision_id=revision_id,
        owed_at=now,
        retry_at=now,
    )
