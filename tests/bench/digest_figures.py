"""How quickly a day's digests are decided and written, for subscribers who have been told things before."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import override_settings

from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import CapabilityProfile, DeliveredOpportunity, Delivery, Match, Recipient, Subscription
from opportunities.models import Notice, Opportunity, OpportunityRevision
from portal.accounts.models import Company, Membership, User
from tests.bench.figures import Figure

SUBSCRIBERS = 200
OPPORTUNITIES = 5_000
MATCHES_BEFORE = 100
MATCHES_NEW = 5
ALL_SUBSCRIBERS = 10_000
NAIVE = "a query for each match, asking whether it was told"

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def measure() -> Iterator[Figure]:
    chance = random.Random(7)  # noqa: S311  a made-up world, the same each time
    opportunities = _opportunities(chance)
    profiles = _profiles()
    _match(profiles, opportunities[: OPPORTUNITIES // 2], MATCHES_BEFORE, chance)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        for day in range(3):  # more matches than one mail holds are told over several days
            _deliver(date(2026, 11, 18) + day * DAY)
        _match(profiles, opportunities[OPPORTUNITIES // 2 :], MATCHES_NEW, chance)
        _analyse()
        naive = _seconds(_decide_naively)
        decided = _seconds(lambda: owe_daily_digests(date(2026, 11, 23), now=NOON))
        written = _seconds(_send_all)
    yield Figure(
        "digest.decided", SUBSCRIBERS / decided, "subscribers/s", None, "more", NAIVE, naive / decided
    )
    yield Figure("digest.written", SUBSCRIBERS / written, "mails/s", None, "more")
    # One process does it here; workers share it, since every delivery is a task of its own.
    in_one_process = (decided + written) * ALL_SUBSCRIBERS / SUBSCRIBERS
    yield Figure("digest.10000_in_one_process", in_one_process, "s", None, "less")


def _opportunities(chance: random.Random) -> list[Opportunity]:
    opportunities = Opportunity.objects.bulk_create(
        Opportunity(
            publisher="digest-bench.example.org",
            process_id=f"bench-{n}",
            disclosed_from=NOON - 5 * DAY,
            recorded_at=NOON - 5 * DAY,
            published_at=NOON - 6 * DAY,
            stage="tender",
            title=f"Supply and commissioning of made-up equipment, lot {n}",
            buyer_name="Made-up Smart City Ltd",
            submission_deadline=NOON + timedelta(days=chance.randint(5, 60)),
        )
        for n in range(OPPORTUNITIES)
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
    OpportunityRevision.objects.bulk_create(
        OpportunityRevision(
            opportunity=notice.opportunity,
            notice=notice,
            number=1,
            changes=[],
            tells_a_change=False,
            recorded_at=NOON,
        )
        for notice in notices
    )
    return opportunities


def _profiles() -> list[CapabilityProfile]:
    users = User.objects.bulk_create(User(email=f"bench-{n}@example.org") for n in range(SUBSCRIBERS))
    companies = Company.objects.bulk_create(
        Company(name=f"Bänk {n} AB", approved_at=NOON) for n in range(SUBSCRIBERS)
    )
    Membership.objects.bulk_create(
        Membership(user=user, company=company) for user, company in zip(users, companies, strict=True)
    )
    profiles = CapabilityProfile.objects.bulk_create(
        CapabilityProfile(company=company, name="Bench", language="sv") for company in companies
    )
    recipients = Recipient.objects.bulk_create(Recipient(user=user, created_at=NOON) for user in users)
    Subscription.objects.bulk_create(
        Subscription(recipient=recipient, profile=profile, created_at=NOON)
        for recipient, profile in zip(recipients, profiles, strict=True)
    )
    return profiles


def _match(
    profiles: list[CapabilityProfile], opportunities: list[Opportunity], each: int, chance: random.Random
) -> None:
    Match.objects.bulk_create(
        (
            Match(
                profile=profile,
                opportunity=opportunity,
                score=chance.randint(40, 95),
                scorer_version="bench",
                first_matched_at=NOON,
                matched_at=NOON,
            )
            for profile in profiles
            for opportunity in chance.sample(opportunities, each)
        ),
        batch_size=5_000,
    )


def _deliver(period: date) -> None:
    owe_daily_digests(period, now=NOON - DAY)
    _send_all()


def _send_all() -> None:
    for pk in Delivery.objects.unsent().values_list("pk", flat=True):
        send_delivery(pk, now=NOON)


def _decide_naively() -> None:
    for subscription in Subscription.objects.wanted().select_related("profile"):
        matches = Match.objects.filter(profile=subscription.profile).select_related("opportunity")
        for match in matches:
            if match.score >= subscription.least_score and match.opportunity.is_open_at(NOON):
                told = DeliveredOpportunity.objects.filter(opportunity=match.opportunity_id)
                told.filter(delivery__recipient=subscription.recipient_id).exists()


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
