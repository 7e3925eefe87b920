"""What a digest says, before it is worded: frozen records that the templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from matching.bidding.consequences import Consequence, ValueBand, consequences
from matching.delivery import links
from matching.delivery.candidates import door_of
from matching.delivery.due import MOST_IN_ONE_DIGEST, ORDER, DueOpportunity
from matching.delivery.left_over import LeftOver, left_over
from matching.delivery.tendered import TenderedLine
from matching.delivery.topics import subscription_name
from matching.models import DeliveredOpportunity, Match, Subscription
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from opportunities.compile import Change
from opportunities.parsed_notice import Moment
from portal.lib.money import Money

# In addresses of a mail that nobody gets: they lead nowhere.
NOBODY = 0
MOST_REASONS = 4  # to an opportunity: the page has them all


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One opportunity as it stands now, and why it is told."""

    due: DueOpportunity
    title: str
    stage: str
    city: str
    state: str
    buyer_name: str
    deadline: Moment | None
    value: Money | None
    reasons: tuple[Part, ...]
    because: str  # where no profile asked: what did, of several
    meaning: tuple[Consequence, ...]  # of what changed, as the opportunity's page tells it
    url: str
    mute_url: str

    @property
    def score(self) -> int | None:
        return self.due.score

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.due.changes


@dataclass(frozen=True, slots=True)
class DigestSection:
    section: DeliveredOpportunity.Section
    lines: tuple[DigestLine, ...]
    left: LeftOver | None = None  # where there is more than the mail holds


@dataclass(frozen=True, slots=True)
class Topic:
    """One subscription that a digest is about, and how to leave it."""

    name: str
    company_name: str
    is_weekly: bool
    settings_url: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class Digest:
    language: str
    topics: tuple[Topic, ...]
    sections: tuple[DigestSection, ...]
    tendered: tuple[TenderedLine, ...]  # projects that the reader's companies follow, whatever their fit
    is_full: bool  # there may be more, which the next one tells
    matches_url: str  # "" where all that is told is for everyone
    preferences_url: str
    view_url: str
    unsubscribe_url: str  # leaves all topics
    unsubscribe_mailto: str
    is_alert: bool = False

    @property
    def lines(self) -> tuple[DigestLine, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def at_a_glance(self) -> str:
        """What stands after the subject in a mailbox's list: what the subject doesn't name already."""
        named = [line.tender_title for line in self.tendered] + [line.title for line in self.lines]
        return " · ".join(" ".join(title.split())[:60] for title in named[1:4])

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.tendered)

    @property
    def is_weekly(self) -> bool:
        """For all that it is about."""
        return all(topic.is_weekly for topic in self.topics)


def compose_digest(
    subscriptions: Sequence[Subscription],
    due: Sequence[DueOpportunity],
    tendered: tuple[TenderedLine, ...] = (),
    *,
    delivery_id: int,
    now: datetime,
) -> Digest:
    """Read what the digest is to say about each opportunity. What the door no longer shows is left out.

    ``subscriptions`` are those that it is about, one or more of one person. Two queries for each of them.
    """
    with translation.override(subscriptions[0].recipient.mail_language):
        return _composed(subscriptions, due, tendered, delivery_id=delivery_id, now=now)


def _composed(
    subscriptions: Sequence[Subscription],
    due: Sequence[DueOpportunity],
    tendered: tuple[TenderedLine, ...],
    *,
    delivery_id: int,
    now: datetime,
) -> Digest:
    lines: dict[int, DigestLine] = {}
    for subscription in subscriptions:
        own = [each for each in due if each.subscription_id == subscription.pk]
        because = subscription_name(subscription) if len(subscriptions) > 1 else ""
        lines |= _lines(subscription, own, because=because, now=now) if own else {}
    in_order = [lines[each.opportunity_id] for each in due if each.opportunity_id in lines]
    left = left_over(subscriptions, lines.keys(), now=now, besides=delivery_id)
    drawn = [
        DigestSection(s, tuple(line for line in in_order if line.due.section == s), left.get(s))
        for s in ORDER
    ]
    keys = sorted(subscription.pk or NOBODY for subscription in subscriptions)
    return Digest(
        language=subscriptions[0].recipient.mail_language,
        topics=tuple(_topic(subscription) for subscription in subscriptions),
        sections=tuple(section for section in drawn if section.lines),
        tendered=tendered,
        is_full=len(due) >= MOST_IN_ONE_DIGEST,
        matches_url=links.absolute("/") if any(each.reader for each in subscriptions) else "",
        preferences_url=links.preferences_url(subscriptions[0].recipient_id or NOBODY),
        view_url=links.view_url(delivery_id),
        unsubscribe_url=links.unsubscribe_url(*keys),
        unsubscribe_mailto=links.unsubscribe_mailto(*keys),
    )


def _topic(subscription: Subscription) -> Topic:
    profile_id = subscription.profile_id
    return Topic(
        name=subscription_name(subscription),
        company_name=subscription.reader.name if subscription.reader else "",
        is_weekly=subscription.weekday is not None,
        settings_url=(
            links.settings_url(profile_id)
            if profile_id
            else links.preferences_url(subscription.recipient_id or NOBODY)
        ),
        leave_url=links.unsubscribe_url(subscription.pk or NOBODY),
    )


def _lines(
    subscription: Subscription, due: Sequence[DueOpportunity], *, because: str, now: datetime
) -> dict[int, DigestLine]:
    keys = [each.opportunity_id for each in due]
    door = door_of(subscription, now=now).defer("search_vector", "description")
    opportunities = door.in_bulk(keys)
    parts = _parts(subscription, keys) if subscription.profile else {}
    profile = subscription.profile
    band = ValueBand(profile.value_from_inr, profile.value_to_inr) if profile else ValueBand()
    return {
        opportunity.pk: DigestLine(
            due=each,
            title=opportunity.title,
            stage=opportunity.stage,
            city=opportunity.city,
            state=opportunity.state,
            buyer_name=opportunity.buyer_name,
            deadline=opportunity.moment("submission_deadline"),
            value=opportunity.value,
            reasons=_best_reasons(parts.get(opportunity.pk, ())),
            because="" if profile else because,
            meaning=consequences(each.changes, band, now=now),
            # Whoever has no account can't read our page of it.
            url=links.opportunity_url(opportunity.pk) if subscription.recipient.user_id else opportunity.url,
            mute_url=links.mute_url(subscription.recipient_id or NOBODY, opportunity.pk),
        )
        for each in due
        if (opportunity := opportunities.get(each.opportunity_id))
    }


def _parts(subscription: Subscription, keys: Sequence[int]) -> dict[int, tuple[Part, ...]]:
    matches = Match.objects.filter(profile=subscription.profile_id, opportunity__in=keys)
    return {key: parts_from_json(parts) for key, parts in matches.values_list("opportunity", "parts")}


def _best_reasons(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    told = [part for part in parts if part.points != 0]
    return tuple(sorted(told, key=lambda part: -part.points)[:MOST_REASONS])
