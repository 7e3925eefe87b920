"""Subscribers who have been told things before, and the tenders of a day: made up, the same each time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from matching.models import (
    CapabilityProfile,
    DeliveredOpportunity,
    Delivery,
    DigestRun,
    Match,
    Recipient,
    Subscription,
)
from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.services import write_search_entries
from portal.accounts.models import Company, Membership, User

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AT_ONCE = 5_000  # rows
# Of who has no account; nobody has another choice than that, as few have
TOPICS = ("stage=tender", "state=MH", "state=GJ", "stage=tender&state=KA", "stage=tender&state=TN")
STATES = ("MH", "GJ", "KA", "TN", "UP", "RJ")
# Reasons as scoring leaves them are drawn in each mail
PARTS = [
    {
        "rule": "domain",
        "points": 30,
        "most": 30,
        "verdict": "fits",
        "evidence": [["water supply", "Water supply", "", ""]],
        "details": [],
    },
]


@dataclass(frozen=True, slots=True)
class Size:
    subscribers: int
    one_in: int  # of them has no account, but topics
    old: int  # opportunities
    new: int
    matches_old: int  # of each profile
    told_old: int  # of those
    matches_new: int


def make_world(size: Size) -> None:
    """All are told of what was there before, and all is ready for another day."""
    chance = random.Random(7)  # noqa: S311  a made-up world, the same each time
    revisions = _revisions(size.old + size.new, size.old, chance)
    profiles, recipients = _people(size)
    told: list[tuple[Recipient, Sequence[OpportunityRevision]]] = []
    matches: list[Match] = []
    for profile, recipient in zip(profiles, recipients, strict=False):
        old = chance.sample(revisions[: size.old], size.matches_old)
        new = chance.sample(revisions[size.old :], size.matches_new)
        matches += [_match(profile, revision, chance.randint(40, 95)) for revision in (*old, *new)]
        told.append((recipient, old[: size.told_old]))
        if len(matches) > AT_ONCE:
            Match.objects.bulk_create(matches, batch_size=AT_ONCE)
            matches = []
    Match.objects.bulk_create(matches, batch_size=AT_ONCE)
    _tell(told)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _revisions(count: int, old: int, chance: random.Random) -> list[OpportunityRevision]:
    opportunities = Opportunity.objects.bulk_create(
        Opportunity(
            publisher="digest-bench.example.org",
            process_id=f"bench-{n}",
            disclosed_from=NOON - (5 * DAY if n < old else DAY),
            recorded_at=NOON - (5 * DAY if n < old else DAY),
            published_at=NOON - 6 * DAY,
            stage=chance.choice(["tender", "tender", "tender", "dpr"]),
            state=chance.choice(STATES),
            title=f"Supply and commissioning of made-up equipment, lot {n}",
            buyer_name="Made-up Smart City Ltd",
            submission_deadline=NOON + timedelta(days=chance.randint(5, 60)),
        )
        for n in range(count)
    )
    notices = Notice.objects.bulk_create(
        Notice(
            opportunity=opportunity,
            notice_id="NIT",
            kind="tender",
            content={},
            content_hash="-",
            seen_at=NOON,
            recorded_at=NOON,
        )
        for opportunity in opportunities
    )
    write_search_entries([opportunity.pk for opportunity in opportunities])
    return OpportunityRevision.objects.bulk_create(
        OpportunityRevision(
            opportunity=notice.opportunity,
            notice=notice,
            number=1,
            changes=[],
            tells_a_change=False,
            recorded_at=notice.opportunity.recorded_at,
        )
        for notice in notices
    )


def _people(size: Size) -> tuple[list[CapabilityProfile], list[Recipient]]:
    """Members' profiles and recipients, in one order."""
    without_account = size.subscribers // size.one_in
    members = size.subscribers - without_account
    users = User.objects.bulk_create(User(email=f"bench-{n}@example.org") for n in range(members))
    companies = Company.objects.bulk_create(
        Company(name=f"Bänk {n} AB", approved_at=NOON) for n in range(members)
    )
    Membership.objects.bulk_create(
        Membership(user=user, company=company) for user, company in zip(users, companies, strict=True)
    )
    profiles = CapabilityProfile.objects.bulk_create(
        CapabilityProfile(company=company, name="Bench", language="sv") for company in companies
    )
    recipients = Recipient.objects.bulk_create(Recipient(user=user, created_at=NOON) for user in users)
    Subscription.objects.bulk_create(
        [
            *(
                Subscription(recipient=recipient, profile=profile, created_at=NOON - 4 * DAY)
                for recipient, profile in zip(recipients, profiles, strict=True)
            ),
            *(
                Subscription(
                    recipient=recipient,
                    kind="follows",
                    company=profile.company,
                    created_at=NOON - 4 * DAY,
                )
                for recipient, profile in zip(recipients, profiles, strict=True)
            ),
        ],
        batch_size=AT_ONCE,
    )
    public = Recipient.objects.bulk_create(
        Recipient(email=f"bench-{n}@example.net", created_at=NOON) for n in range(without_account)
    )
    Subscription.objects.bulk_create(
        Subscription(
            recipient=recipient, kind="topics", query=TOPICS[n % len(TOPICS)], created_at=NOON - 2 * DAY
        )
        for n, recipient in enumerate(public)
    )
    return profiles, recipients


def _match(profile: CapabilityProfile, revision: OpportunityRevision, score: int) -> Match:
    return Match(
        profile=profile,
        opportunity_id=revision.opportunity_id,
        score=score,
        parts=PARTS,
        scorer_version="bench",
        first_matched_at=NOON,
        matched_at=NOON,
    )


def _tell(told: Sequence[tuple[Recipient, Sequence[OpportunityRevision]]]) -> None:
    run = DigestRun.objects.create(period=date(2026, 11, 19), started_at=NOON - DAY, decided_at=NOON - DAY)
    deliveries = Delivery.objects.bulk_create(
        (
            Delivery(run=run, recipient=recipient, owed_at=NOON - DAY, sent_at=NOON - DAY)
            for recipient, _ in told
        ),
        batch_size=AT_ONCE,
    )
    for start in range(0, len(told), AT_ONCE // 10):
        stretch = slice(start, start + AT_ONCE // 10)
        DeliveredOpportunity.objects.bulk_create(
            (
                DeliveredOpportunity(
                    delivery=delivery,
                    opportunity_id=revision.opportunity_id,
                    revision=revision,
                    section="new",
                )
                for delivery, (_, revisions) in zip(deliveries[stretch], told[stretch], strict=True)
                for revision in revisions
            ),
            batch_size=AT_ONCE,
        )
