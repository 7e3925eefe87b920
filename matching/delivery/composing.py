"""What digests are to say, read for many people at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import translation

from matching.bidding.consequences import ValueBand, consequences
from matching.delivery import links
from matching.delivery.candidates import door_of
from matching.delivery.digest import Digest, DigestLine, DigestSection, Topic
from matching.delivery.due import MOST_IN_ONE_DIGEST, ORDER, DueOpportunity
from matching.delivery.left_over import LeftOver, left_over_each
from matching.delivery.tendered import TenderedLine, told_in
from matching.delivery.topics import subscription_name
from matching.models import DeliveredOpportunity, Match, Subscription
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from matching.selectors.matches import without_own

# In addresses of a mail that nobody may act by: they lead nowhere.
NOBODY = 0
MOST_REASONS = 4  # to an opportunity: the page has them all


@dataclass(frozen=True, slots=True)
class _Fit:
    """Of an opportunity to a profile: the best few reasons."""

    score: int
    reasons: tuple[Part, ...]


# By profile and opportunity
_Fits = Mapping[tuple[int | None, int], _Fit]


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person, who has these subscriptions, is to be told."""

    subscriptions: Sequence[Subscription]  # that it is about: one or more
    due: Sequence[DueOpportunity]
    tendered: tuple[TenderedLine, ...] = ()
    delivery_id: int = NOBODY
    is_trial: bool = False  # nobody leaves, mutes or chooses by its addresses
    is_for_guest: bool = False  # of the office, who isn't shown what the company's own verdicts say


@dataclass(frozen=True, slots=True)
class _Asked:
    """That a draft wants to tell of an opportunity because of a subscription."""

    draft: int
    subscription: Subscription
    due: DueOpportunity
    because: str


def compose_digest(draft: Draft, *, now: datetime) -> Digest:
    """See ``compose_digests``."""
    [digest] = compose_digests([draft], now=now)
    return digest


def compose_digests(drafts: Sequence[Draft], *, now: datetime) -> list[Digest]:
    """Read what each of these is to say about its opportunities. What the door no longer shows is left out.

    One query for each company that is read for and one for all reasons; those of ``due_to_each`` where a
    mail is full.
    """
    fits = _fits(drafts)
    drafts = [_with_fits(draft, fits) for draft in drafts]
    lines = _lines(drafts, fits, now=now)
    full = [number for number, (_, own) in enumerate(zip(drafts, lines, strict=True)) if _is_full(own)]
    left = left_over_each(
        [drafts[number].subscriptions for number in full],
        [lines[number].keys() | told_in(drafts[number].tendered) for number in full],
        now=now,
        besides=[draft.delivery_id for draft in drafts],
    )
    left_by_number = dict(zip(full, left, strict=True))
    return [
        _composed(draft, own, left_by_number.get(number, {}))
        for number, (draft, own) in enumerate(zip(drafts, lines, strict=True))
    ]


def _is_full(lines: Collection[int]) -> bool:
    return len(lines) >= MOST_IN_ONE_DIGEST


def _composed(
    draft: Draft,
    lines: Mapping[int, DigestLine],
    left: Mapping[DeliveredOpportunity.Section, LeftOver],
) -> Digest:
    subscriptions = draft.subscriptions
    recipient = subscriptions[0].recipient
    in_order = [lines[each.opportunity_id] for each in draft.due if each.opportunity_id in lines]
    drawn = [
        DigestSection(s, tuple(line for line in in_order if line.due.section == s), left.get(s))
        for s in ORDER
    ]
    keys = sorted(_key(draft, subscription.pk) for subscription in subscriptions)
    with translation.override(recipient.mail_language):
        topics = tuple(_topic(draft, subscription) for subscription in subscriptions)
    return Digest(
        language=recipient.mail_language,
        topics=topics,
        sections=tuple(section for section in drawn if section.lines),
        tendered=draft.tendered,
        is_full=len(draft.due) >= MOST_IN_ONE_DIGEST,
        matches_url=links.absolute("/") if any(each.reader for each in subscriptions) else "",
        preferences_url=links.preferences_url(_key(draft, recipient.pk)),
        view_url=links.view_url(draft.delivery_id),
        unsubscribe_url=links.unsubscribe_url(*keys),
        unsubscribe_mailto=links.unsubscribe_mailto(*keys),
        is_for_any_day=recipient.wants_weekends,
    )


def _key(draft: Draft, key: int | None) -> int:
    """What its addresses name for a row."""
    return NOBODY if draft.is_trial or key is None else key


def _topic(draft: Draft, subscription: Subscription) -> Topic:
    profile_id = subscription.profile_id
    return Topic(
        name=subscription_name(subscription),
        company_name=subscription.reader.name if subscription.reader else "",
        is_weekly=subscription.weekday is not None,
        settings_url=(
            links.settings_url(profile_id)
            if profile_id
            else links.preferences_url(_key(draft, subscription.recipient_id))
        ),
        leave_url=links.unsubscribe_url(_key(draft, subscription.pk)),
    )


