"""Projects that a reader's companies follow and that have come to a tender: told once to each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.delivery import links
from matching.delivery.due import DueOpportunity
from matching.models import DeliveredProject, MailHold, Mute, ProjectFollow, Recipient, Subscription
from matching.scoring.records import Part
from matching.selectors import followed_projects
from opportunities.parsed_notice import Moment
from opportunities.project_selectors import TenderedProject, tendered_projects
from portal.accounts.models import Company
from portal.lib.money import Money

# Of a project and a tender that it came to
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TenderedLine:
    """A project that is now tendered, and the tender."""

    project_id: int
    process_id: int  # the opportunity that it was told as while it was early
    tender_id: int
    title: str
    tender_title: str
    city: str
    state: str
    buyer_name: str
    deadline: Moment | None
    value: Money | None
    url: str
    score: int | None = None  # of the profile that the tender fits best
    reasons: tuple[Part, ...] = ()


def tendered_due(
    recipient: Recipient,
    companies: Iterable[Company],
    *,
    now: datetime,
    among: Collection[Pair] | None = None,
    besides: int | None = None,
) -> tuple[TenderedLine, ...]:
    """What to tell of, the latest first: came to an open tender while it was followed, and not told yet.

    What another delivery to the same person holds counts as told; what the office holds isn't told at all,
    nor what the person muted, be it the tender or the project.
    ``besides`` names the delivery that is being sent, and ``among`` keeps to what it holds. One query for
    each company of which nothing that it follows is tendered.
    """
    due: dict[Pair, TenderedProject] = {}
    for company in companies:
        for one in _tendered_to(company, now=now):
            if among is None or (one.project.pk, one.tender.pk) in among:
                due[one.project.pk, one.tender.pk] = one
    if not due:
        return ()
    told = _told_to(recipient, besides=besides)
    unwanted = set(MailHold.objects.held_opportunities()) | _muted_by(recipient)
    return tuple(
        TenderedLine(
            project_id=one.project.pk,
            process_id=one.project.opportunity_id,
            tender_id=one.tender.pk,
            title=one.project.title,
            tender_title=one.tender.title,
            city=one.tender.city,
            state=one.tender.state,
            buyer_name=one.tender.buyer_name,
            deadline=one.tender.moment("submission_deadline"),
            value=one.tender.value,
            url=links.opportunity_url(one.tender.pk),
        )
        for pair, one in due.items()
        if pair not in told and unwanted.isdisjoint({one.tender.pk, one.project.opportunity_id})
    )


def tendered_to_each(
    people: Sequence[Sequence[Subscription]], *, now: datetime
) -> dict[int, tuple[TenderedLine, ...]]:
    """By person, what ``tendered_due`` tells each of these, who have these subscriptions.

    One query where nothing is tendered that any of their companies follows.
    """
    companies = {each.company for own in people for each in own if each.company}
    tendered = ProjectFollow.objects.standing().exclude(project__tendered_at=None)
    with_news = set(tendered.filter(company__in=companies).values_list("company", flat=True))
    told: dict[int, tuple[TenderedLine, ...]] = defaultdict(tuple)
    for own in people:
        theirs = [each.company for each in own if each.company and each.company.pk in with_news]
        if theirs:
            told[own[0].recipient_id] = tendered_due(own[0].recipient, theirs, now=now)
    return told


def without_tendered(
    due: Iterable[DueOpportunity], tendered: Collection[TenderedLine]
) -> tuple[DueOpportunity, ...]:
    """What is left to tell beside these projects: neither they nor their tenders are told twice in a mail."""
    told = told_in(tendered)
    return tuple(each for each in due if each.opportunity_id not in told)


def told_in(tendered: Iterable[TenderedLine]) -> set[int]:
    """Of which opportunities these lines tell: projects' own processes, and the tenders."""
    return {key for line in tendered for key in (line.process_id, line.tender_id)}


def _tendered_to(company: Company, *, now: datetime) -> list[TenderedProject]:
    found = tendered_projects(followed_projects(company, at=now), to=company, at=now)
    if not found:
        return []
    follows = dict(
        ProjectFollow.objects.standing().filter(company=company).values_list("project", "created_at")
    )
    return [one for one in found if one.tender.is_open_at(now) and follows[one.project.pk] <= one.since]


def _told_to(recipient: Recipient, *, besides: int | None) -> set[Pair]:
    lines = DeliveredProject.objects.filter(delivery__recipient=recipient.pk)
    return set(lines.exclude(delivery=besides).values_list("project", "tender"))


def _muted_by(recipient: Recipient) -> set[int]:
    return set(Mute.objects.filter(recipient=recipient.pk).values_list("opportunity", flat=True))
