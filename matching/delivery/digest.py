"""What a digest says, before it is worded: frozen records that the templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.delivery import links
from matching.delivery.due import MOST_IN_ONE_DIGEST, ORDER, DueMatch
from matching.delivery.tendered import TenderedLine
from matching.models import DeliveredMatch, Match, Subscription
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from opportunities.compile import Change
from opportunities.parsed_notice import Moment
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company
from portal.lib.money import Money

# In addresses of a mail that nobody gets: they lead nowhere.
NOBODY = 0
MOST_REASONS = 4  # to an opportunity: the page has them all


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One opportunity as it stands now, and why it is told."""

    due: DueMatch
    title: str
    stage: str
    city: str
    state: str
    buyer_name: str
    deadline: Moment | None
    value: Money | None
    reasons: tuple[Part, ...]
    url: str

    @property
    def score(self) -> int:
        return self.due.score

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.due.changes


@dataclass(frozen=True, slots=True)
class DigestSection:
    section: DeliveredMatch.Section
    lines: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    language: str
    profile_name: str
    company_name: str
    sections: tuple[DigestSection, ...]
    tendered: tuple[TenderedLine, ...]  # projects that the company follows, whatever their tenders' fit
    is_full: bool  # there may be more, which the next one tells
    is_weekly: bool
    matches_url: str
    view_url: str
    settings_url: str
    unsubscribe_url: str

    @property
    def lines(self) -> tuple[DigestLine, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.tendered)


def compose_digest(
    subscription: Subscription,
    due: Sequence[DueMatch],
    tendered: tuple[TenderedLine, ...] = (),
    *,
    delivery_id: int,
    now: datetime,
) -> Digest:
    """Read what the digest is to say about each match. What the door no longer shows is left out."""
    lines = _lines(subscription.profile.company, due, now=now)
    drawn = [DigestSection(s, tuple(line for line in lines if line.due.section == s)) for s in ORDER]
    return Digest(
        language=subscription.mail_language,
        profile_name=subscription.profile.name,
        company_name=subscription.profile.company.name,
        sections=tuple(section for section in drawn if section.lines),
        tendered=tendered,
        is_weekly=subscription.weekday is not None,
        is_full=len(due) >= MOST_IN_ONE_DIGEST,
        matches_url=links.absolute("/"),
        view_url=links.view_url(delivery_id),
        settings_url=links.settings_url(subscription.profile_id),
        unsubscribe_url=links.unsubscribe_url(subscription.pk or NOBODY),
    )


def _lines(company: Company, due: Sequence[DueMatch], *, now: datetime) -> tuple[DigestLine, ...]:
    door = visible_opportunities(to=company, at=now).defer("search_vector", "description")
    opportunities = door.in_bulk([match.opportunity_id for match in due])
    parts = dict(Match.objects.filter(pk__in=[match.match_id for match in due]).values_list("pk", "parts"))
    return tuple(
        DigestLine(
            due=match,
            title=opportunity.title,
            stage=opportunity.stage,
            city=opportunity.city,
            state=opportunity.state,
            buyer_name=opportunity.buyer_name,
            deadline=opportunity.moment("submission_deadline"),
            value=opportunity.value,
            reasons=_best_reasons(parts_from_json(parts[match.match_id])),
            url=links.opportunity_url(opportunity.pk),
        )
        for match in due
        if (opportunity := opportunities.get(match.opportunity_id)) and match.match_id in parts
    )


def _best_reasons(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    told = [part for part in parts if part.points != 0]
    return tuple(sorted(told, key=lambda part: -part.points)[:MOST_REASONS])