def _lines(drafts: Sequence[Draft], fits: _Fits, *, now: datetime) -> list[dict[int, DigestLine]]:
    """Of each draft by opportunity. Whoever reads for the same company stands at one door."""
    asked = [each for number, draft in enumerate(drafts) for each in _asked(number, draft)]
    lines: list[dict[int, DigestLine]] = [{} for _ in drafts]
    for at_one_door in _by_door(asked):
        wanted: dict[int, list[_Asked]] = defaultdict(list)
        for each in at_one_door:
            wanted[each.due.opportunity_id].append(each)
        door = door_of(at_one_door[0].subscription, now=now).defer("search_vector", "description")
        for opportunity in door.filter(pk__in=wanted.keys()):
            for each in wanted[opportunity.pk]:
                draft, subscription = drafts[each.draft], each.subscription
                recipient = subscription.recipient
                fit = fits.get((subscription.profile_id, opportunity.pk))
                parts = fit.reasons if fit else ()
                lines[each.draft][opportunity.pk] = DigestLine(
                    due=each.due,
                    title=opportunity.title,
                    stage=opportunity.stage,
                    city=opportunity.city,
                    state=opportunity.state,
                    buyer_name=opportunity.buyer_name,
                    deadline=opportunity.moment("submission_deadline"),
                    value=opportunity.value,
                    reasons=without_own(parts) if draft.is_for_guest else parts,
                    because=each.because,
                    meaning=consequences(each.due.changes, _band(subscription), now=now),
                    # Whoever has no account can't read our page of it.
                    url=links.opportunity_url(opportunity.pk) if recipient.user_id else opportunity.url,
                    mute_url=links.mute_url(_key(draft, recipient.pk), opportunity.pk),
                )
    return lines


def _asked(number: int, draft: Draft) -> Iterable[_Asked]:
    by_key: dict[int | None, Subscription] = {each.pk: each for each in draft.subscriptions}
    with translation.override(draft.subscriptions[0].recipient.mail_language):
        names = {
            key: subscription_name(each) for key, each in by_key.items() if _is_worth_naming(each, draft)
        }
    for due in draft.due:
        if subscription := by_key.get(due.subscription_id):
            yield _Asked(number, subscription, due, names.get(subscription.pk, ""))


def _is_worth_naming(subscription: Subscription, draft: Draft) -> bool:
    """Beside a line: a profile among profiles, anything else among others. A score says it is a profile's."""
    profiles = sum(each.profile_id is not None for each in draft.subscriptions)
    return profiles > 1 if subscription.profile_id else len(draft.subscriptions) > 1


def _by_door(asked: Iterable[_Asked]) -> Iterable[list[_Asked]]:
    doors: dict[object, list[_Asked]] = defaultdict(list)
    for each in asked:
        reader = each.subscription.reader
        doors[("company", reader.pk) if reader else each.subscription.kind].append(each)
    return doors.values()


def _band(subscription: Subscription) -> ValueBand:
    profile = subscription.profile
    return ValueBand(profile.value_from_inr, profile.value_to_inr) if profile else ValueBand()


def _with_fits(draft: Draft, fits: _Fits) -> Draft:
    """What its projects came to, each as the best of the draft's profiles sees it."""
    if not draft.tendered:
        return draft
    profiles = [each.profile_id for each in draft.subscriptions if each.profile_id]
    lines: list[TenderedLine] = []
    for line in draft.tendered:
        found = [fit for profile in profiles if (fit := fits.get((profile, line.tender_id)))]
        best = max(found, key=lambda fit: fit.score, default=None)
        lines.append(replace(line, score=best.score, reasons=best.reasons) if best else line)
    return replace(draft, tendered=tuple(lines))


def _fits(drafts: Iterable[Draft]) -> _Fits:
    """Of all that these tell to whoever has a profile. One query."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for draft in drafts:
        profiles: dict[int | None, int] = {
            each.pk: each.profile_id for each in draft.subscriptions if each.profile_id
        }
        for due in draft.due:
            if profile_id := profiles.get(due.subscription_id):
                wanted[profile_id].add(due.opportunity_id)
        for profile_id in profiles.values() if draft.tendered else ():
            wanted[profile_id] |= {line.tender_id for line in draft.tendered}
    if not wanted:
        return {}
    # Pair by pair, for what one profile is told may be most of what another's matches are.
    pairs = Q()
    for profile_id, keys in wanted.items():
        pairs |= Q(profile=profile_id, opportunity__in=sorted(keys))
    rows = Match.objects.filter(pairs).values_list("profile", "opportunity", "score", "parts")
    return {(profile, key): _Fit(score, _best(parts_from_json(parts))) for profile, key, score, parts in rows}


def _best(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    told = [part for part in parts if part.points != 0]
    return tuple(sorted(told, key=lambda part: -part.points)[:MOST_REASONS])
