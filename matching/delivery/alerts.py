"""Which news can't wait for the digest: read as the digest is, and narrowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F

from matching.delivery.candidates import candidates_of
from matching.delivery.due import DueOpportunity, due_to
from matching.delivery.sections import CALLED_OFF, CAUGHT_UP_AFTER, Section
from matching.models import DeliveredOpportunity, Subscription
from matching.selectors.follows import followed_by
from opportunities.compile import Change
from opportunities.parsed_notice import EARLY_STAGES
from opportunities.selectors import changes_since, latest_states, visible_opportunities

# From which fit on news about what isn't followed is told at once, where the person hasn't said otherwise.
ALERT_FROM = 70
# What comes by a search or by topics is looked at when it suits.
ALERTED = (Subscription.Kind.PROFILE, Subscription.Kind.FOLLOWS)
LAST_CALL = timedelta(days=2)
# More changes than that from one publisher in an hour are a source being read anew, not news.
BURST = 20
BURST_WITHIN = timedelta(hours=1)


def alerts_due(
    subscriptions: Iterable[Subscription],
    *,
    now: datetime,
    among: Collection[int] | None = None,
    besides: int | None = None,
    bursting: Collection[str] = (),
) -> tuple[DueOpportunity, ...]:
    """What to tell one person at once, of what they were told of before.

    That is: a deadline moved, called off, cleared for bidding, closing within a week and within two days.

    Only of what their company follows, or what fits from the score they chose or ``ALERT_FROM`` on. What was
    published long before we found it never is, nor what comes from publishers that are ``bursting``; the
    digest tells it. Arguments else as ``due_to``.
    """
    wanted = [subscription for subscription in subscriptions if subscription.kind in ALERTED]
    due = [each for each in due_to(wanted, now=now, among=among, besides=besides) if _cannot_wait(each)]
    known = {each.opportunity_id for each in due}
    calls = _last_calls(wanted, now=now, among=among, besides=besides)
    due += [call for call in calls if call.opportunity_id not in known]
    if not due:
        return ()
    by_key = {subscription.pk: subscription for subscription in wanted}
    cared_for = _cared_for(by_key, due)
    fresh = _fresh(by_key, cared_for, bursting=bursting, now=now)
    return tuple(each for each in cared_for if each.opportunity_id in fresh)


def bursting_publishers(*, now: datetime) -> frozenset[str]:
    """Those that have changed more within an hour than anybody changes by hand."""
    counted = (
        changes_since(now - BURST_WITHIN)
        .order_by()
        .values("opportunity__publisher")
        .annotate(changed=Count("opportunity", distinct=True))
    )
    return frozenset(counted.filter(changed__gt=BURST).values_list("opportunity__publisher", flat=True))


def _cannot_wait(due: DueOpportunity) -> bool:
    if due.section == Section.CLOSING:
        return True
    return due.section == Section.CHANGED and any(_is_urgent(change) for change in due.changes)


def _is_urgent(change: Change) -> bool:
    if change.field == "submission_deadline":
        return change.before is not None
    is_cleared = change.before in EARLY_STAGES and change.after not in EARLY_STAGES
    return change.field == "stage" and (change.after in CALLED_OFF or is_cleared)


def _last_calls(
    subscriptions: list[Subscription],
    *,
    now: datetime,
    among: Collection[int] | None,
    besides: int | None,
) -> list[DueOpportunity]:
    """What closes within two days and was told as closing, but not that it is the last call."""
    if not subscriptions:
        return []
    told = DeliveredOpportunity.objects.filter(delivery__recipient=subscriptions[0].recipient_id)
    told = told.exclude(delivery=besides)
    closing = set(told.filter(section=Section.CLOSING).values_list("opportunity", flat=True))
    closing -= set(told.filter(section=Section.LAST_CALL).values_list("opportunity", flat=True))
    among = closing if among is None else closing.intersection(among)
    states = latest_states(among) if among else {}
    last = {
        pk
        for pk, state in states.items()
        if state.stage not in CALLED_OFF
        and state.submission_deadline
        and state.submission_deadline <= now + LAST_CALL
    }
    if not last:
        return []
    found = {
        pk: DueOpportunity(
            opportunity_id=pk,
            revision_id=states[pk].revision_id,
            subscription_id=subscription.pk,
            score=candidate.score,
            section=Section.LAST_CALL,
        )
        for subscription, candidates in zip(
            subscriptions, candidates_of(subscriptions, now=now, among=last), strict=True
        )
        for pk, candidate in candidates.items()
    }
    return list(found.values())


def _cared_for(by_key: dict[int, Subscription], due: list[DueOpportunity]) -> list[DueOpportunity]:
    companies = {each.reader for each in by_key.values() if each.reader}
    followed = {pk for company in companies for pk in followed_by(company)}
    return [
        each
        for each in due
        if each.opportunity_id in followed
        or (
            each.score is not None
            and each.subscription_id is not None
            and each.score >= (by_key[each.subscription_id].minimum_score or ALERT_FROM)
        )
    ]


def _fresh(
    by_key: dict[int, Subscription],
    due: list[DueOpportunity],
    *,
    bursting: Collection[str],
    now: datetime,
) -> set[int]:
    """Those whose latest news was published about when we read it, by somebody who isn't bursting."""
    changed = {each.opportunity_id for each in due if each.section == Section.CHANGED}
    fresh = {each.opportunity_id for each in due} - changed
    for company in {each.reader for each in by_key.values() if each.reader}:
        door = visible_opportunities(to=company, at=now).filter(pk__in=changed).with_latest_revision()
        told = door.filter(revisions__pk=F("latest_revision_id")).values_list(
            "pk", "publisher", "revisions__notice__published_at", "revisions__recorded_at"
        )
        fresh |= {
            pk
            for pk, publisher, published_at, recorded_at in told
            if publisher not in bursting
            and (published_at is None or recorded_at - published_at <= CAUGHT_UP_AFTER)
        }
    return fresh
