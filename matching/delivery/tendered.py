"""Projects that a reader's company follows and that have come to a tender: told once to each person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from matching.delivery import links
from matching.models import DeliveredProject, ProjectFollow, Subscription
from matching.selectors import followed_projects
from opportunities.parsed_notice import Moment
from opportunities.project_selectors import tendered_projects

# Of a project and a tender that it came to
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TenderedLine:
    """A project that is now tendered, and the tender."""

    project_id: int
    tender_id: int
    title: str
    tender_title: str
    city: str
    state: str
    buyer_name: str
    deadline: Moment | None
    url: str

    @property
    def pair(self) -> Pair:
        return (self.project_id, self.tender_id)


def tendered_due(
    subscription: Subscription,
    *,
    now: datetime,
    among: Collection[Pair] | None = None,
    besides: int | None = None,
) -> tuple[TenderedLine, ...]:
    """What to tell of, the latest first: came to an open tender while it was followed, and not told yet.

    What another delivery to the same person holds counts as told. ``besides`` names the delivery that is
    being sent, and ``among`` keeps to what it holds. One query where nothing that is followed is tendered.
    """
    company = subscription.profile.company
    found = tendered_projects(followed_projects(company, at=now), to=company, at=now)
    if not found:
        return ()
    follows = dict(
        ProjectFollow.objects.standing().filter(company=company).values_list("project", "created_at")
    )
    told = _told_to(subscription, besides=besides)
    due = [
        one
        for one in found
        if one.tender.is_open_at(now)
        and follows[one.project.pk] <= one.since
        and one.pair not in told
        and (among is None or one.pair in among)
    ]
    return tuple(
        TenderedLine(
            project_id=one.project.pk,
            tender_id=one.tender.pk,
            title=one.project.title,
            tender_title=one.tender.title,
            city=one.tender.city,
            state=one.tender.state,
            buyer_name=one.tender.buyer_name,
            deadline=one.tender.moment("submission_deadline"),
            url=links.opportunity_url(one.tender.pk),
        )
        for one in due
    )


def _told_to(subscription: Subscription, *, besides: int | None) -> set[Pair]:
    lines = DeliveredProject.objects.filter(delivery__subscription__user=subscription.user)
    return set(lines.exclude(delivery=besides).values_list("project", "tender"))
